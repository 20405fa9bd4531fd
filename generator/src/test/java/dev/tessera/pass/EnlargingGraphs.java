package dev.tessera.pass;

import static dev.tessera.pass.OperatorGraphs.of;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.pass.OperatorGraphs.Sample;
import java.util.stream.Stream;

/** Small models that enlarge: transposed convolutions and resizing, alone and with neighbours. */
final class EnlargingGraphs {
  private EnlargingGraphs() {}

  static Stream<Sample> all() {
    return Stream.of(transposed(), resized(), merged(), skips()).flatMap(s -> s);
  }

  private static Stream<Sample> transposed() {
    return Stream.of(
        of("transposed 9x9 by 3", 13, 2, b -> transposed(b, 2, 1, 9, 9, 3, 1, 0, 3, 3, 3, 3)),
        of("transposed 4x4 by 2", 11, 3, b -> transposed(b, 3, 4, 4, 4, 2, 1, 0, 1, 1, 1, 1)),
        of(
            "transposed 3x3 by 2, padded",
            13,
            2,
            b -> transposed(b, 2, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1)),
        of("transposed, uneven", 13, 2, b -> transposed(b, 2, 3, 5, 6, 2, 1, 0, 0, 3, 3, 1)),
        of("transposed, one-sided", 13, 2, b -> transposed(b, 2, 3, 5, 5, 2, 1, 0, 0, 0, 3, 3)),
        of("transposed, far side", 13, 2, b -> transposed(b, 2, 3, 5, 5, 2, 1, 0, 3, 3, 0, 0)),
        of("transposed as large as its stride", 13, 2, b -> transposed(b, 2, 3, 4, 4, 4, 1, 0)),
        of("transposed with holes", 13, 2, b -> transposed(b, 2, 3, 2, 2, 3, 1, 1)),
        of("transposed by 1", 13, 2, b -> transposed(b, 2, 3, 3, 5, 1, 1, 0, 1, 2, 1, 2)),
        of("transposed groups", 13, 6, b -> transposed(b, 6, 2, 4, 4, 2, 3, 0, 1, 1, 1, 1)),
        of("transposed depthwise", 13, 3, b -> transposed(b, 3, 1, 6, 6, 3, 3, 0, 2, 1, 1, 2)),
        of("transposed, cropped", 13, 2, b -> transposed(b, 2, 3, 4, 5, 2, 1, 0, 2, 2, 2, 2)),
        of(
            "transposed between layers",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 4, 3).node("Relu", "r", "c");
              b.node("ConvTranspose", "t", "r", b.random(0.3, 4, 4, 5, 5), b.random(0.1, 4));
              b.set("strides", new long[] {2, 2}).set("pads", new long[] {2, 2, 2, 2});
              b.set("output_padding", new long[] {1, 1});
              b.node("PRelu", "p", "t", b.random(1, 4, 1, 1)).conv("y", "p", 4, 3, 3);
            }),
        of(
            "transposed without attributes",
            13,
            2,
            b -> {
              b.node("ConvTranspose", "t", "x", b.random(1, 2, 3, 1, 1));
              b.set("auto_pad", "VALID").node("Tanh", "y", "t");
            }),
        of("transposed quantised", 13, 2, EnlargingGraphs::quantised),
        of("repeated quantised", 13, 2, EnlargingGraphs::repeatedQuantised));
  }

  /** W of {@code in} x {@code out} per group; pads top, left, bottom, right. */
  private static void transposed(
      OnnxBuilder b,
      int in,
      int out,
      int height,
      int width,
      int stride,
      int group,
      int more,
      long... pads) {
    double spread = 1 / Math.sqrt((double) in / group * height * width / stride / stride);
    String w = b.random(spread, in, out, height, width);
    b.node("ConvTranspose", "y", "x", w, b.random(0.1, out * group));
    b.set("strides", new long[] {stride, stride}).set("group", group);
    b.set("kernel_shape", new long[] {height, width});
    b.set("output_padding", new long[] {more, more});
    if (pads.length == 4) {
      b.set("pads", pads);
    }
  }

  private static void repeatedQuantised(OnnxBuilder b) {
    int[] codes = b.random().ints(3 * 2 * 3 * 3, -127, 128).toArray();
    String w = b.codes(3, codes, 3, 2, 3, 3);
    String scales = b.floats(new float[] {0.01f, 0.02f, 0.005f}, 3);
    b.node("DequantizeLinear", "w", w, scales, b.codes(3, new int[3], 3)).set("axis", 0);
    b.quant("q", "x", 2, 1 / 255.0, 0);
    b.node("Resize", "r", "q", "", b.floats(new float[] {1, 1, 2, 2}, 4));
    b.set("nearest_mode", "floor").set("coordinate_transformation_mode", "asymmetric");
    b.node("Conv", "c", "r", "w", b.random(0.1, 3)).set("pads", new long[] {1, 1, 1, 1});
    b.quant("y", "c", 2, 0.02, 128);
  }

  private static void quantised(OnnxBuilder b) {
    int[] codes = b.random().ints(2 * 3 * 4 * 4, -127, 128).toArray();
    String w = b.codes(3, codes, 2, 3, 4, 4);
    String scales = b.floats(new float[] {0.01f, 0.02f, 0.005f}, 3);
    b.node("DequantizeLinear", "w", w, scales, b.codes(3, new int[3], 3)).set("axis", 1);
    b.quant("q", "x", 2, 1 / 255.0, 0);
    b.node("ConvTranspose", "t", "q", "w", b.random(0.1, 3));
    b.set("strides", new long[] {2, 2}).set("pads", new long[] {1, 1, 1, 1});
    b.quant("y", "t", 2, 0.02, 128);
  }

  private static Stream<Sample> resized() {
    return Stream.of(
        of("nearest by 2", 13, 3, b -> resize(b, "y", "x", "nearest", "asymmetric", "floor", 2)),
        of(
            "nearest with an unused region",
            11,
            3,
            b -> {
              String roi = b.floats(new float[] {0, 0, 0, 0, 1, 1, 1, 1}, 8);
              b.node("Resize", "y", "x", roi, b.floats(new float[] {1, 1, 2, 2}, 4));
              b.set("coordinate_transformation_mode", "asymmetric").set("nearest_mode", "floor");
            }),
        of(
            "nearest by 3, centred",
            13,
            2,
            b -> resize(b, "y", "x", "nearest", "half_pixel", null, 3)),
        of(
            "nearest by 4, centred, up",
            18,
            2,
            b -> resize(b, "y", "x", "nearest", "pytorch_half_pixel", "round_prefer_ceil", 4)),
        of("bilinear by 2", 15, 3, b -> resize(b, "y", "x", "linear", "half_pixel", null, 2)),
        of("bilinear by 3", 13, 2, b -> resize(b, "y", "x", "linear", null, null, 3)),
        of(
            "bilinear by 4",
            19,
            1,
            b -> resize(b, "y", "x", "linear", "pytorch_half_pixel", null, 4)),
        of(
            "resize by one",
            13,
            2,
            b -> {
              resize(b, "r", "x", "linear", null, null, 1);
              b.conv("y", "r", 2, 3, 3);
            }),
        of(
            "resize with axes",
            18,
            2,
            b -> {
              b.node("Resize", "y", "x", "", b.floats(new float[] {2, 2}, 2));
              b.set("axes", new long[] {3, -2}).set("mode", "linear");
            }));
  }

  private static void resize(
      OnnxBuilder b,
      String output,
      String input,
      String mode,
      String place,
      String rounding,
      int factor) {
    b.node("Resize", output, input, "", b.floats(new float[] {1, 1, factor, factor}, 4));
    b.set("mode", mode);
    if (place != null) {
      b.set("coordinate_transformation_mode", place);
    }
    if (rounding != null) {
      b.set("nearest_mode", rounding);
    }
  }

  private static Stream<Sample> merged() {
    return Stream.of(
        of("nearest by 2 and 3x3", 13, 3, b -> merged(b, 2, 3, 1)),
        of("nearest by 3 and 3x3", 13, 3, b -> merged(b, 3, 3, 1)),
        of("nearest by 4 and 3x3", 13, 3, b -> merged(b, 4, 3, 1)),
        of("nearest by 2 and 5x5", 13, 3, b -> merged(b, 2, 5, 1)),
        of("nearest by 2 and 4x4", 13, 3, b -> merged(b, 2, 4, 1)),
        of("nearest by 3 and 7x7, grouped", 13, 3, b -> merged(b, 3, 7, 3)),
        of("nearest by 2 and 1x1", 13, 3, b -> merged(b, 2, 1, 1)),
        of("nearest by 2 and 2x2", 13, 3, b -> merged(b, 2, 2, 1)),
        of(
            "nearest and edge padding",
            13,
            3,
            b -> {
              resize(b, "r", "x", "nearest", "asymmetric", "floor", 2);
              b.node("Pad", "p", "r", b.integers(0, 0, 2, 1, 0, 0, 2, 3)).set("mode", "edge");
              b.conv("y", "p", 3, 4, 5, 5, 1);
            }),
        of(
            "nearest and reflecting padding",
            13,
            3,
            b -> {
              resize(b, "r", "x", "nearest", "asymmetric", "floor", 2);
              b.node("Pad", "p", "r", b.integers(0, 0, 1, 1, 0, 0, 1, 1)).set("mode", "reflect");
              b.conv("y", "p", 3, 4, 3, 3, 1);
            }),
        of(
            "nearest with an offset and valid convolution",
            13,
            3,
            b -> {
              resize(b, "r", "x", "nearest", "asymmetric", "floor", 2);
              b.node("Add", "a", "r", b.random(1, 1, 3, 1, 1)).conv("y", "a", 3, 4, 3, 3, 1);
            }),
        of(
            "bilinear and convolution",
            13,
            3,
            b -> {
              resize(b, "r", "x", "linear", "half_pixel", null, 2);
              b.conv("y", "r", 3, 4, 3);
            }));
  }

  /** Layers around an enlargement, with a shift that must become the padding value. */
  private static void merged(OnnxBuilder b, int factor, int size, int group) {
    b.conv("c", "x", 3, 3, 3).node("Sub", "s", b.random(1, 3, 1, 1), "c");
    resize(b, "r", "s", "nearest", "asymmetric", "floor", factor);
    int before = (size - 1) / 2;
    int behind = size - 1 - before;
    b.conv("d", "r", 3, 6, size, size, group, before, before, behind, behind);
    b.node("PRelu", "y", "d", b.random(1, 6, 1, 1));
  }

  private static Stream<Sample> skips() {
    return Stream.of(
        of("nearest skip", 13, 3, b -> skip(b, "nearest", "Add", 3)),
        of("bilinear skip", 13, 3, b -> skip(b, "linear", "Sub", 2)),
        of(
            "one channel of detail for three",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 8, 3).node("DepthToSpace", "d", "c").set("blocksize", 2);
              b.node("Slice", "l", "d", b.integers(1), b.integers(2), b.integers(1));
              resize(b, "r", "x", "linear", "half_pixel", null, 2);
              b.node("Add", "s", "l", "r").node("PRelu", "y", "s", b.random(1, 3, 1, 1));
            }),
        of(
            "enlarged map added to itself",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 8, 3).node("DepthToSpace", "d", "c").set("blocksize", 2);
              b.node("Add", "y", "d", "d");
            }),
        of(
            "skip of an enlarged layer for two readers",
            13,
            3,
            b -> {
              resize(b, "r", "x", "nearest", "half_pixel", null, 2);
              b.conv("c", "x", 3, 12, 3).node("DepthToSpace", "d", "c").set("blocksize", 2);
              b.node("Add", "a", "d", "r").conv("e", "r", 3, 3, 3).node("Add", "y", "a", "e");
            }),
        of(
            "negated",
            13,
            3,
            b -> b.conv("c", "x", 3, 4, 3).node("Neg", "n", "c").node("Relu", "y", "n")),
        of("rectified both ways", 13, 3, EnlargingGraphs::concatenatedRelu));
  }

  private static void skip(OnnxBuilder b, String mode, String operator, int factor) {
    b.conv("c", "x", 3, 3 * factor * factor, 3).node("DepthToSpace", "d", "c");
    b.set("blocksize", factor).set("mode", "CRD");
    resize(
        b,
        "r",
        "x",
        mode,
        mode.equals("nearest") ? "asymmetric" : "half_pixel",
        mode.equals("nearest") ? "floor" : null,
        factor);
    b.node(operator, "s", "d", "r").node("PRelu", "y", "s", b.random(1, 3, 1, 1));
  }

  private static void concatenatedRelu(OnnxBuilder b) {
    b.conv("c", "x", 3, 4, 3).node("Relu", "p", "c").node("Neg", "n", "c").node("Relu", "q", "n");
    b.node("Concat", "k", "p", "q").set("axis", 1).conv("y", "k", 8, 3, 3);
  }
}
