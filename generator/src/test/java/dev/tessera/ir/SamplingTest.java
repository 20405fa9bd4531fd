package dev.tessera.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.ir.Sampling.Coordinates;
import dev.tessera.ir.Sampling.Mode;
import dev.tessera.ir.Sampling.Rounding;
import dev.tessera.ir.Sampling.Tap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Places of resized pixels against decimal fractions of 60 digits. */
@Tag("fast")
class SamplingTest {
  private static final MathContext DIGITS = new MathContext(60);

  private static BigDecimal place(Coordinates coordinates, int i, int in, int out) {
    BigDecimal half = new BigDecimal("0.5");
    BigDecimal ratio = new BigDecimal(in).divide(new BigDecimal(out), DIGITS);
    return switch (coordinates) {
      case HALF_PIXEL -> new BigDecimal(i).add(half).multiply(ratio, DIGITS).subtract(half);
      case ASYMMETRIC -> new BigDecimal(i).multiply(ratio, DIGITS);
      case ALIGN_CORNERS ->
          out == 1
              ? BigDecimal.ZERO
              : new BigDecimal(i * (in - 1)).divide(new BigDecimal(out - 1), DIGITS);
    };
  }

  private static int nearest(Rounding rounding, BigDecimal place, int in) {
    // Half pixels must not become a little more or less by the digits cut off.
    BigDecimal exact = place.setScale(40, RoundingMode.HALF_EVEN);
    RoundingMode mode =
        switch (rounding) {
          case FLOOR -> RoundingMode.FLOOR;
          case CEIL -> RoundingMode.CEILING;
          case ROUND_PREFER_FLOOR ->
              exact.signum() < 0 ? RoundingMode.HALF_UP : RoundingMode.HALF_DOWN;
          case ROUND_PREFER_CEIL ->
              exact.signum() < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP;
        };
    return Math.max(0, Math.min(in - 1, exact.setScale(0, mode).intValueExact()));
  }

  @Test
  void placesAreExact() {
    int[][] sizes = {
      {6, 41}, {25, 160}, {18, 120}, {8, 16}, {5, 15}, {1, 7}, {7, 7}, {9, 5}, {3, 1}
    };
    for (int[] size : sizes) {
      for (Coordinates coordinates : Coordinates.values()) {
        for (int i = 0; i < size[1]; i++) {
          check(coordinates, i, size[0], size[1]);
        }
      }
    }
  }

  private static void check(Coordinates coordinates, int i, int in, int out) {
    BigDecimal place = place(coordinates, i, in, out);
    String where = coordinates + " " + i + " of " + out + " from " + in;
    for (Rounding rounding : Rounding.values()) {
      Sampling nearest = sampling(Mode.NEAREST, coordinates, rounding);
      int pixel = nearest(rounding, place, in);
      assertEquals(new Tap(pixel, pixel, 0), nearest.tap(i, in, out, 0), where + " " + rounding);
    }
    BigDecimal inside =
        place.max(BigDecimal.ZERO).min(new BigDecimal(in - 1)).setScale(40, RoundingMode.HALF_EVEN);
    int first = inside.intValue();
    int weight =
        inside
            .subtract(new BigDecimal(first))
            .multiply(new BigDecimal(256))
            .setScale(0, RoundingMode.HALF_UP)
            .intValueExact();
    Sampling linear = sampling(Mode.LINEAR, coordinates, Rounding.FLOOR);
    Tap expected = new Tap(first, Math.min(first + 1, in - 1), weight);
    assertEquals(expected, linear.tap(i, in, out, 8), where);
  }

  private static Sampling sampling(Mode mode, Coordinates coordinates, Rounding rounding) {
    return new Sampling(mode, coordinates, rounding, Extent.FRAME, Extent.FRAME);
  }
}
