package dev.tessera.pass;

import static dev.tessera.pass.OperatorGraphs.of;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.pass.OperatorGraphs.Sample;
import java.util.stream.Stream;

/** Small models with strides, dilations, pools and maps of other sizes. */
final class WindowGraphs {
  private WindowGraphs() {}

  static Stream<Sample> all() {
    return Stream.of(convolutions(), pools(), resized(), sized(), slices()).flatMap(s -> s);
  }

  private static Stream<Sample> convolutions() {
    return Stream.of(
        of("stride 2", 13, 3, b -> conv(b, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1)),
        of("stride 2, one-sided pads", 13, 3, b -> conv(b, 3, 3, 2, 2, 1, 1, 0, 0, 1, 1)),
        of("stride 3 by 4", 13, 3, b -> conv(b, 5, 4, 3, 4, 1, 1, 2, 1, 0, 2)),
        of("stride larger than the kernel", 13, 3, b -> conv(b, 1, 2, 4, 3, 1, 1)),
        of("dilation 2", 13, 3, b -> conv(b, 3, 3, 1, 1, 2, 2, 2, 2, 2, 2)),
        of("dilation 4 by 3", 13, 3, b -> conv(b, 3, 2, 1, 1, 4, 3, 4, 1, 4, 2)),
        of("stride and dilation", 13, 3, b -> conv(b, 3, 3, 2, 2, 3, 3, 3, 3, 3, 3)),
        of(
            "SAME_UPPER with strides",
            13,
            3,
            b -> {
              fixed(b, 3, 14, 17).node("Conv", "y", "x", b.random(0.3, 4, 3, 3, 5));
              b.set("strides", new long[] {2, 3}).set("auto_pad", "SAME_UPPER");
            }),
        of(
            "SAME_LOWER with strides",
            13,
            3,
            b -> {
              fixed(b, 3, 14, 17).node("Conv", "y", "x", b.random(0.3, 4, 3, 4, 4));
              b.set("strides", new long[] {2, 2}).set("auto_pad", "SAME_LOWER");
            }),
        of(
            "stride behind padding and before a norm",
            13,
            3,
            b -> {
              b.node("Pad", "p", "x", b.integers(0, 0, 1, 1, 0, 0, 1, 1)).set("mode", "reflect");
              conv(b, "c", "p", 3, 4, 2).node("Mul", "m", "c", b.random(1, 1, 4, 1, 1));
              b.node("Relu", "r", "m");
              conv(b, "y", "r", 4, 2, 2);
            }));
  }

  private static void conv(
      OnnxBuilder b, int height, int width, int sy, int sx, int dy, int dx, long... pads) {
    b.node("Conv", "y", "x", b.random(0.3, 4, 3, height, width), b.random(1, 4));
    b.set("strides", new long[] {sy, sx}).set("dilations", new long[] {dy, dx});
    if (pads.length > 0) {
      b.set("pads", pads);
    }
  }

  private static OnnxBuilder conv(
      OnnxBuilder b, String output, String input, int in, int out, int stride) {
    return b.node("Conv", output, input, b.random(0.3, out, in, 3, 3), b.random(1, out))
        .set("strides", new long[] {stride, stride});
  }

  private static OnnxBuilder fixed(OnnxBuilder b, int channels, int height, int width) {
    b.graph().setInput(0, OnnxBuilder.port("x", 1, 1, channels, height, width));
    return b;
  }

  private static Stream<Sample> pools() {
    return Stream.of(
        of("largest of 2x2", 13, 3, b -> pool(b, "MaxPool", 2, 2, 2, 2)),
        of("largest of 7x7 by 3", 13, 3, b -> pool(b, "MaxPool", 7, 7, 3, 3)),
        of("largest, padded", 13, 3, b -> pool(b, "MaxPool", 3, 5, 2, 1, 1, 2, 1, 0)),
        of(
            "largest of the negative, padded",
            13,
            3,
            b -> {
              b.node("Neg", "n", "x").node("MaxPool", "y", "n");
              b.set("kernel_shape", new long[] {3, 3}).set("pads", new long[] {1, 1, 1, 1});
            }),
        of(
            "largest, sizes rounded up",
            13,
            3,
            b -> pool(b, "MaxPool", 3, 3, 2, 2).set("ceil_mode", 1)),
        of(
            "largest, sizes rounded up on a fixed frame",
            13,
            3,
            b -> {
              pool(fixed(b, 3, 12, 13), "MaxPool", 2, 3, 3, 4, 0, 1, 0, 1).set("ceil_mode", 1);
            }),
        of("average of 3x2", 13, 3, b -> pool(b, "AveragePool", 3, 2, 2, 3)),
        of(
            "average, padding counted",
            13,
            3,
            b -> pool(b, "AveragePool", 3, 3, 1, 1, 1, 1, 1, 1).set("count_include_pad", 1)),
        of("average inside", 13, 3, b -> pool(b, "AveragePool", 4, 3, 2, 1, 1, 1, 2, 0)),
        of(
            "average, SAME_UPPER",
            13,
            3,
            b -> pool(b, "AveragePool", 2, 3, 1, 1).set("auto_pad", "SAME_UPPER")),
        of(
            "average inside, sizes rounded up",
            13,
            3,
            b -> pool(b, "AveragePool", 4, 4, 2, 2, 1, 1, 1, 1).set("ceil_mode", 1)),
        of(
            "average of everything",
            13,
            3,
            b -> fixed(b, 3, 9, 7).conv("c", "x", 3, 4, 3).node("GlobalAveragePool", "y", "c")),
        of(
            "pools alike",
            13,
            3,
            b -> {
              pool(b, "p", "x").conv("c", "p", 3, 3, 3);
              pool(b, "q", "x").node("Add", "y", "c", "q");
            }));
  }

