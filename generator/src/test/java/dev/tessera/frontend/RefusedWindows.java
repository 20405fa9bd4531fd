package dev.tessera.frontend;

import static dev.tessera.frontend.RefusalTest.bad;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Pools, products and functions that are refused. */
final class RefusedWindows {
  private RefusedWindows() {}

  static Stream<Arguments> all() {
    return Stream.of(
        bad(
            "onnx.attribute",
            "attribute 'kernel_shape' of MaxPool is missing",
            b -> b.node("MaxPool", "y", "x")),
        bad(
            "onnx.attribute",
            "attribute 'kernel_shape' of MaxPool is [65, 2]",
            b -> pool(b, "MaxPool", 65, 2)),
        bad(
            "onnx.node",
            "1 inputs and 2 outputs are not supported",
            b -> pool(b, "MaxPool", 2, 2).also("indices")),
        bad(
            "onnx.attribute",
            "attribute 'storage_order' of MaxPool is set",
            b -> pool(b, "MaxPool", 2, 2).set("storage_order", 1)),
        bad(
            "onnx.attribute",
            "attribute 'dilations' of MaxPool is [2, 2]",
            b -> pool(b, "MaxPool", 2, 2).set("dilations", new long[] {2, 2})),
        bad(
            "onnx.attribute",
            "attribute 'strides' of AveragePool is [5, 5]",
            b -> pool(b, "AveragePool", 2, 2).set("strides", new long[] {5, 5})),
        bad(
            "onnx.attribute",
            "attribute 'pads' of AveragePool reaches a whole window",
            b -> pool(b, "AveragePool", 2, 2).set("pads", new long[] {0, 0, 2, 0})),
        bad(
            "onnx.attribute",
            "attribute 'ceil_mode' of MaxPool needs a map of fixed size",
            b -> pool(b, "MaxPool", 2, 2).set("strides", new long[] {3, 3}).set("ceil_mode", 1)),
        bad(
            "onnx.attribute",
            "attribute 'ceil_mode' of AveragePool with count_include_pad",
            b ->
                pool(b, "AveragePool", 3, 3)
                    .set("strides", new long[] {2, 2})
                    .set("count_include_pad", 1)
                    .set("ceil_mode", 1)),
        bad(
            "onnx.operator",
            "GlobalAveragePool of a map whose size depends on the frame",
            b -> b.node("GlobalAveragePool", "y", "x")),
        bad(
            "onnx.kernel",
            "a window of 80 x 8 is not supported",
            b -> {
              b.graph().setInput(0, OnnxBuilder.port("x", 1, 1, 3, 80, 8));
              b.node("GlobalAveragePool", "y", "x");
            }),
        bad(
            "onnx.shape",
            "the operands differ in shape",
            b -> pool(b.node("Relu", "r", "x"), "MaxPool", 2, 2, "p").node("Mul", "y", "r", "p")),
        bad(
            "onnx.attribute",
            "attribute 'alpha' of Elu is Infinity",
            b -> b.node("Elu", "y", "x").set("alpha", Float.POSITIVE_INFINITY)),
        bad(
            20,
            "onnx.attribute",
            "attribute 'approximate' of Gelu is 'some'",
            b -> b.node("Gelu", "y", "x").set("approximate", "some")),
        bad(
            "onnx.operator",
            "Pad of the batch, or of channels in mode edge",
            b -> b.node("Pad", "y", "x", b.integers(0, 1, 0, 0, 0, 0, 0, 0)).set("mode", "edge")));
  }

  private static OnnxBuilder pool(OnnxBuilder b, String operator, long height, long width) {
    return pool(b, operator, height, width, "y");
  }

  private static OnnxBuilder pool(
      OnnxBuilder b, String operator, long height, long width, String output) {
    return b.node(operator, output, "x").set("kernel_shape", new long[] {height, width});
  }
}
