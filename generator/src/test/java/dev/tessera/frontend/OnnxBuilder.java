package dev.tessera.frontend;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** ONNX models for tests, node by node; the input is {@code x}, the output {@code y}. */
public final class OnnxBuilder {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random;
  private final int opset;
  private NodeProto.Builder last;
  private int names;

  /** A model of one operator set with weights from a seed. */
  public OnnxBuilder(int opset, long seed) {
    this.opset = opset;
    this.random = new Random(seed);
  }

  /** Declares input and output; sizes of -1 are free. */
  public OnnxBuilder frame(int channels, int height, int width) {
    graph.addInput(port("x", FLOAT, 1, channels, height, width));
    graph.addOutput(port("y", FLOAT, -1, -1, -1, -1));
    return this;
  }

  /** A free frame size. */
  public OnnxBuilder frame(int channels) {
    return frame(channels, -1, -1);
  }

  /** A port as it is. */
  public static ValueInfoProto port(String name, int type, int... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int i = 0; i < dims.length; i++) {
      TensorShapeProto.Dimension.Builder dim = shape.addDimBuilder();
      if (dims[i] >= 0) {
        dim.setDimValue(dims[i]);
      } else {
        dim.setDimParam(name + i);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  /** Adds a node called like its output; attributes follow with {@link #set}. */
  public OnnxBuilder node(String operator, String output, String... inputs) {
    last = graph.addNodeBuilder().setOpType(operator).setName("n_" + output).addOutput(output);
    for (String input : inputs) {
      last.addInput(input);
    }
    return this;
  }

  /** The node added last, for what no method here does. */
  public NodeProto.Builder last() {
    return last;
  }

  /** The graph, for what no method here does. */
  public GraphProto.Builder graph() {
    return graph;
  }

  /** A further output of the last node. */
  public OnnxBuilder also(String output) {
    last.addOutput(output);
    return this;
  }

  /** An integer attribute of the last node. */
  public OnnxBuilder set(String name, long value) {
    last.addAttributeBuilder().setName(name).setType(AttributeType.INT).setI(value);
    return this;
  }

  /** A float attribute of the last node. */
  public OnnxBuilder set(String name, float value) {
    last.addAttributeBuilder().setName(name).setType(AttributeType.FLOAT).setF(value);
    return this;
  }

  /** A text attribute of the last node. */
  public OnnxBuilder set(String name, String value) {
    last.addAttributeBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value));
    return this;
  }

  /** A list attribute of the last node. */
  public OnnxBuilder set(String name, long[] values) {
    AttributeProto.Builder list =
        last.addAttributeBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      list.addInts(value);
    }
    return this;
  }

  /** A convolution with random weights and bias; pads top, left, bottom, right. */
  public OnnxBuilder conv(
      String output,
      String input,
      int in,
      int out,
      int height,
      int width,
      int group,
      long... pads) {
    double spread = 1 / Math.sqrt((double) in / group * height * width);
    node("Conv", output, input, random(spread, out, in / group, height, width), random(0.1, out));
    set("kernel_shape", new long[] {height, width});
    set("strides", new long[] {1, 1});
    set("dilations", new long[] {1, 1});
    set("group", group);
    if (pads.length == 4) {
      set("pads", pads);
    }
    return this;
  }

  /** A square dense convolution that keeps the size. */
  public OnnxBuilder conv(String output, String input, int in, int out, int size) {
    int before = (size - 1) / 2;
    int behind = size - 1 - before;
    return conv(output, input, in, out, size, size, 1, before, before, behind, behind);
  }

  /** A constant of normally distributed numbers. */
  public String random(double spread, int... dims) {
    float[] values = new float[count(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * spread);
    }
    return floats(values, dims);
  }

  /** A float32 constant; without dims a scalar if it has one value, else a list. */
  public String floats(float[] values, int... dims) {
    TensorProto.Builder tensor = tensor(FLOAT, dims, values.length);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** A float32 scalar. */
  public String number(double value) {
    return floats(new float[] {(float) value});
  }

  /** An int64 list. */
  public String integers(long... values) {
    TensorProto.Builder tensor = tensor(INT64, new int[] {values.length}, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Integers of a small type (2 uint8, 3 int8, 6 int32). */
  public String codes(int type, int[] values, int... dims) {
    TensorProto.Builder tensor = tensor(type, dims, values.length);
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** QuantizeLinear and DequantizeLinear of a value with one scale. */
  public OnnxBuilder quant(String output, String input, int type, double scale, int zero) {
    String s = number(scale);
    String z = codes(type, new int[] {zero});
    node("QuantizeLinear", output + "_q", input, s, z);
    return node("DequantizeLinear", output, output + "_q", s, z);
  }

  /** Random generator of the model's weights. */
  public Random random() {
    return random;
  }

  private TensorProto.Builder tensor(int type, int[] dims, int length) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("constant" + names++).setDataType(type);
    for (int dim : dims) {
      tensor.addDims(dim);
    }
    if (dims.length == 0 && length > 1) {
      tensor.addDims(length);
    }
    return tensor;
  }

  private static int count(int[] dims) {
    int count = 1;
    for (int dim : dims) {
      count *= dim;
    }
    return count;
  }

  /** The model. */
  public ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(opset >= 19 ? 9 : 7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
        .setGraph(graph)
        .build();
  }

  /** Writes the model into a folder. */
  public Path write(Path folder) {
    try {
      return Files.write(folder.resolve("test.onnx"), model().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
