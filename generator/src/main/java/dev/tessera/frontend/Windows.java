package dev.tessera.frontend;

import dev.tessera.ir.Extent;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import java.util.Arrays;

/** Strides, dilations and padding as the sliding windows of convolutions and pools state them. */
final class Windows {
  /** Largest step of a window. */
  private static final int LARGEST_STRIDE = 4;

  private Windows() {}

  /** The attribute {@code strides}. */
  static Stride stride(Call call) {
    int[] steps = pair(call, "strides", LARGEST_STRIDE);
    return new Stride(steps[0], steps[1]);
  }

  /** Two sizes, rows first; ones where the attribute is absent. */
  static int[] pair(Call call, String name, int most) {
    long[] given = call.attributes().integers(name);
    if (given == null) {
      return new int[] {1, 1};
    }
    if (given.length != 2 || Arrays.stream(given).anyMatch(v -> v < 1 || v > most)) {
      throw call.attributes()
          .refuse(
              name,
              "is " + Arrays.toString(given) + "; two sizes of 1 to " + most + " are supported");
    }
    return new int[] {(int) given[0], (int) given[1]};
  }

  /** The padding of a window of {@code height} x {@code width} pixels on {@code in}. */
  static Pads pads(Call call, TensorType in, int height, int width, Stride stride) {
    String auto = call.attributes().text("auto_pad", "NOTSET");
    boolean upper = auto.equals("SAME_UPPER");
    if (auto.equals("NOTSET") || auto.equals("VALID")) {
      return ConvOperators.statedPads(call, auto);
    }
    if (!upper && !auto.equals("SAME_LOWER")) {
      throw call.attributes().refuse("auto_pad", "is '" + auto + "', which is not supported");
    }
    ConvOperators.statedPads(call, auto);
    int rows = missing(call, in.height(), height, stride.rows());
    int columns = missing(call, in.width(), width, stride.columns());
    int top = upper ? rows / 2 : rows - rows / 2;
    int left = upper ? columns / 2 : columns - columns / 2;
    return new Pads(top, left, rows - top, columns - left);
  }

  /** Pixels that padding adds in all, so that every step has a window. */
  private static int missing(Call call, Extent size, int window, int step) {
    if (step == 1) {
      return window - 1;
    }
    if (!size.isConstant()) {
      throw call.attributes()
          .refuse("auto_pad", "with strides needs a map of fixed size; state pads instead");
    }
    int outputs = (size.add() + step - 1) / step;
    return Math.max(0, (outputs - 1) * step + window - size.add());
  }
}
