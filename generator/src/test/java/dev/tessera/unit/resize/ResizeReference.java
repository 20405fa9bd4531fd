package dev.tessera.unit.resize;

import dev.tessera.hw.Frame;
import dev.tessera.ir.Sampling;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a resized map is made of, in decimal fractions of many digits. */
public final class ResizeReference {
  private static final MathContext DIGITS = new MathContext(60);

  /** Less than any distance of a place from a tie that is none. */
  private static final BigDecimal LITTLE = new BigDecimal("1e-40");

  private ResizeReference() {}

  /** The accumulator of an output. */
  public static long sum(ResizeSpec spec, Frame in, int c, int y, int x) {
    Sampling s = spec.sampling();
    BigDecimal row = place(s, y, in.height(), spec.output().height());
    BigDecimal column = place(s, x, in.width(), spec.output().width());
    if (s.mode() == Sampling.Mode.NEAREST) {
      int nearestRow = clamp(nearest(s, row), in.height());
      return in.at(c, nearestRow, clamp(nearest(s, column), in.width()));
    }
    row = clamp(row, in.height());
    column = clamp(column, in.width());
    long sum = 0;
    for (int i = 0; i < in.height(); i++) {
      for (int j = 0; j < in.width(); j++) {
        long weight = weight(row, i, spec.weightBits()) * weight(column, j, spec.weightBits());
        sum += weight * in.at(c, i, j);
      }
    }
    return sum;
  }

  private static BigDecimal place(Sampling s, int i, int in, int out) {
    BigDecimal half = new BigDecimal("0.5");
    return switch (s.coordinates()) {
      case HALF_PIXEL ->
          new BigDecimal(i)
              .add(half)
              .multiply(new BigDecimal(in))
              .divide(new BigDecimal(out), DIGITS)
              .subtract(half);
      case ASYMMETRIC ->
          new BigDecimal(i).multiply(new BigDecimal(in)).divide(new BigDecimal(out), DIGITS);
      case ALIGN_CORNERS ->
          new BigDecimal(i)
              .multiply(new BigDecimal(in - 1))
              .divide(new BigDecimal(Math.max(1, out - 1)), DIGITS);
    };
  }

  private static int nearest(Sampling s, BigDecimal place) {
    return switch (s.rounding()) {
      case FLOOR -> place.add(LITTLE).setScale(0, RoundingMode.FLOOR).intValueExact();
      case CEIL -> place.subtract(LITTLE).setScale(0, RoundingMode.CEILING).intValueExact();
      case ROUND_PREFER_FLOOR -> round(place.subtract(LITTLE));
      case ROUND_PREFER_CEIL -> round(place.add(LITTLE));
    };
  }

  private static int round(BigDecimal place) {
    return place.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR).intValueExact();
  }

  private static int clamp(int pixel, int size) {
    return Math.max(0, Math.min(size - 1, pixel));
  }

  private static BigDecimal clamp(BigDecimal place, int size) {
    return place.max(BigDecimal.ZERO).min(new BigDecimal(size - 1));
  }

  /** Weight of a pixel: that of the one behind the place is rounded, the other one is the rest. */
  private static long weight(BigDecimal place, int pixel, int bits) {
    int first = place.add(LITTLE).setScale(0, RoundingMode.FLOOR).intValueExact();
    BigDecimal part = place.subtract(new BigDecimal(first)).multiply(new BigDecimal(1 << bits));
    long behind = round(part.add(LITTLE));
    return pixel == first ? (1L << bits) - behind : pixel == first + 1 ? behind : 0;
  }
}
