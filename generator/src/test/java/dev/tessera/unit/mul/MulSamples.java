package dev.tessera.unit.mul;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Products of equal maps and of a map with one channel, signs and zeros of every kind. */
public final class MulSamples {
  private static final int[][] CHANNELS_AND_LANES = {{1, 1}, {4, 4}, {4, 2}, {5, 2}, {16, 4}};

  private MulSamples() {}

  /** All samples; the same at every call. */
  public static List<MulSpec> all() {
    List<MulSpec> all = new ArrayList<>();
    for (int i = 0; i < CHANNELS_AND_LANES.length; i++) {
      all.add(sample(i, false, i % 2 == 1));
    }
    for (int i = 1; i < CHANNELS_AND_LANES.length; i++) {
      all.add(sample(i, true, false));
    }
    return all;
  }

  private static MulSpec sample(int i, boolean shared, boolean twoSided) {
    Random random = new Random(i);
    int channels = CHANNELS_AND_LANES[i][0];
    int lanes = CHANNELS_AND_LANES[i][1];
    StreamType left =
        new StreamType(channels, lanes, new FixedType(i % 2 == 0, 8 + 2 * (i % 3)), 6, 4);
    FixedType rightType = new FixedType(i % 3 == 1, 7 + i % 4);
    StreamType right = new StreamType(shared ? 1 : channels, shared ? 1 : lanes, rightType, 6, 4);
    FixedType type = new FixedType(i % 3 == 0, 7 + i % 4);
    int preShift = i == 3 ? 2 : 0;
    int shift = 14 + i;
    int bits = left.type().bits() + right.type().bits();
    int unit = 1 << (shift + preShift + type.bits() - bits + 1);
    Requant q =
        new Requant(
            preShift,
            shift,
            slopes(channels, unit, random),
            offsets(channels, shift, type, random),
            twoSided ? new long[channels] : null,
            twoSided ? slopes(channels, unit / 4, random) : null,
            twoSided ? offsets(channels, shift, type, random) : null,
            (int) type.min() + i,
            (int) type.max());
    return new MulSpec(
        "mul" + i + (shared ? "_shared" : "_equal"),
        left,
        right,
        left.withType(type),
        zeros(left, random),
        zeros(right, random),
        q);
  }

  private static int[] zeros(StreamType type, Random random) {
    long span = type.type().max() - type.type().min();
    int[] zeros = new int[type.channels()];
    for (int c = 0; c < zeros.length; c++) {
      long middle = type.type().min() + span / 2;
      zeros[c] = (int) (middle + random.nextInt((int) span / 2) - span / 4);
    }
    return zeros;
  }

  private static int[] slopes(int channels, int unit, Random random) {
    int[] slopes = new int[channels];
    for (int c = 0; c < channels; c++) {
      slopes[c] = (c % 3 == 2 ? -1 : 1) * (unit / 2 + random.nextInt(unit));
    }
    return slopes;
  }

  private static long[][] offsets(int channels, int shift, FixedType type, Random random) {
    long[][] offsets = new long[1][channels];
    for (int c = 0; c < channels; c++) {
      long middle = (type.min() + type.max()) / 2 + random.nextInt(20);
      offsets[0][c] = (middle << shift) + (1L << (shift - 1));
    }
    return offsets;
  }
}
