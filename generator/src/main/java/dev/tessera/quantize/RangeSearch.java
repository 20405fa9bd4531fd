package dev.tessera.quantize;

import dev.tessera.num.FixedType;

/**
 * Scale and zero point of a channel with the least mean square error over its samples: rounding
 * error of values inside the range, s * s / 12, against clipping error of those outside.
 *
 * <p>As scales are per channel and folded into the weights of the next layer, the errors of the
 * channels add up there independently: the least error of each channel is the least error of the
 * layer that reads it.
 */
final class RangeSearch {
  /** Ends of the range as parts of the largest value seen, from beyond it downwards. */
  private static final double[] REACH = new double[33];

  /**
   * Weight of clipping error: unlike rounding it is alike at neighbouring places and taps, so that
   * it adds up in the layers behind. Found on several networks, flat from 5 to 100.
   */
  private static final double CLIPPING = 10;

  /** Part of a range added on either side, for photos unlike those of the calibration. */
  private static final double MARGIN = 0.05;

  /** Ranges below this are no signal. */
  private static final double SILENT = 1e-12;

  static {
    for (int i = 0; i < REACH.length; i++) {
      REACH[i] = 1 - i * 0.025;
    }
  }

  /**
   * The grid of one channel.
   *
   * @param scale value of one code step; 0 if the channel showed no signal
   * @param zero code of the value 0
   */
  record Grid(double scale, int zero) {}

  private RangeSearch() {}

  /**
   * The best grid; it always holds the value 0, so that zero padding is exact.
   *
   * @param nonNegative whether values below 0 do not occur: then 0 is the smallest code
   */
  static Grid search(Samples samples, FixedType type, boolean nonNegative) {
    double max = Math.max(0, samples.max());
    double min = nonNegative ? 0 : Math.min(0, samples.min());
    if (max - min < SILENT) {
      return new Grid(0, nonNegative ? (int) type.min() : middle(type));
    }
    double levels = type.max() - type.min();
    double[] over = over(samples.sorted(), max);
    double[] under = under(samples.sorted(), min);
    double least = Double.POSITIVE_INFINITY;
    double lo = min;
    double hi = max;
    for (int i = 0; i < REACH.length; i++) {
      for (int j = 0; j < (min < 0 ? REACH.length : 1); j++) {
        double step = (REACH[i] * max - REACH[j] * min) / levels;
        double error = step * step / 12 + CLIPPING * (over[i] + under[j]);
        if (error < least) {
          least = error;
          lo = REACH[j] * min;
          hi = REACH[i] * max;
        }
      }
    }
    return grid(lo * (1 + MARGIN), hi * (1 + MARGIN), type, nonNegative);
  }

  /** The grid whose codes span {@code lo..hi}. */
  static Grid grid(double lo, double hi, FixedType type, boolean nonNegative) {
    double scale = (hi - lo) / (type.max() - type.min());
    long zero = nonNegative ? type.min() : Math.round(type.min() - lo / scale);
    return new Grid(scale, (int) Math.max(type.min(), Math.min(type.max(), zero)));
  }

  private static int middle(FixedType type) {
    return (int) ((type.min() + type.max() + 1) / 2);
  }

  /** Mean square of what is cut off above each reach. */
  private static double[] over(float[] sorted, double max) {
    double[] cut = new double[REACH.length];
    for (int i = 0; i < cut.length; i++) {
      double bound = REACH[i] * max;
      for (int k = sorted.length - 1; k >= 0 && sorted[k] > bound; k--) {
        cut[i] += (sorted[k] - bound) * (sorted[k] - bound) / sorted.length;
      }
    }
    return cut;
  }

  /** Mean square of what is cut off below each reach. */
  private static double[] under(float[] sorted, double min) {
    double[] cut = new double[REACH.length];
    for (int i = 0; i < cut.length; i++) {
      double bound = REACH[i] * min;
      for (int k = 0; k < sorted.length && sorted[k] < bound; k++) {
        cut[i] += (sorted[k] - bound) * (sorted[k] - bound) / sorted.length;
      }
    }
    return cut;
  }
}
