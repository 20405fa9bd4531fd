package dev.tessera.trainer;

import com.google.protobuf.ByteString;
import dev.tessera.frontend.proto.AttributeProto;
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
import java.util.Collections;
import java.util.List;

/**
 * A {@link Network} as an ONNX model: opset 13, {@code input} 1 x 3 x H x W to {@code output} 1 x 3
 * x 2H x 2W, both RGB from 0 to 1, any H and W.
 *
 * <p>The copies of the input come from a Concat of the input with itself, which costs hardware
 * nothing, and DepthToSpace places the phases.
 */
public final class OnnxExport {
  private static final int IR_VERSION = 7;
  private static final int OPSET = 13;
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("super_resolution");

  private OnnxExport() {}

  /** The bytes of the model's file; equal networks give equal bytes. */
  public static byte[] toBytes(Network network) {
    return new OnnxExport().model(network).toByteArray();
  }

  private ModelProto model(Network network) {
    graph.addInput(image(INPUT, "height", "width"));
    String residual = convolutions(network.layers());
    int copies = Network.SCALE * Network.SCALE;
    String anchor =
        add(node("Concat", "anchor", Collections.nCopies(copies, INPUT)).addAttribute(axis(1)));
    String sum = add(node("Add", "sum", List.of(anchor, residual)));
    graph.addNode(
        node("DepthToSpace", "shuffle", List.of(sum))
            .clearOutput()
            .addOutput(OUTPUT)
            .addAttribute(integer("blocksize", Network.SCALE))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("mode")
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8("DCR"))));
    graph.addOutput(image(OUTPUT, "output_height", "output_width"));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("tessera-trainer")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private String convolutions(List<ConvLayer> layers) {
    String value = INPUT;
    for (int i = 0; i < layers.size(); i++) {
      ConvLayer layer = layers.get(i);
      String name = "conv" + (i + 1);
      long side = ConvLayer.KERNEL;
      constant(
          name + ".weight",
          layer.weight(),
          List.of((long) layer.outputs(), (long) layer.inputs(), side, side));
      constant(name + ".bias", layer.bias(), List.of((long) layer.outputs()));
      value =
          add(
              node("Conv", name, List.of(value, name + ".weight", name + ".bias"))
                  .addAttribute(integers("kernel_shape", side, side))
                  .addAttribute(integers("pads", 1, 1, 1, 1))
                  .addAttribute(integers("strides", 1, 1)));
      if (i + 1 < layers.size()) {
        value = add(node("Relu", "relu" + (i + 1), List.of(value)));
      }
    }
    return value;
  }

  private String add(NodeProto.Builder node) {
    graph.addNode(node);
    return node.getOutput(0);
  }

  private void constant(String name, float[] values, List<Long> shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(shape)
            .setRawData(ByteString.copyFrom(raw)));
  }

  private static NodeProto.Builder node(String operator, String name, List<String> inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(name + "_out");
  }

  private static AttributeProto axis(int axis) {
    return integer("axis", axis);
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static ValueInfoProto image(String name, String height, String width) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1));
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(Network.COLORS));
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(height));
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(width));
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
