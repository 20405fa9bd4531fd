package dev.tessera.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.AttributeProto.AttributeType;
import dev.tessera.frontend.proto.TensorProto;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing in a model is ignored: what is not supported is refused by name, place and reason. */
@Tag("fast")
class RefusalTest {
  @TempDir private Path place;

  static Arguments bad(String code, String sentence, Consumer<OnnxBuilder> body) {
    return bad(13, code, sentence, body);
  }

  static Arguments bad(int opset, String code, String sentence, Consumer<OnnxBuilder> body) {
    return Arguments.of(code, sentence, opset, body);
  }

  static Stream<Arguments> wiring() {
    return Stream.of(
        bad(
            "onnx.attribute",
            "attribute 'axis' of Concat is 2",
            b -> b.node("Concat", "y", "x", "x").set("axis", 2)),
        bad(
            "onnx.attribute",
            "attribute 'axis' of Concat is missing",
            b -> b.node("Concat", "y", "x", "x")),
        bad(
            "onnx.shape",
            "the inputs differ in height or width",
            b -> b.conv("c", "x", 3, 3, 3, 3, 1).node("Concat", "y", "c", "x").set("axis", 1)),
        bad("onnx.attribute", "attribute 'axis' of Split is 0", b -> b.node("Split", "y", "x")),
        bad(
            "onnx.attribute",
            "attribute 'split' of Split is an input since opset 13",
            b -> b.node("Split", "y", "x").set("axis", 1).set("split", new long[] {3})),
        bad(
            "onnx.shape",
            "its 2 parts have 4 channels; the input has 3",
            b -> b.node("Split", "y", "x", b.integers(1, 3)).also("z").set("axis", 1)),
        bad(
            "onnx.shape",
            "3 channels do not split into 2 parts",
            b -> b.node("Split", "y", "x").also("z").set("axis", 1)),
        bad(
            "onnx.operator",
            "Slice along axis 2 with step 5 is not supported",
            b ->
                b.node(
                    "Slice", "y", "x", b.integers(0), b.integers(9), b.integers(2), b.integers(5))),
        bad(
            "onnx.operator",
            "Slice from 0 to 9 of a size that depends on the frame",
            b -> b.node("Slice", "y", "x", b.integers(0), b.integers(9), b.integers(2))),
        bad(
            "onnx.shape",
            "it selects no channels",
            b -> b.node("Slice", "y", "x", b.integers(2), b.integers(1), b.integers(1))),
        bad(
            "onnx.shape",
            "it has a wrong axis 4",
            b -> b.node("Slice", "y", "x", b.integers(0), b.integers(1), b.integers(4))),
        bad(
            "onnx.operator",
            "Pad of the batch, or of channels in mode constant is not supported",
            b -> b.node("Pad", "y", "x", b.integers(1, 0, 0, 0, 0, 0, 0, 0))),
        bad(
            19,
            "onnx.attribute",
            "attribute 'mode' of Pad is 'wrap'",
            b -> b.node("Pad", "y", "x", b.integers(0, 0, 1, 1, 0, 0, 1, 1)).set("mode", "wrap")),
        bad(
            "onnx.attribute",
            "attribute 'pads' of Pad is not supported",
            b -> b.node("Pad", "y", "x").set("pads", new long[8])),
        bad(
            "onnx.shape",
            "it pads by -1 in mode edge",
            b -> b.node("Pad", "y", "x", b.integers(0, 0, -1, 0, 0, 0, 0, 0)).set("mode", "edge")),
        bad(
            "onnx.attribute",
            "attribute 'blocksize' of DepthToSpace is 0",
            b -> b.node("DepthToSpace", "y", "x")),
        bad(
            "onnx.shape",
            "3 channels are not a multiple of 2 x 2",
            b -> b.node("DepthToSpace", "y", "x").set("blocksize", 2)),
        bad(
            "onnx.attribute",
            "attribute 'mode' of DepthToSpace is 'XYZ'",
            b -> b.node("DepthToSpace", "y", "x").set("blocksize", 2).set("mode", "XYZ")),
        bad(
            "onnx.node",
            "Constant has 0 values instead of one",
            b -> b.node("Constant", "c").node("Add", "y", "x", "c")),
        bad(
            "onnx.attribute",
            "attribute 'value_string' of Constant is not supported",
            b -> b.node("Constant", "c").set("value_string", "a").node("Add", "y", "x", "c")));
  }

