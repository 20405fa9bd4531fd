package dev.tessera.unit.cut;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;

/** Maps whose beats fill words of the bus, divide them, and straddle them. */
public final class CutSamples {
  /** Channels, lanes, bits of a value, columns, rows, bits of the bus. */
  private static final int[][] SHAPES = {
    {1, 1, 8, 7, 3, 64},
    {8, 8, 8, 5, 4, 64},
    {16, 16, 8, 4, 3, 128},
    {6, 3, 8, 5, 3, 128},
    {6, 2, 9, 5, 5, 64},
    {7, 7, 9, 5, 5, 64},
    {12, 12, 5, 3, 1, 64},
  };

  private CutSamples() {}

  /** All samples; the same at every call. */
  public static List<CutSpec> all() {
    List<CutSpec> all = new ArrayList<>();
    for (int i = 0; i < SHAPES.length; i++) {
      int[] s = SHAPES[i];
      StreamType map = new StreamType(s[0], s[1], new FixedType(i % 2 == 0, s[2]), s[3], s[4]);
      all.add(CutSpec.local("cut" + i, map, s[5]));
    }
    return all;
  }
}
