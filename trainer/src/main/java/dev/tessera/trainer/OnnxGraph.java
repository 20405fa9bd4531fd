package dev.tessera.trainer;

import com.google.protobuf.ByteString;
import dev.tessera.frontend.proto.AttributeProto;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.TensorProto;
import dev.tessera.frontend.proto.TensorShapeProto;
import dev.tessera.frontend.proto.TypeProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Nodes and constants of an ONNX graph.
 *
 * @param graph what they are added to
 */
public record OnnxGraph(GraphProto.Builder graph) {
  /**
   * A square convolution that is padded with zeros and keeps the size, its stride apart.
   *
   * @param name of the node; its constants and its output are called after it
   * @param weight outputs x inputs x side x side
   * @return the output
   */
  public String convolve(
      String name, String value, int outputs, int side, int stride, float[] weight, float[] bias) {
    long inputs = weight.length / ((long) outputs * side * side);
    constant(name + ".weight", weight, List.of((long) outputs, inputs, (long) side, (long) side));
    constant(name + ".bias", bias, List.of((long) outputs));
    int half = side / 2;
    return add(
        node("Conv", name, List.of(value, name + ".weight", name + ".bias"))
            .addAttribute(integers("kernel_shape", side, side))
            .addAttribute(integers("pads", half, half, half, half))
            .addAttribute(integers("strides", stride, stride)));
  }

  /** Adds {@code node}; the name of its output. */
  public String add(NodeProto.Builder node) {
    graph.addNode(node);
    return node.getOutput(0);
  }

  /** Adds a constant of one value; its name. */
  public String number(String name, double value) {
    constant(name, new float[] {(float) value}, List.of());
    return name;
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

  /** A node whose output is called after it. */
  public static NodeProto.Builder node(String operator, String name, List<String> inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(name + "_out");
  }

  /** An attribute. */
  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** A list attribute. */
  public static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /**
   * A port of 1 x {@code channels} x {@code height} x {@code width}, each of these a number or the
   * name of a size that is free.
   */
  public static ValueInfoProto port(String name, int channels, String height, String width) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1));
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels));
    for (String size : List.of(height, width)) {
      boolean number = Character.isDigit(size.charAt(0));
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          number ? dimension.setDimValue(Integer.parseInt(size)) : dimension.setDimParam(size));
    }
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
