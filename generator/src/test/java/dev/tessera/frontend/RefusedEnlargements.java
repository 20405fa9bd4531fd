package dev.tessera.frontend;

import static dev.tessera.frontend.RefusalTest.bad;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Transposed convolutions and resizing in forms that are not supported. */
final class RefusedEnlargements {
  private RefusedEnlargements() {}

  static Stream<Arguments> all() {
    return Stream.concat(transposed(), resized());
  }

  private static Stream<Arguments> transposed() {
    return Stream.of(
        bad(
            "onnx.attribute",
            "attribute 'strides' of ConvTranspose is [2, 3]",
            b -> transposed(b, "strides", 2, 3)),
        bad(
            "onnx.attribute",
            "attribute 'dilations' of ConvTranspose is [2, 2]",
            b -> transposed(b, "dilations", 2, 2)),
        bad(
            "onnx.attribute",
            "attribute 'output_shape' of ConvTranspose is not supported",
            b -> transposed(b, "output_shape", 9, 9)),
        bad(
            "onnx.attribute",
            "attribute 'output_padding' of ConvTranspose is [2, 0]",
            b -> transposed(b, "output_padding", 2, 0)),
        bad(
            "onnx.attribute",
            "attribute 'auto_pad' of ConvTranspose is 'SAME_UPPER'",
            b -> transposed(b, "strides", 2, 2).set("auto_pad", "SAME_UPPER")),
        bad(
            "onnx.attribute",
            "attribute 'group' of ConvTranspose is 2",
            b -> transposed(b, "pads", 1, 1, 1, 1).set("group", 2)),
        bad(
            "onnx.operator",
            "ConvTranspose makes 1 rows and 1 columns more than 2 times its input",
            b -> transposed(b, "strides", 2, 2)),
        bad(
            "onnx.kernel",
            "a kernel of 13 x 13 is not supported",
            b ->
                b.node("ConvTranspose", "y", "x", b.random(1, 3, 1, 13, 13))
                    .set("pads", new long[] {6, 6, 6, 6})));
  }

  private static OnnxBuilder transposed(OnnxBuilder b, String attribute, long... values) {
    return b.node("ConvTranspose", "y", "x", b.random(1, 3, 4, 3, 3)).set(attribute, values);
  }

  private static Stream<Arguments> resized() {
    return Stream.of(
        bad(
            "onnx.attribute",
            "attribute 'mode' of Resize is 'cubic', which is supported for whole factors",
            b -> resize(b, 2, 3).set("mode", "cubic")),
        bad(
            "onnx.attribute",
            "and not for align_corners",
            b ->
                resize(b, 2, 2)
                    .set("mode", "cubic")
                    .set("coordinate_transformation_mode", "align_corners")),
        bad(
            "onnx.attribute",
            "attribute 'mode' of Resize is 'area'",
            b -> resize(b, 2, 2).set("mode", "area")),
        bad(
            "onnx.attribute",
            "attribute 'coordinate_transformation_mode' of Resize is 'tf_crop_and_resize'",
            b -> resize(b, 2, 2).set("coordinate_transformation_mode", "tf_crop_and_resize")),
        bad(
            "onnx.attribute",
            "attribute 'coordinate_transformation_mode' of Resize is not supported for a single",
            b -> {
              b.graph().setInput(0, OnnxBuilder.port("x", 1, 1, 3, 4, 4));
              b.node("Resize", "y", "x", "", "", b.integers(1, 3, 1, 4));
              b.set("coordinate_transformation_mode", "pytorch_half_pixel");
            }),
        bad(
            "onnx.attribute",
            "attribute 'nearest_mode' of Resize is 'up'",
            b -> resize(b, 2, 2).set("nearest_mode", "up")),
        bad(
            18,
            "onnx.attribute",
            "attribute 'antialias' of Resize is 1",
            b -> resize(b, 2, 2).set("mode", "linear").set("antialias", 1)),
        bad(
            "onnx.operator",
            "Resize by [1.0, 1.0, 1.5, 1.5] is not supported",
            b -> resize(b, 1.5f, 1.5f)),
        bad(
            "onnx.operator",
            "Resize by [1.0, 1.0, 0.5, 0.5] is not supported",
            b -> resize(b, 0.5f, 0.5f)),
        bad(
            "onnx.operator",
            "Resize to a given size of a map whose size is free",
            b -> b.node("Resize", "y", "x", "", "", b.integers(1, 3, 8, 8))),
        bad(
            "onnx.shape",
            "its 2 factors do not fit the axes [0, 1, 2, 3]",
            b -> b.node("Resize", "y", "x", "", b.floats(new float[] {2, 2}, 2))),
        bad(
            "onnx.constant",
            "its scales 's' is not a constant",
            b -> b.node("Relu", "s", "x").node("Resize", "y", "x", "", "s")),
        bad("onnx.node", "it needs either scales or sizes", b -> b.node("Resize", "y", "x")));
  }

  private static OnnxBuilder resize(OnnxBuilder b, float rows, float columns) {
    return b.node("Resize", "y", "x", "", b.floats(new float[] {1, 1, rows, columns}, 4));
  }
}
