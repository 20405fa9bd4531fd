package dev.tessera.unit.add;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Additions of signed and unsigned maps, with and without partly filled beats. */
public final class AddSamples {
  private static final int[][] CHANNELS_AND_LANES = {
    {1, 1}, {4, 4}, {4, 2}, {5, 2}, {16, 4}, {3, 3}
  };

  private AddSamples() {}

  /** All samples; the same at every call. */
  public static List<AddSpec> all() {
    List<AddSpec> all = new ArrayList<>();
    for (int i = 0; i < CHANNELS_AND_LANES.length; i++) {
      all.add(sample(i));
    }
    all.add(difference());
    return all;
  }

  private static StreamType stream(int i, boolean signed, int bits) {
    int[] shape = CHANNELS_AND_LANES[i];
    return new StreamType(shape[0], shape[1], new FixedType(signed, bits), 6, 4);
  }

  /** Multipliers about 1.0 at this shift, so that most sums stay inside the clip bounds. */
  private static AddSpec sample(int i) {
    Random random = new Random(i);
    StreamType left = stream(i, i % 2 == 0, 8 + i % 3);
    StreamType right = stream(i, i % 2 != 0, 9 + i % 2);
    StreamType out = stream(i, i % 3 == 0, 9);
    int shift = 3 * i;
    int channels = out.channels();
    int[] leftBy = new int[channels];
    int[] rightBy = new int[channels];
    long[] offset = new long[channels];
    for (int c = 0; c < channels; c++) {
      leftBy[c] = (1 << shift) + random.nextInt(1 << shift) - (1 << shift >> 1);
      rightBy[c] = (i == 2 ? -1 : 1) * (random.nextInt(1 << shift) + 1);
      offset[c] = ((long) (random.nextInt(60) - 30) << shift) + (1L << shift >> 1);
    }
    int lo = (int) out.type().min() + (i == 1 ? 7 : 0);
    int hi = (int) out.type().max() - (i == 4 ? 9 : 0);
    return new AddSpec("add" + i, left, right, out, leftBy, rightBy, offset, shift, lo, hi);
  }

  /** The widest multipliers, opposite signs. */
  private static AddSpec difference() {
    StreamType in = stream(5, false, 8);
    int[] plus = {131071, 131071, 1};
    int[] minus = {-131072, -131071, -1};
    long[] offset = {1 << 16, 0, -(1L << 40)};
    StreamType out = stream(5, true, 9);
    return new AddSpec("add_difference", in, in, out, plus, minus, offset, 17, -256, 255);
  }
}