  static Stream<Arguments> quantisation() {
    return Stream.of(
        bad(
            "onnx.quantization",
            "it reads the integers of 'q'",
            b -> b.node("QuantizeLinear", "q", "x", b.number(1)).node("Relu", "y", "q")),
        bad(
            "onnx.quantization",
            "its input is not quantised",
            b -> b.node("DequantizeLinear", "y", "x", b.number(1))),
        bad(
            "onnx.output",
            "the output is not a feature map",
            b -> b.node("QuantizeLinear", "y", "x", b.number(1))),
        bad(
            "onnx.quantization",
            "its scale of shape [] is not a list of positive numbers",
            b -> b.node("QuantizeLinear", "y", "x", b.number(0))),
        bad(
            "onnx.quantization",
            "2 scales along axis 1 do not fit 3 channels",
            b -> b.node("QuantizeLinear", "y", "x", b.floats(new float[] {1, 1}))),
        bad(
            "onnx.quantization",
            "3 scales along axis 2 do not fit 3 channels",
            b ->
                b.node("QuantizeLinear", "y", "x", b.floats(new float[] {1, 1, 1})).set("axis", 2)),
        bad(
            21,
            "onnx.attribute",
            "attribute 'block_size' of QuantizeLinear is set",
            b -> b.node("QuantizeLinear", "y", "x", b.number(1)).set("block_size", 2)),
        bad(
            21,
            "onnx.type",
            "quantisation to int16 is not supported",
            b -> b.node("QuantizeLinear", "y", "x", b.number(1)).set("output_dtype", 5)),
        bad(
            "onnx.quantization",
            "its kernel has scales along axis 1",
            b ->
                b.node(
                        "DequantizeLinear",
                        "w",
                        b.codes(3, new int[] {1, 2, 3}, 1, 3, 1, 1),
                        b.floats(new float[] {1, 2, 3}),
                        b.codes(3, new int[3], 3))
                    .set("axis", 1)
                    .node("Conv", "y", "x", "w")),
        bad(
            "onnx.quantization",
            "its zero point of shape [] and type int8 does not fit",
            b ->
                b.node(
                        "DequantizeLinear",
                        "w",
                        b.codes(2, new int[] {1, 2, 3}, 1, 3, 1, 1),
                        b.number(1),
                        b.codes(3, new int[1]))
                    .node("Conv", "y", "x", "w")));
  }

