package dev.tessera.frontend;

import dev.tessera.ir.Extent;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Sampling.Coordinates;
import dev.tessera.ir.Sampling.Rounding;
import dev.tessera.ir.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Resize. By a whole factor it becomes wiring or a convolution in front of a pixel shuffle where
 * that is exact, see {@link Enlargement}; otherwise the map is resampled.
 */
final class ResizeOperator {
  private static final int LARGEST_FACTOR = 16;

  private static final Map<String, Coordinates> PLACES =
      Map.of(
          "half_pixel", Coordinates.HALF_PIXEL,
          "pytorch_half_pixel", Coordinates.HALF_PIXEL,
          "asymmetric", Coordinates.ASYMMETRIC,
          "align_corners", Coordinates.ALIGN_CORNERS);
  private static final List<String> ROUNDINGS =
      List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
  private static final List<String> MODES = List.of("nearest", "linear", "cubic");

  private ResizeOperator() {}

  /** How pixels are read, as the attributes say. */
  private record Reading(String mode, String place, Coordinates coordinates, Rounding rounding) {}

  static void resize(Call call) {
    Value.Map in = call.map(0);
    Reading reading = reading(call.attributes());
    double cubic = call.attributes().real("cubic_coeff_a", -0.75f);
    TensorType out = size(call, in.type());
    requireSeveral(call, reading, in.type(), out);
    int factor = factor(in.type(), out);
    boolean corners = reading.coordinates == Coordinates.ALIGN_CORNERS;
    if (factor == 1) {
      call.define(0, in);
    } else if (factor > 1 && reading.mode.equals("nearest") && repeats(reading)) {
      Enlargement.nearest(call, in, factor);
    } else if (factor > 1 && !reading.mode.equals("nearest") && !corners) {
      boolean centred = reading.coordinates == Coordinates.HALF_PIXEL;
      boolean linear = reading.mode.equals("linear");
      Enlargement.smooth(call, in, new Enlargement.Curve(factor, centred, linear, cubic));
    } else {
      resample(call, in, reading, out);
    }
  }

  /** Centres lie less than half a pixel from one they read: no rounding meets a tie. */
  private static boolean repeats(Reading reading) {
    return switch (reading.coordinates) {
      case HALF_PIXEL ->
          reading.rounding == Rounding.ROUND_PREFER_FLOOR
              || reading.rounding == Rounding.ROUND_PREFER_CEIL;
      case ASYMMETRIC -> reading.rounding == Rounding.FLOOR;
      case ALIGN_CORNERS -> false;
    };
  }

  private static void resample(Call call, Value.Map in, Reading reading, TensorType out) {
    if (reading.mode.equals("cubic")) {
      throw call.attributes()
          .refuse(
              "mode",
              "is 'cubic', which is supported for whole factors of 2 to "
                  + LARGEST_FACTOR
                  + " and not for "
                  + reading.place);
    }
    boolean linear = reading.mode.equals("linear");
    Sampling sampling =
        new Sampling(
            linear ? Sampling.Mode.LINEAR : Sampling.Mode.NEAREST,
            reading.coordinates,
            linear ? Rounding.FLOOR : reading.rounding,
            out.height(),
            out.width());
    call.define(0, call.emit(new Node.Resize(call.name(), in.name(), call.output(0), sampling)));
  }

  private static Reading reading(Attributes attributes) {
    String mode = attributes.text("mode", "nearest");
    String place = attributes.text("coordinate_transformation_mode", "half_pixel");
    String rounding = attributes.text("nearest_mode", "round_prefer_floor");
    // Of tf_crop_and_resize only.
    attributes.real("extrapolation_value", 0);
    requireZero(attributes, "antialias");
    requireZero(attributes, "exclude_outside");
    if (!MODES.contains(mode)) {
      throw attributes.refuse("mode", "is '" + mode + "', which is not supported");
    }
    if (!PLACES.containsKey(place)) {
      throw attributes.refuse(
          "coordinate_transformation_mode", "is '" + place + "', which is not supported");
    }
    if (!ROUNDINGS.contains(rounding)) {
      throw attributes.refuse("nearest_mode", "is '" + rounding + "', which is not supported");
    }
    Rounding rounds = Rounding.valueOf(rounding.toUpperCase(Locale.ROOT));
    return new Reading(mode, place, PLACES.get(place), rounds);
  }

  private static void requireZero(Attributes attributes, String name) {
    long value = attributes.integer(name, 0);
    if (value != 0) {
      throw attributes.refuse(name, "is " + value + "; only 0 is supported");
    }
  }

  /** A single pixel out of several lies elsewhere where PyTorch's centres are asked for. */
  private static void requireSeveral(Call call, Reading reading, TensorType in, TensorType out) {
    Extent one = Extent.constant(1);
    boolean single =
        out.height().equals(one) && !in.height().equals(one)
            || out.width().equals(one) && !in.width().equals(one);
    if (single && reading.place.startsWith("pytorch")) {
      throw call.attributes()
          .refuse("coordinate_transformation_mode", "is not supported for a single row or column");
    }
  }

  /** The whole factor by which both axes grow, or 0. */
  private static int factor(TensorType in, TensorType out) {
    for (int factor = 1; factor <= LARGEST_FACTOR; factor++) {
      boolean rows = in.height().times(factor).equals(out.height());
      if (rows && in.width().times(factor).equals(out.width())) {
        return factor;
      }
    }
    return 0;
  }

  /** The shape that is asked for. */
  private static TensorType size(Call call, TensorType in) {
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
    double[] given = call.constant(sized ? 3 : 2, sized ? "sizes" : "scales").data();
    int[] axes = axes(call, given.length);
    Extent[] size = {Extent.constant(1), Extent.constant(in.channels()), in.height(), in.width()};
    Extent[] wanted = size.clone();
    for (int i = 0; i < axes.length; i++) {
      Extent now = size[axes[i]];
      wanted[axes[i]] = sized ? sized(call, now, given[i], axes[i]) : scaled(now, given[i]);
      boolean kept = axes[i] > 1 || now.equals(wanted[axes[i]]);
      if (wanted[axes[i]] == null || !kept) {
        throw call.refuse(
            "onnx.operator",
            "Resize by " + Arrays.toString(given) + " is not supported",
            "rows and columns of a free size may grow by whole factors up to " + Limits.SCALE);
      }
    }
    return new TensorType(in.channels(), wanted[2], wanted[3]);
  }

  /** {@code now} times a scale, or null if that is no size for every frame. */
  private static Extent scaled(Extent now, double scale) {
    if (scale >= 1 && scale <= Limits.SCALE && scale == Math.rint(scale)) {
      return now.times((int) scale);
    }
    double size = now.isConstant() ? now.add() * scale : 0;
    // The scale of the operator has to be that of the sizes.
    boolean whole = size >= 1 && size <= Limits.SIDE && Math.abs(size - Math.rint(size)) < 1e-5;
    return whole ? Extent.constant((int) Math.rint(size)) : null;
  }

  private static Extent sized(Call call, Extent now, double size, int axis) {
    boolean fits = size >= 1 && size <= Limits.SIDE && size == Math.rint(size);
    if (!fits) {
      return null;
    }
    return now.isConstant() ? Extent.constant((int) size) : call.extent(now, (int) size, axis == 2);
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
}