  private static OnnxBuilder pool(OnnxBuilder b, String output, String input) {
    return b.node("MaxPool", output, input)
        .set("kernel_shape", new long[] {2, 2})
        .set("strides", new long[] {2, 2});
  }

  private static OnnxBuilder pool(
      OnnxBuilder b, String operator, int height, int width, int sy, int sx, long... pads) {
    b.node(operator, "y", "x").set("kernel_shape", new long[] {height, width});
    b.set("strides", new long[] {sy, sx});
    return pads.length == 0 ? b : b.set("pads", pads);
  }

  private static Stream<Sample> resized() {
    Stream.Builder<Sample> samples = Stream.builder();
    for (String mode : new String[] {"linear", "cubic"}) {
      for (String place : new String[] {"half_pixel", "pytorch_half_pixel", "asymmetric"}) {
        for (int factor = 2; factor <= 4; factor++) {
          float scale = factor;
          samples.add(
              of(
                  mode + " " + place + " by " + factor,
                  13,
                  2,
                  b -> resize(b, scale, scale, mode, place, "floor")));
        }
      }
    }
    samples.add(
        of(
            "cubic as PyTorch has it not",
            13,
            2,
            b -> resize(b, 3, 3, "cubic", "half_pixel", "floor").set("cubic_coeff_a", -0.5f)));
    for (String place : new String[] {"half_pixel", "asymmetric", "align_corners"}) {
      samples.add(
          of("linear " + place + " 2 by 3", 13, 2, b -> resize(b, 2, 3, "linear", place, "floor")));
      for (String round :
          new String[] {"floor", "ceil", "round_prefer_floor", "round_prefer_ceil"}) {
        samples.add(
            of(
                "nearest " + place + " " + round,
                13,
                2,
                b -> resize(b, 2, 3, "nearest", place, round)));
      }
    }
    return samples.build();
  }

  private static OnnxBuilder resize(
      OnnxBuilder b, float rows, float columns, String mode, String place, String round) {
    return b.node("Resize", "y", "x", "", b.floats(new float[] {1, 1, rows, columns}, 4))
        .set("mode", mode)
        .set("coordinate_transformation_mode", place)
        .set("nearest_mode", round);
  }

  private static Stream<Sample> sized() {
    return Stream.of(
        of(
            "linear to a size",
            13,
            2,
            b -> {
              fixed(b, 2, 12, 10).node("Resize", "y", "x", "", "", b.integers(1, 2, 29, 23));
              b.set("mode", "linear");
            }),
        of(
            "linear to a smaller size",
            13,
            2,
            b -> {
              fixed(b, 2, 12, 20).node("Resize", "y", "x", "", "", b.integers(1, 2, 5, 8));
              b.set("mode", "linear").set("coordinate_transformation_mode", "align_corners");
            }),
        of(
            "nearest by half",
            13,
            2,
            b -> {
              float[] half = {1, 1, 0.5f, 0.5f};
              fixed(b, 2, 12, 20).node("Resize", "y", "x", "", b.floats(half, 4));
              b.set("coordinate_transformation_mode", "asymmetric").set("nearest_mode", "floor");
            }),
        of(
            "attention over a small map",
            13,
            3,
            b -> {
              fixed(b, 3, 24, 20);
              conv(b, "c", "x", 3, 4, 2);
              b.node("MaxPool", "p", "c").set("kernel_shape", new long[] {7, 7});
              b.set("strides", new long[] {3, 3}).conv("d", "p", 4, 3, 3);
              b.node("Resize", "r", "d", "", "", b.integers(1, 3, 24, 20)).set("mode", "linear");
              b.node("Sigmoid", "s", "r").node("Mul", "y", "x", "s");
            }));
  }

  private static Stream<Sample> slices() {
    return Stream.of(
        of(
            "every second pixel",
            13,
            3,
            b ->
                b.node(
                    "Slice",
                    "y",
                    "x",
                    b.integers(0, 0),
                    b.integers(Long.MAX_VALUE, Long.MAX_VALUE),
                    b.integers(2, 3),
                    b.integers(2, 3))),
        of(
            "every third pixel but the first",
            13,
            3,
            b ->
                b.node(
                    "Slice",
                    "y",
                    "x",
                    b.integers(1, 2, 0),
                    b.integers(-1, Long.MAX_VALUE, 2),
                    b.integers(2, 3, 1),
                    b.integers(3, 1, 1))),
        of(
            "channels of zeros",
            13,
            3,
            b -> {
              b.node("Pad", "p", "x", b.integers(0, 2, 0, 0, 0, 1, 0, 0));
              b.conv("c", "x", 3, 6, 3).node("Add", "y", "c", "p");
            }),
        of(
            "channels of ones in a frame of ones",
            13,
            3,
            b -> b.node("Pad", "y", "x", b.integers(0, -1, 0, 0, 0, 3, -1, 0), b.number(1))));
  }
}