  static Stream<Arguments> structure() {
    return Stream.of(
        bad(
            "onnx.cycle",
            "the graph has a cycle",
            b -> b.node("Add", "a", "x", "y").node("Relu", "y", "a")),
        bad(
            "onnx.dangling",
            "nothing makes its input 'nowhere'",
            b -> b.node("Add", "y", "x", "nowhere")),
        bad("onnx.dangling", "nothing makes the output", b -> b.node("Relu", "z", "x")),
        bad(
            "onnx.duplicate",
            "the value 'y' is made twice",
            b -> b.node("Relu", "y", "x").node("Tanh", "y", "x")),
        bad("onnx.duplicate", "the value 'x' is made twice", b -> b.node("Relu", "x", "x")),
        bad(
            "onnx.duplicate",
            "there are two constants of this name",
            b ->
                b.node("Add", "y", "x", b.number(1))
                    .graph()
                    .addInitializer(b.graph().getInitializer(0))),
        bad(
            "onnx.output",
            "the output is not a feature map that the network computes",
            b -> b.node("Identity", "y", "x")),
        bad(
            "onnx.input",
            "the model has 2 inputs",
            b -> b.node("Relu", "y", "x").graph().addInput(OnnxBuilder.port("z", 1, 1, 3, 8, 8))),
        bad(
            "onnx.output",
            "the model has 2 outputs",
            b -> b.node("Relu", "y", "x").graph().addOutput(OnnxBuilder.port("z", 1, 1))),
        bad(
            "onnx.input",
            "its type is uint8",
            b ->
                b.node("Relu", "y", "x")
                    .graph()
                    .setInput(0, OnnxBuilder.port("x", 2, 1, 3, -1, -1))),
        bad(
            "onnx.input",
            "it has 3 dimensions",
            b -> b.node("Relu", "y", "x").graph().setInput(0, OnnxBuilder.port("x", 1, 3, -1, -1))),
        bad(
            "onnx.input",
            "the batch is 4",
            b ->
                b.node("Relu", "y", "x")
                    .graph()
                    .setInput(0, OnnxBuilder.port("x", 1, 4, 3, -1, -1))),
        bad(
            "onnx.input",
            "the number of channels is not fixed",
            b ->
                b.node("Relu", "y", "x")
                    .graph()
                    .setInput(0, OnnxBuilder.port("x", 1, 1, -1, -1, -1))),
        bad(
            "onnx.size",
            "a side is 1000000000 pixels",
            b ->
                b.node("Relu", "y", "x")
                    .graph()
                    .setInput(0, OnnxBuilder.port("x", 1, 1, 3, 1000000000, 9))),
        bad(
            "onnx.shape",
            "its declared shape is not the 3 x H x W",
            b ->
                b.node("Relu", "y", "x")
                    .graph()
                    .setOutput(0, OnnxBuilder.port("y", 1, 1, 4, -1, -1))),
        bad(
            "onnx.size",
            "is too large",
            b ->
                b.node("Concat", "a", names("x", 5000))
                    .set("axis", 1)
                    .node("Concat", "y", "a", "a")
                    .set("axis", 1)),
        bad(
            "onnx.size",
            "the constant is too large: [8589934592, 8589934592]",
            b -> big(b, 1L << 33, 1L << 33)),
        bad("onnx.size", "the constant is too large: [-1]", b -> big(b, -1)),
        bad(
            "onnx.data",
            "the constant holds 0 elements where its shape needs 12",
            b -> big(b, 3, 4)),
        bad(
            "onnx.type",
            "constants of type float16 are not supported",
            b ->
                b.node("Add", "y", "x", "c")
                    .graph()
                    .addInitializerBuilder()
                    .setName("c")
                    .setDataType(10)),
        bad(
            "onnx.field",
            "sparse constants are not supported",
            b -> b.node("Relu", "y", "x").graph().addSparseInitializer(ByteString.EMPTY)),
        bad(10, "onnx.opset", "operator set 10 is not supported", b -> b.node("Relu", "y", "x")),
        bad(22, "onnx.opset", "operator set 22 is not supported", b -> b.node("Relu", "y", "x")),
        bad(
            "onnx.attribute",
            "attribute 'value' of Constant refers to a function's attribute",
            b -> {
              b.node("Constant", "c").node("Add", "y", "x", "c");
              b.graph()
                  .getNodeBuilder(0)
                  .addAttributeBuilder()
                  .setName("value")
                  .setType(AttributeType.TENSOR)
                  .setRefAttrName("v");
            }));
  }

  private static String[] names(String name, int count) {
    return Stream.generate(() -> name).limit(count).toArray(String[]::new);
  }

  private static void big(OnnxBuilder b, long... dims) {
    TensorProto.Builder tensor = b.node("Add", "y", "x", "c").graph().addInitializerBuilder();
    tensor.setName("c").setDataType(1);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(
            RefusedOperators.convolutions(),
            RefusedOperators.operators(),
            RefusedEnlargements.all(),
            RefusedWindows.all(),
            wiring(),
            quantisation(),
            structure())
        .flatMap(s -> s);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("all")
  void isRefused(String code, String sentence, int opset, Consumer<OnnxBuilder> body) {
    OnnxBuilder builder = new OnnxBuilder(opset, 1).frame(3);
    body.accept(builder);
    Path file = builder.write(place);
    TesseraException e = assertThrows(TesseraException.class, () -> OnnxReader.read(file));
    assertEquals(code, e.diagnostic().code(), e.getMessage());
    assertTrue(e.diagnostic().sentence().contains(sentence), e.diagnostic().sentence());
    assertEquals(List.of(e.diagnostic()), OnnxReader.scan(file).refusals());
  }

  @Test
  void everyFaultIsListedWithItsPlace() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(3);
    b.node("Resize", "a", "x").conv("c", "a", 3, 4, 3).set("wobble", 1);
    b.node("Softmax", "s", "c").node("Relu", "r", "s").node("LRN", "y", "r");
    List<Diagnostic> refusals = OnnxReader.scan(b.write(place)).refusals();
    assertEquals(
        List.of(
            "node 'n_a' (Resize)", "node 'n_c' (Conv)", "node 'n_s' (Softmax)", "node 'n_y' (LRN)"),
        refusals.stream().map(Diagnostic::place).toList());
  }

  @Test
  void whatCouldBeReadIsShown() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(3);
    b.conv("c", "x", 3, 4, 3).node("Softmax", "y", "c");
    OnnxReader.Scan scan = OnnxReader.scan(b.write(place));
    assertEquals("c", scan.graph().orElseThrow().output());
    assertEquals(1, scan.refusals().size());
  }
}
