package dev.tessera.frontend;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Resize by a whole factor. Nearest: channels repeated into the phases of a pixel shuffle. Bilinear
 * with half-pixel centres: a depthwise 3x3 convolution with repeated borders makes the phases, each
 * from at most 2x2 pixels; the other taps are zero.
 */
final class ResizeOperator {
  private static final int LARGEST_FACTOR = 16;
  private static final List<String> CENTRES = List.of("half_pixel", "pytorch_half_pixel");

  private ResizeOperator() {}

  static void resize(Call call) {
    Value.Map in = call.map(0);
    boolean linear = isLinear(call);
    int factor = factor(call, in);
    if (factor == 1) {
      call.define(0, in);
    } else if (linear) {
      bilinear(call, in, factor);
    } else {
      nearest(call, in, factor);
    }
  }

  /** Whether it is bilinear, otherwise nearest; refuses every other sampling by name. */
  private static boolean isLinear(Call call) {
    Attributes attributes = call.attributes();
    String mode = attributes.text("mode", "nearest");
    String place = attributes.text("coordinate_transformation_mode", "half_pixel");
    String rounding = attributes.text("nearest_mode", "round_prefer_floor");
    // Of the cubic mode and of tf_crop_and_resize only.
    attributes.real("cubic_coeff_a", 0);
    attributes.real("extrapolation_value", 0);
    requireZero(attributes, "antialias");
    requireZero(attributes, "exclude_outside");
    if (!mode.equals("nearest") && !mode.equals("linear")) {
      throw attributes.refuse("mode", "is '" + mode + "', which is not supported");
    }
    boolean centred = CENTRES.contains(place);
    boolean corner = place.equals("asymmetric") && mode.equals("nearest");
    if (!centred && !corner) {
      throw attributes.refuse(
          "coordinate_transformation_mode",
          "is '" + place + "', which is not supported in mode " + mode);
    }
    // Centres lie less than half a pixel from one they read: no rounding meets a tie.
    boolean repeats = centred ? rounding.startsWith("round_prefer_") : rounding.equals("floor");
    if (mode.equals("nearest") && !repeats) {
      throw attributes.refuse(
          "nearest_mode", "is '" + rounding + "', which is not supported with " + place);
    }
    return mode.equals("linear");
  }

  private static void requireZero(Attributes attributes, String name) {
    long value = attributes.integer(name, 0);
    if (value != 0) {
      throw attributes.refuse(name, "is " + value + "; only 0 is supported");
    }
  }

  private static int factor(Call call, Value.Map in) {
    boolean sized = call.has(3);
    if (sized == (call.has(2) && call.constant(2, "scales").data().length > 0)) {
      throw call.refuse(
          "onnx.node", "it needs either scales or sizes", "state one of them as a constant");
    }
    String policy = call.attributes().text("keep_aspect_ratio_policy", "stretch");
    if (sized && !policy.equals("stretch")) {
      throw call.attributes()
          .refuse("keep_aspect_ratio_policy", "is '" + policy + "', which is not supported");
    }
    double[] factors = {1, 1, 1, 1};
    double[] given = call.constant(sized ? 3 : 2, sized ? "sizes" : "scales").data();
    int[] axes = axes(call, given.length);
    for (int i = 0; i < axes.length; i++) {
      factors[axes[i]] = sized ? given[i] / size(call, in, axes[i]) : given[i];
    }
    boolean whole = factors[2] == Math.rint(factors[2]) && factors[2] >= 1;
    if (factors[0] != 1
        || factors[1] != 1
        || factors[2] != factors[3]
        || !whole
        || factors[2] > LARGEST_FACTOR) {
      throw call.refuse(
          "onnx.operator",
          "Resize by " + Arrays.toString(factors) + " is not supported",
          "rows and columns may grow by one whole factor up to " + LARGEST_FACTOR);
    }
    return (int) factors[2];
  }

  private static int[] axes(Call call, int length) {
    long[] listed = call.attributes().integers("axes");
    int[] axes =
        listed == null
            ? new int[] {0, 1, 2, 3}
            : Arrays.stream(listed).mapToInt(a -> (int) (a < 0 ? a + 4 : a)).toArray();
    boolean known = Arrays.stream(axes).allMatch(a -> a >= 0 && a < 4);
    if (!known || axes.length != length || Arrays.stream(axes).distinct().count() < length) {
      throw call.refuse(
          "onnx.shape",
          "its " + length + " factors do not fit the axes " + Arrays.toString(axes),
          "export the model again");
    }
    return axes;
  }

  private static int size(Call call, Value.Map in, int axis) {
    if (axis < 2) {
      return axis == 0 ? 1 : in.type().channels();
    }
    Extent extent = axis == 2 ? in.type().height() : in.type().width();
    if (extent.mul() != 0) {
      throw call.refuse(
          "onnx.operator",
          "Resize to a given size of a map whose size is free is not supported",
          "state scales, or fix the size of the input");
    }
    return extent.add();
  }

  private static void nearest(Call call, Value.Map in, int factor) {
    int channels = in.type().channels();
    int[] phases = IntStream.range(0, channels * factor * factor).map(i -> i % channels).toArray();
    Value.Map made =
        call.emit(new Node.Select(call.name(), in.name(), call.fresh("_repeated"), phases));
    shuffle(call, made, factor, false);
  }

  private static void bilinear(Call call, Value.Map in, int factor) {
    int channels = in.type().channels();
    int area = factor * factor;
    float[] weights = new float[channels * area * 9];
    for (int i = 0; i < weights.length; i++) {
      int phase = i / 9 % area;
      double row = weight(phase / factor, i % 9 / 3, factor);
      weights[i] = (float) (row * weight(phase % factor, i % 3, factor));
    }
    Kernel kernel =
        new Kernel(channels * area, 1, 3, 3, channels, weights, new float[channels * area], null);
    Value.Map made =
        call.emit(
            new Node.Conv(
                call.name(),
                in.name(),
                call.fresh("_phases"),
                kernel,
                Stride.ONE,
                new Pads(1, 1, 1, 1),
                Border.EDGE,
                new float[] {0},
                Activation.NONE));
    shuffle(call, made, factor, true);
  }

  /** Share of tap 0, 1 or 2 (the pixel before, this one, the next) in a phase. */
  private static double weight(int phase, int tap, int factor) {
    double centre = (phase + 0.5) / factor - 0.5;
    return Math.max(0, 1 - Math.abs(tap - 1 - centre));
  }

  private static void shuffle(Call call, Value.Map phases, int factor, boolean crd) {
    call.define(
        0,
        call.emit(new Node.DepthToSpace(call.name(), phases.name(), call.output(0), factor, crd)));
  }
}
