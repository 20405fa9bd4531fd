package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Node;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requantisers against the real functions that they stand for. */
@Tag("fast")
class RequantsTest {
  private static final Node NODE = new Node.Input("node", "value");

  @ParameterizedTest
  @ValueSource(ints = {12, 20, 25, 28, 33})
  void codesAreThoseOfTheRealFunctionButAtTies(int accumulatorBits) {
    Random random = new Random(accumulatorBits);
    Range range = new Range(-(1L << (accumulatorBits - 1)), (1L << (accumulatorBits - 1)) - 1);
    double[] factor = new double[5];
    double[][] offset = new double[2][5];
    double[] slope = {0.1, 1.75, -0.6, 0, 1};
    int[] zero = {0, 3, 100, 7, 255};
    for (int c = 0; c < 5; c++) {
      factor[c] = (200 + 300 * random.nextDouble()) / range.hi();
      offset[0][c] = 200 * random.nextDouble();
      offset[1][c] = offset[0][c];
    }
    Requants.Target target = new Requants.Target(factor, offset, slope, zero);
    Requant requant = Requants.derive(NODE, target, range, 18, 0, 255);
    assertEquals(Optional.empty(), requant.whyUnfit(range));
    int near = 0;
    for (int i = 0; i < 20_000; i++) {
      int c = i % 5;
      long acc = range.lo() + (long) (random.nextDouble() * (range.hi() - (double) range.lo()));
      double linear = factor[c] * acc + offset[0][c] - zero[c];
      double exact = (linear < 0 ? slope[c] * linear : linear) + zero[c];
      double clamped = Math.max(0, Math.min(255, exact));
      double distance = Math.abs(requant.apply(acc, c, i % 2) - clamped);
      assertTrue(distance < 0.52, "channel " + c + ", " + acc + ": " + distance);
      near += distance > 0.5 ? 1 : 0;
    }
    assertTrue(near < 100, near + " beyond a tie");
  }

  @Test
  void wideMultipliersAreFiner() {
    double[] factor = {1e-3, 1.234567e-5};
    Requants.Target target = new Requants.Target(factor, new double[1][2], null, new int[2]);
    Range range = new Range(-1000, 1000);
    for (int bits : new int[] {18, 26}) {
      Requant requant = Requants.derive(NODE, target, range, bits, -128, 127);
      double got = Math.scalb((double) requant.multiplier()[1], -requant.shift());
      assertEquals(factor[1], got, Math.scalb(factor[0], 1 - bits));
      assertEquals(bits, requant.multiplierBits());
    }
  }

  @Test
  void aFactorBeyondTheMultiplierIsRefused() {
    Requants.Target target =
        new Requants.Target(new double[] {1e6}, new double[1][1], null, new int[1]);
    TesseraException e =
        assertThrows(
            TesseraException.class,
            () -> Requants.derive(NODE, target, new Range(0, 255), 18, 0, 255));
    assertEquals("quantize.multiplier", e.diagnostic().code());
    assertEquals("node 'node'", e.diagnostic().place());
  }
}
