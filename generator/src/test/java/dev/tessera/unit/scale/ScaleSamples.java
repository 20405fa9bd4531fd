package dev.tessera.unit.scale;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requantisations of one slope and of two, with thresholds inside and outside the codes. */
public final class ScaleSamples {
  private static final int[][] CHANNELS_AND_LANES = {{1, 1}, {4, 4}, {4, 2}, {5, 2}, {16, 4}};

  private ScaleSamples() {}

  /** All samples; the same at every call. */
  public static List<ScaleSpec> all() {
    List<ScaleSpec> all = new ArrayList<>();
    for (int i = 0; i < CHANNELS_AND_LANES.length; i++) {
      all.add(sample(i, false));
      all.add(sample(i, true));
    }
    return all;
  }

  private static ScaleSpec sample(int i, boolean twoSided) {
    Random random = new Random(i);
    int[] shape = CHANNELS_AND_LANES[i];
    StreamType in =
        new StreamType(shape[0], shape[1], new FixedType(i % 2 == 0, 8 + 2 * (i % 4)), 6, 4);
    FixedType type = new FixedType(i % 3 == 0, 7 + i % 4);
    int preShift = i == 3 ? 2 : 0;
    int shift = 10 + i;
    // A slope that maps the input's range onto about that of the output.
    int unit = 1 << (shift + preShift + type.bits() - in.type().bits());
    Requant q =
        new Requant(
            preShift,
            shift,
            slopes(shape[0], unit, random),
            offsets(shape[0], shift, random),
            twoSided ? thresholds(shape[0], in.type()) : null,
            twoSided ? slopes(shape[0], unit / 4, random) : null,
            twoSided ? offsets(shape[0], shift, random) : null,
            (int) type.min() + i,
            (int) type.max());
    return ScaleSpec.of("scale" + i + (twoSided ? "_two" : "_one"), in, type, q);
  }

  private static int[] slopes(int channels, int unit, Random random) {
    int[] slopes = new int[channels];
    for (int c = 0; c < channels; c++) {
      slopes[c] = (c % 3 == 2 ? -1 : 1) * (unit / 2 + random.nextInt(unit));
    }
    return slopes;
  }

  private static long[][] offsets(int channels, int shift, Random random) {
    long[][] offsets = new long[1][channels];
    for (int c = 0; c < channels; c++) {
      offsets[0][c] = ((long) random.nextInt(40) << shift) + (1L << (shift - 1));
    }
    return offsets;
  }

  private static long[] thresholds(int channels, FixedType type) {
    long[] thresholds = new long[channels];
    for (int c = 0; c < channels; c++) {
      thresholds[c] =
          switch (c % 4) {
            case 0 -> type.signed() ? 0 : type.max() / 8;
            case 1 -> 100_000;
            case 2 -> -100_000;
            default -> type.max() / 16;
          };
    }
    return thresholds;
  }
}
