package dev.tessera.cli;

import com.google.protobuf.ByteString;
import dev.tessera.frontend.proto.AttributeProto;
import dev.tessera.frontend.proto.AttributeProto.AttributeType;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.OperatorSetIdProto;
import dev.tessera.frontend.proto.TensorProto;
import dev.tessera.frontend.proto.TensorShapeProto;
import dev.tessera.frontend.proto.TypeProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** ONNX models of a few nodes, sound ones and broken ones. */
final class SmallModels {
  private static final int CHANNELS = 4;

  private SmallModels() {}

  /** Luma x2: convolution, ReLU, convolution, pixel shuffle; weights from a fixed seed. */
  static ModelProto upscaler() {
    GraphProto.Builder graph = frame();
    graph.addNode(conv("head", "x", "a", "w1"));
    graph.addInitializer(weights("w1", CHANNELS, 1, 3, 3));
    graph.addNode(node("Relu", "act", "b", "a"));
    graph.addNode(conv("tail", "b", "c", "w2"));
    graph.addInitializer(weights("w2", 4, CHANNELS, 3, 3));
    graph.addNode(node("DepthToSpace", "shuffle", "y", "c").addAttribute(integer("blocksize", 2)));
    return model(graph);
  }

  /** Two additions that wait for each other. */
  static ModelProto cyclic() {
    GraphProto.Builder graph = frame();
    graph.addNode(node("Add", "first", "a", "x", "b"));
    graph.addNode(node("Add", "second", "b", "x", "a"));
    graph.addNode(node("Relu", "last", "y", "b"));
    return model(graph);
  }

  /** An operator that no opset has. */
  static ModelProto unknownOperator() {
    GraphProto.Builder graph = frame();
    graph.addNode(node("FlyToTheMoon", "rocket", "y", "x"));
    return model(graph);
  }

  /** A convolution that says a dilation, as some tools silently forget. */
  static ModelProto dilated() {
    GraphProto.Builder graph = frame();
    graph.addNode(conv("head", "x", "y", "w1").addAttribute(integers("dilations", 20, 20)));
    graph.addInitializer(weights("w1", 1, 1, 3, 3));
    return model(graph);
  }

  /** An attribute that the operator does not have. */
  static ModelProto wrongAttribute() {
    GraphProto.Builder graph = frame();
    graph.addNode(conv("head", "x", "y", "w1").addAttribute(integer("wobble", 1)));
    graph.addInitializer(weights("w1", 1, 1, 3, 3));
    return model(graph);
  }

  /** Weights whose announced size would fill any memory and which hold no data. */
  static ModelProto hugeDimensions() {
    GraphProto.Builder graph = frame();
    graph.addNode(conv("head", "x", "y", "w1"));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("w1")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(1L << 40)
            .addDims(1L << 40)
            .addDims(3)
            .addDims(3));
    return model(graph);
  }

  private static ModelProto model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))
        .setGraph(graph)
        .build();
  }

  private static GraphProto.Builder frame() {
    return GraphProto.newBuilder().setName("small").addInput(value("x")).addOutput(value("y"));
  }

  private static ValueInfoProto value(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimValue(1);
    shape.addDimBuilder().setDimValue(1);
    shape.addDimBuilder().setDimParam(name + "_h");
    shape.addDimBuilder().setDimParam(name + "_w");
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }

  private static NodeProto.Builder node(
      String operator, String name, String output, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  private static NodeProto.Builder conv(String name, String input, String output, String weights) {
    return node("Conv", name, output, input, weights)
        .addAttribute(integers("kernel_shape", 3, 3))
        .addAttribute(integers("pads", 1, 1, 1, 1));
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  private static AttributeProto.Builder integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }

  private static TensorProto weights(String name, int... shape) {
    int size = 1;
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (int side : shape) {
      size *= side;
      tensor.addDims(side);
    }
    Random random = new Random(name.hashCode());
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      bytes.putFloat((random.nextFloat() - 0.3f) / 9);
    }
    return tensor.setRawData(ByteString.copyFrom(bytes.array())).build();
  }
}
