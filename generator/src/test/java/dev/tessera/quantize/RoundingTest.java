package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.num.FixedType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Choice of ranges and rounding of weights. */
@Tag("fast")
class RoundingTest {
  @Test
  void theRangeHoldsZeroAndWhatWasSeen() {
    FixedType s9 = new FixedType(true, 9);
    RangeSearch.Grid grid = RangeSearch.search(samples(0.5f, 2), s9, false);
    assertEquals(-256, grid.zero());
    assertTrue(grid.scale() * 511 >= 2);
    grid = RangeSearch.search(samples(-3, 1), s9, false);
    assertEquals(127, grid.zero(), 2);
    assertTrue(grid.scale() * (-256 - grid.zero()) <= -3);
    assertTrue(grid.scale() * (255 - grid.zero()) >= 1);
  }

  @Test
  void aSingleOutlierIsCutOffWhereThatCostsLess() {
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / (float) values.length;
    }
    values[values.length - 1] = 1.5f;
    Samples samples = new Samples(values, 0, 1.5f);
    double four = RangeSearch.search(samples, new FixedType(false, 4), true).scale() * 15;
    double twelve = RangeSearch.search(samples, new FixedType(false, 12), true).scale() * 4095;
    assertTrue(four < 1.15, "4 bits reach " + four);
    assertTrue(twelve > four, "12 bits reach " + twelve);
  }

  @Test
  void aSilentChannelIsMarked() {
    assertEquals(0, RangeSearch.search(samples(0, 0), FixedType.UINT8, true).scale());
  }

  private static Samples samples(float min, float max) {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = min + (max - min) * i / (values.length - 1);
    }
    return new Samples(values, min, max);
  }

  @Test
  void independentTapsRoundToTheNearestCode() {
    double[][] identity = new double[6][6];
    for (int i = 0; i < 6; i++) {
      identity[i][i] = 1;
    }
    double[] weights = {127, -3.4, 2.6, 0.2, -126.7, 64.1};
    int[] codes = new WeightRounding(identity).round(new double[][] {weights}, 8)[0].codes();
    assertArrayEquals(new int[] {127, -3, 3, 0, -127, 64}, codes);
  }

  @Test
  void correlatedTapsKeepTheirSum() {
    int taps = 25;
    double[][] moments = new double[taps][taps];
    for (int i = 0; i < taps; i++) {
      Arrays.fill(moments[i], 100);
      moments[i][i] += 1;
    }
    Random random = new Random(3);
    double[][] rows = new double[20][taps];
    for (double[] row : rows) {
      for (int t = 0; t < taps; t++) {
        row[t] = random.nextGaussian();
      }
    }
    WeightRounding.Row[] rounded = new WeightRounding(moments).round(rows, 6);
    for (int o = 0; o < rows.length; o++) {
      double error = 0;
      double nearest = 0;
      double largest = Arrays.stream(rows[o]).map(Math::abs).max().orElseThrow() / 31;
      for (int t = 0; t < taps; t++) {
        error += rows[o][t] - rounded[o].scale() * rounded[o].codes()[t];
        nearest += rows[o][t] - largest * Math.rint(rows[o][t] / largest);
      }
      assertTrue(Math.abs(error) <= Math.abs(nearest) + 0.2 * largest, error + ", " + nearest);
      assertTrue(Math.abs(error) < largest / 2, "sum off by " + error);
    }
  }

  @Test
  void aRowOfZerosStaysOne() {
    WeightRounding.Row[] rounded = new WeightRounding(new double[3][3]).round(new double[1][3], 8);
    assertArrayEquals(new int[3], rounded[0].codes());
  }

  /** A faint tap that is zero would make up for the errors of strong ones that look like it. */
  @Test
  void aWeightOfZeroStaysZero() {
    Random random = new Random(9);
    int taps = 24;
    double[][] moments = new double[taps][taps];
    double[] weights = random.doubles(taps, -1, 1).toArray();
    for (int i = 0; i < taps; i++) {
      for (int j = 0; j < taps; j++) {
        moments[i][j] = strength(i) * strength(j) * 100 + (i == j ? 1 : 0);
      }
      weights[i] = i % 3 == 0 ? 0 : weights[i];
    }
    int[] codes = new WeightRounding(moments).round(new double[][] {weights}, 8)[0].codes();
    for (int t = 0; t < taps; t += 3) {
      assertEquals(0, codes[t], "tap " + t);
    }
  }

  private static double strength(int tap) {
    return tap % 3 == 0 ? 0.3 : 3;
  }
}
