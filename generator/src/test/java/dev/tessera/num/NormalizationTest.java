package dev.tessera.num;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From statistics to tables, on numbers that can be worked out by hand. */
@Tag("fast")
class NormalizationTest {
  private static Normalization rule(int shift, double gain, double... base) {
    int channels = base.length;
    double[] ones = new double[channels];
    java.util.Arrays.fill(ones, 1);
    return new Normalization(
        ones, base, new double[] {gain}, new double[] {5}, 0, ones, new int[channels], shift, null);
  }

  /** The values 2, 4, 4, 4, 5, 5, 7, 9: mean 5, deviation 2. */
  private static final Moments EIGHT = new Moments(8, new long[] {40}, new long[] {232});

  @Test
  void aTableCentresAndScales() {
    NormTable table = rule(10, 3, 0).table(EIGHT);
    assertArrayEquals(new int[] {1536}, table.multiplier());
    // 3 / 2 * (0 - 5) + 5, and a half for the rounding, in steps of 2^-10.
    assertArrayEquals(new int[] {-2 * 1024}, table.offset());
    assertEquals(0, rule(10, 3, 0).offsetShift());
  }

  @Test
  void offsetsOfLongShiftsAreCoarser() {
    NormTable table = rule(20, 0.125, 0).table(EIGHT);
    assertEquals(4, rule(20, 0.125, 0).offsetShift());
    assertArrayEquals(new int[] {65536}, table.multiplier());
    double wanted = (0.0625 * -5 + 5 + 0.5) * 65536;
    assertArrayEquals(new int[] {(int) wanted}, table.offset());
  }

  /** An entry is linear in the factor 1/2 and the shift -5/2. */
  @Test
  void anEntryIsLinearInItsStatistics() {
    Normalization rule = rule(10, 3, 7);
    Normalization.Line line = rule.line(0);
    NormTable table = rule.table(EIGHT);
    assertEquals(table.multiplier()[0], line.multiplier() / 2, 1e-9);
    // Values are 7 more than the sums say: the mean is 12, the shift -6.
    double offset = line.offsetPerFactor() / 2 + line.offsetPerShift() * -6 + line.offset();
    assertEquals(table.offset()[0], offset, 1e-9);
  }

  @Test
  void codesOfTablesReachTwiceAsFarAsTypicalOffsets() {
    NormTable typical = new NormTable(new int[] {8, -4}, new int[] {-(1 << 20), 3});
    TableCodes codes = TableCodes.reaching(List.of(typical));
    assertEquals(7, codes.offsetShift());
    NormTable table = codes.table(new int[] {0, 0, 0, 0, 5, -6, -32768, 32767}, 2, 2);
    assertArrayEquals(new int[] {20, -131072}, table.multiplier());
    assertArrayEquals(new int[] {-6 << 7, 32767 << 7}, table.offset());
    assertEquals(0, TableCodes.reaching(List.of()).offsetShift());
  }

  @Test
  void multipliersSaturate() {
    assertArrayEquals(new int[] {131071}, rule(20, 3, 0).table(EIGHT).multiplier());
    assertArrayEquals(new int[] {-131071}, rule(20, -3, 0).table(EIGHT).multiplier());
  }

  /** Two phases of the same sums, one of them moved by 4: mean 7, variance 4 + 4. */
  @Test
  void phasesShareTheirStatistics() {
    Moments both = new Moments(8, new long[] {40, 40}, new long[] {232, 232});
    double gain = Math.sqrt(8);
    NormTable table = rule(10, gain, 0, 4).table(both);
    assertArrayEquals(new int[] {1024, 1024}, table.multiplier());
    assertArrayEquals(new int[] {-1536, 2560}, table.offset());
  }

  @Test
  void aSilentChannelKeepsItsOffset() {
    Normalization rule =
        new Normalization(
            new double[] {1},
            new double[] {0},
            new double[] {1},
            new double[] {0},
            1e-2,
            new double[] {1},
            new int[] {7},
            8,
            null);
    NormTable table = rule.table(new Moments(4, new long[] {12}, new long[] {36}));
    assertArrayEquals(new int[] {2560}, table.multiplier());
    assertArrayEquals(new int[] {(int) ((-30 + 7.5) * 256)}, table.offset());
  }

  @Test
  void momentsAddUp() {
    Moments sum = EIGHT.plus(new Moments(2, new long[] {-3}, new long[] {5}));
    assertEquals(10, sum.count());
    assertArrayEquals(new long[] {37}, sum.sum());
    assertArrayEquals(new long[] {237}, sum.squares());
    Moments full = new Moments(1, new long[] {0}, new long[] {Long.MAX_VALUE});
    assertThrows(ArithmeticException.class, () -> full.plus(EIGHT));
  }

  @Test
  void entriesHaveTheOffsetAboveTheMultiplier() {
    NormTable table = new NormTable(new int[] {-1, 5}, new int[] {3, -2});
    assertEquals(3L << 18 | 0x3ffff, table.word(0));
    assertEquals(0xfffffffeL << 18 | 5, table.word(1));
  }
}
