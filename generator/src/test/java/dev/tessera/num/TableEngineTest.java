package dev.tessera.num;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables in integers against the rule in floating point. */
@Tag("fast")
class TableEngineTest {
  private static final int CHANNELS = 12;
  private static final int POSITIONS = 500;

  private final Random random = new Random(5);

  private double[] random(int count, double least, double most) {
    return random.doubles(count, least, most).toArray();
  }

  private Normalization rule(int phases, double[] base, double[] gain, double epsilon, int shift) {
    double[] unit = random(CHANNELS / phases, 0.001, 0.003);
    double[] step = new double[CHANNELS];
    Arrays.setAll(step, c -> unit[c % unit.length]);
    double[] outStep = random(CHANNELS, 0.01, 0.05);
    int[] zero = random.ints(CHANNELS, -30, 30).toArray();
    double[] bias = random(gain.length, -1, 1);
    return new Normalization(step, base, gain, bias, epsilon, outStep, zero, shift, null);
  }

  private double[] gains(int count) {
    double[] gain = random(count, 0.3, 1);
    for (int k = 0; k < count; k += 2) {
      gain[k] = -gain[k];
    }
    return gain;
  }

  /** Accumulators whose deviations and means differ from channel to channel. */
  private long[][] accumulators(int bits) {
    long[][] all = new long[CHANNELS][POSITIONS];
    double most = Math.scalb(1.0, bits - 1) - 1;
    for (long[] channel : all) {
      double mean = 0.3 * most * random.nextGaussian();
      double deviation = most * random.nextDouble(0.005, 0.2);
      Arrays.setAll(
          channel,
          i -> (long) Math.max(-most, Math.min(most, mean + deviation * random.nextGaussian())));
    }
    return all;
  }

  private interface View {
    long of(long acc, int c);
  }

  private static Moments moments(long[][] all, View view) {
    Moments made = new Moments(POSITIONS, new long[CHANNELS], new long[CHANNELS]);
    for (int c = 0; c < CHANNELS; c++) {
      for (long acc : all[c]) {
        long v = view.of(acc, c);
        made.sum()[c] += v;
        made.squares()[c] += v * v;
      }
    }
    return made;
  }

  private static Range range(int bits) {
    return new Range(-(1L << (bits - 1)), (1L << (bits - 1)) - 1);
  }

  /** Multipliers agree to their rounding and what the sums lose; the mean meets its code. */
  @ParameterizedTest(name = "{0} phases, {1} bits, shifted by {2}")
  @CsvSource({"1, 18, 0", "1, 22, 0", "4, 20, 0", "4, 25, 0", "1, 27, 2", "2, 30, 5", "1, 16, 0"})
  void integersFollowTheRule(int phases, int bits, int preShift) {
    int shift = bits - preShift + 3;
    for (int round = 0; round < 20; round++) {
      double[] base = random(CHANNELS, -2, 2);
      Normalization rule = rule(phases, base, gains(CHANNELS / phases), 1e-3, shift);
      long[][] all = accumulators(bits);
      TableEngine engine = TableEngine.of(rule, range(bits), preShift, POSITIONS);
      assertEquals(phases > 1, engine.aligns());
      NormTable made = engine.table(moments(all, engine::tap));
      NormTable wanted = rule.table(moments(all, (acc, c) -> acc >> preShift));
      for (int c = 0; c < CHANNELS; c++) {
        int m = wanted.multiplier()[c];
        assertEquals(m, made.multiplier()[c], 1 + 2e-4 * Math.abs(m), "multiplier of " + c);
        if (Math.abs(m) < 131_071) {
          double middle =
              Arrays.stream(all[c]).mapToDouble(acc -> acc >> preShift).average().orElseThrow();
          // Multipliers are rounded, and differ by one at most where they are small.
          double moved = Math.scalb(1.5 * Math.abs(middle), -shift);
          double apart = code(wanted, rule, c, middle) - code(made, rule, c, middle);
          assertEquals(0, apart, 0.01 + moved, "code of " + c);
        }
      }
    }
  }

  private static double code(NormTable table, Normalization rule, int c, double a) {
    double offset = Math.scalb((double) table.offset()[c], rule.offsetShift());
    return Math.scalb(a * table.multiplier()[c] + offset, -rule.shift());
  }

  /** A map of one value has no deviation but epsilon; multipliers then saturate or stay small. */
  @Test
  void silentChannels() {
    long[][] all = new long[CHANNELS][POSITIONS];
    for (int c = 0; c < CHANNELS; c++) {
      Arrays.fill(all[c], c == 0 ? -(1L << 21) : (1L << 21) - 1 - c);
    }
    double[] gain = gains(CHANNELS);
    gain[3] = 0;
    double[] none = new double[CHANNELS];
    Normalization close = rule(1, none, gain, 1e-12, 22);
    TableEngine engine = TableEngine.of(close, range(22), 0, POSITIONS);
    NormTable made = engine.table(moments(all, engine::tap));
    assertEquals(-131_071, made.multiplier()[0]);
    assertEquals(131_071, made.multiplier()[1]);
    assertEquals(0, made.multiplier()[3]);
    Normalization far = rule(1, none, gain, 1e9, 22);
    TableEngine wide = TableEngine.of(far, range(22), 0, POSITIONS);
    NormTable flat = wide.table(moments(all, wide::tap));
    assertArrayEquals(far.table(moments(all, (acc, c) -> acc)).multiplier(), flat.multiplier());
    assertTrue(wide.rootBits() > engine.rootBits());
  }

  @Test
  void phasesOfDifferentUnitsAreRefused() {
    Normalization rule = rule(1, new double[CHANNELS], gains(CHANNELS / 4), 1e-3, 22);
    assertThrows(
        IllegalArgumentException.class, () -> TableEngine.of(rule, range(20), 0, POSITIONS));
  }
}
