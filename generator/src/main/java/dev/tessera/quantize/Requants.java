package dev.tessera.quantize;

import dev.tessera.ir.Node;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;

/**
 * Derives the integers of a {@link Requant} from real factors and offsets.
 *
 * <p>The shift is the largest that keeps the largest multiplier in its bits and every sum in 48
 * bits, so that with 18 bits scale factors are exact to 2^-18 of the layer's largest.
 */
final class Requants {
  private Requants() {}

  /**
   * The wanted function of the accumulator, in output codes: {@code factor[c] * acc +
   * offset[k][c]}, with {@code slope[c]} about the code {@code zero[c]} below it.
   *
   * @param slope slopes on the negative side, or null
   * @param zero code of the value 0 of each channel
   */
  record Target(double[] factor, double[][] offset, double[] slope, int[] zero) {}

  /**
   * The requantiser of {@code target} for accumulators in {@code range}.
   *
   * @param multiplierBits signed width of the multipliers
   */
  static Requant derive(Node node, Target target, Range range, int multiplierBits, int lo, int hi) {
    int preShift = preShift(range);
    double unit = Math.scalb(1.0, preShift);
    int channels = target.factor.length;
    double[] positive = new double[channels];
    double[] negative = new double[channels];
    for (int c = 0; c < channels; c++) {
      positive[c] = target.factor[c] * unit;
      negative[c] = target.slope == null ? 0 : positive[c] * target.slope[c];
    }
    double[][] below = target.slope == null ? new double[0][] : negativeOffsets(target);
    double largest = 0;
    for (int c = 0; c < channels; c++) {
      largest = Math.max(largest, Math.max(Math.abs(positive[c]), Math.abs(negative[c])));
    }
    double reach = largest * reach(range.shiftRight(preShift)) + furthest(target.offset, below);
    int shift = shift(node, largest, reach, multiplierBits);
    // Shifting right rounds down: on average this much of a step is lost.
    double lost = (1 - 1 / unit) / 2;
    int[] multiplier = integers(positive, shift);
    long[][] offset = offsets(target.offset, multiplier, lost, shift);
    if (target.slope == null) {
      return new Requant(preShift, shift, multiplier, offset, null, null, null, lo, hi);
    }
    int[] negMultiplier = integers(negative, shift);
    long[][] negOffset = offsets(below, negMultiplier, lost, shift);
    long[] threshold = thresholds(target, unit);
    return new Requant(
        preShift, shift, multiplier, offset, threshold, negMultiplier, negOffset, lo, hi);
  }

  /** The least shift after which accumulators in {@code range} fit the multiplier. */
  static int preShift(Range range) {
    int preShift = 0;
    while (range.shiftRight(preShift).signedWidth() > Requant.OPERAND_BITS) {
      preShift++;
    }
    return preShift;
  }

  private static double[][] negativeOffsets(Target target) {
    double[][] below = new double[target.offset.length][target.factor.length];
    for (int k = 0; k < below.length; k++) {
      for (int c = 0; c < below[k].length; c++) {
        double linear = target.offset[k][c] - target.zero[c];
        below[k][c] = target.slope[c] * linear + target.zero[c];
      }
    }
    return below;
  }

  /** The largest absolute value. */
  static double reach(Range range) {
    return Math.max(Math.abs((double) range.lo()), Math.abs((double) range.hi()));
  }

  private static double furthest(double[][] offset, double[][] below) {
    double furthest = 0;
    for (double[][] table : new double[][][] {offset, below}) {
      for (double[] row : table) {
        for (double value : row) {
          furthest = Math.max(furthest, Math.abs(value));
        }
      }
    }
    return furthest;
  }

  /**
   * The largest shift.
   *
   * @param largest the largest factor
   * @param reach bound of all sums, in output codes
   */
  static int shift(Node node, double largest, double reach, int multiplierBits) {
    double most = Math.scalb(1.0, multiplierBits - 1) - 1;
    double bound = Math.scalb(1.0, Requant.OFFSET_BITS - 1);
    int shift = 47;
    // Two steps of room for the rounding of offset and half.
    while (shift > 0
        && (Math.rint(Math.scalb(largest, shift)) > most
            || Math.scalb(reach + 2, shift) >= bound)) {
      shift--;
    }
    if (shift == 0) {
      throw Refusals.multiplier(node, largest);
    }
    return shift;
  }

  private static int[] integers(double[] factors, int shift) {
    int[] multiplier = new int[factors.length];
    for (int c = 0; c < factors.length; c++) {
      multiplier[c] = Math.toIntExact(Math.round(Math.scalb(factors[c], shift)));
    }
    return multiplier;
  }

  private static long[][] offsets(double[][] wanted, int[] multiplier, double lost, int shift) {
    long[][] offset = new long[wanted.length][multiplier.length];
    for (int k = 0; k < offset.length; k++) {
      for (int c = 0; c < multiplier.length; c++) {
        double exact = Math.scalb(wanted[k][c], shift) + lost * multiplier[c];
        offset[k][c] = Math.round(exact) + (1L << (shift - 1));
      }
    }
    return offset;
  }

  /** The smallest operand of each channel that stands for a value of 0 or more. */
  private static long[] thresholds(Target target, double unit) {
    long[] threshold = new long[target.factor.length];
    for (int c = 0; c < threshold.length; c++) {
      double linear = target.offset[0][c] - target.zero[c];
      if (target.factor[c] == 0) {
        threshold[c] = linear >= 0 ? 0 : 1;
      } else {
        double zero = -linear / target.factor[c] / unit;
        double most = Math.scalb(1.0, Requant.OPERAND_BITS - 1) - 1;
        threshold[c] = (long) Math.ceil(Math.max(-most - 1, Math.min(most, zero)));
      }
    }
    return threshold;
  }

  /** The code of the value {@code bound} on a grid of one scale, limited to the type. */
  static int clip(double bound, double scale, int zero, FixedType type) {
    double code = Math.rint(bound / scale) + zero;
    return (int) Math.max(type.min(), Math.min(type.max(), code));
  }
}
