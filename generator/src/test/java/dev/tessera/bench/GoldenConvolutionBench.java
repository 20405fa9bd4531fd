package dev.tessera.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
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
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Border;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.conv.ConvUnit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The golden convolution beside ONNX Runtime's exact int8 convolution (QLinearConv, int8 x int8)
 * and its float convolution on the same layer, requantisation included. All three may use every
 * core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 7, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GoldenConvolutionBench {
  private static final int SIZE = 128;

  /** Output, input channels. */
  @Param({"28x28", "32x64"})
  private String layer;

  private ConvSpec spec;
  private Frame frame;
  private OrtSession integerSession;
  private OrtSession floatSession;
  private OnnxTensor codes;
  private OnnxTensor values;

  /** Builds the layer three times. */
  @Setup
  public void prepare() throws OrtException {
    int out = Integer.parseInt(layer.substring(0, layer.indexOf('x')));
    int in = Integer.parseInt(layer.substring(layer.indexOf('x') + 1));
    Random random = new Random(7);
    int[] weights = random.ints((long) out * in * 9, -127, 128).toArray();
    IntKernel kernel = new IntKernel(out, in, 3, 3, 1, weights, 8);
    FixedType type = new FixedType(true, 8);
    int[] multiplier = new int[out];
    Arrays.fill(multiplier, 70000);
    long[] offset = new long[out];
    Arrays.fill(offset, 1L << 29);
    Requant requant =
        new Requant(
            0,
            30,
            multiplier,
            new long[][] {offset},
            null,
            null,
            null,
            (int) type.min(),
            (int) type.max());
    spec =
        new ConvSpec(
            "bench",
            new StreamType(in, 1, type, SIZE, SIZE),
            kernel,
            Stride.ONE,
            new Pads(1, 1, 1, 1),
            Border.VALUE,
            new int[in],
            requant,
            type,
            1,
            new ConvFold(1, 1, 1, 1));
    int[] data = random.ints((long) in * SIZE * SIZE, -128, 128).toArray();
    frame = new Frame(in, SIZE, SIZE, data);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    integerSession = environment.createSession(integerModel(out, in, weights));
    floatSession = environment.createSession(floatModel(out, in, weights));
    long[] shape = {1, in, SIZE, SIZE};
    ByteBuffer bytes = ByteBuffer.allocateDirect(data.length).order(ByteOrder.nativeOrder());
    FloatBuffer floats =
        ByteBuffer.allocateDirect(4 * data.length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int v : data) {
      bytes.put((byte) v);
      floats.put(v);
    }
    codes = OnnxTensor.createTensor(environment, bytes.flip(), shape, OnnxJavaType.INT8);
    values = OnnxTensor.createTensor(environment, floats.flip(), shape);
  }

  /** Frees native memory. */
  @TearDown
  public void close() throws OrtException {
    codes.close();
    values.close();
    integerSession.close();
    floatSession.close();
  }

  /** Ours. */
  @Benchmark
  public Frame golden() {
    return new ConvUnit().golden(spec, List.of(frame)).get(0);
  }

  /** ONNX Runtime, exact int8. */
  @Benchmark
  public long runtimeInteger() throws OrtException {
    try (OrtSession.Result result = integerSession.run(Map.of("x", codes))) {
      return result.size();
    }
  }

  /** ONNX Runtime, float. */
  @Benchmark
  public long runtimeFloat() throws OrtException {
    try (OrtSession.Result result = floatSession.run(Map.of("x", values))) {
      return result.size();
    }
  }

  private static byte[] integerModel(int out, int in, int[] weights) {
    ByteBuffer bytes = ByteBuffer.allocate(weights.length);
    for (int w : weights) {
      bytes.put((byte) w);
    }
    TensorProto.Builder kernel = tensor("w", TensorProto.DataType.INT8_VALUE, out, in, 3, 3);
    kernel.setRawData(ByteString.copyFrom(bytes.flip()));
    GraphProto.Builder graph =
        graph(TensorProto.DataType.INT8_VALUE, in)
            .addInitializer(kernel)
            .addInitializer(scalar("one", 1f))
            .addInitializer(scalar("scale", 15000f))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("zero")
                    .setDataType(TensorProto.DataType.INT8_VALUE)
                    .setRawData(ByteString.copyFrom(new byte[1])));
    NodeProto.Builder node = node("QLinearConv");
    List.of("x", "one", "zero", "w", "one", "zero", "scale", "zero").forEach(node::addInput);
    return model(graph.addNode(node));
  }

  private static byte[] floatModel(int out, int in, int[] weights) {
    TensorProto.Builder kernel = tensor("w", TensorProto.DataType.FLOAT_VALUE, out, in, 3, 3);
    for (int w : weights) {
      kernel.addFloatData(w);
    }
    NodeProto.Builder node = node("Conv").addInput("x").addInput("w");
    return model(graph(TensorProto.DataType.FLOAT_VALUE, in).addInitializer(kernel).addNode(node));
  }

  private static NodeProto.Builder node(String operator) {
    AttributeProto.Builder pads =
        AttributeProto.newBuilder()
            .setName("pads")
            .setType(AttributeProto.AttributeType.INTS)
            .addAllInts(List.of(1L, 1L, 1L, 1L));
    return NodeProto.newBuilder().setOpType(operator).addOutput("y").addAttribute(pads);
  }

  private static TensorProto.Builder tensor(String name, int type, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
    Arrays.stream(dims).forEach(tensor::addDims);
    return tensor;
  }

  private static TensorProto.Builder scalar(String name, float value) {
    return tensor(name, TensorProto.DataType.FLOAT_VALUE).addFloatData(value);
  }

  private static GraphProto.Builder graph(int type, int in) {
    return GraphProto.newBuilder()
        .setName("layer")
        .addInput(value("x", type, in))
        .addOutput(ValueInfoProto.newBuilder().setName("y").setType(untyped(type)));
  }

  private static TypeProto untyped(int type) {
    return TypeProto.newBuilder()
        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type))
        .build();
  }

  private static ValueInfoProto value(String name, int type, int channels) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long d : new long[] {1, channels, SIZE, SIZE}) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(d));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
