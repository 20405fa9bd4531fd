package dev.tessera.unit.codec;

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
      all.add(CutSpec.local("cut" + i, map, "raw", s[5]));
    }
    return all;
  }

  /** Maps whose coded size depends on their values, for each codec of hardware. */
  public static List<CutSpec> coded() {
    List<CutSpec> all = new ArrayList<>();
    FixedType signed = new FixedType(true, 8);
    FixedType wide = new FixedType(true, 9);
    add(all, new StreamType(8, 8, FixedType.UINT8, 7, 5), "zvc", 128);
    add(all, new StreamType(4, 4, signed, 9, 5), "zvc", 64);
    add(all, new StreamType(6, 3, new FixedType(false, 5), 40, 9), "zvc", 64);
    add(all, new StreamType(5, 1, new FixedType(true, 12), 40, 9), "zvc", 128);
    add(all, new StreamType(14, 7, wide, 12, 9), "zvc", 256);
    add(all, new StreamType(16, 8, FixedType.UINT8, 40, 9), "dctcm:0", 128);
    add(all, new StreamType(8, 8, signed, 40, 9), "dctcm:1", 128);
    add(all, new StreamType(8, 8, wide, 40, 9), "dctcm:0", 256);
    add(all, new StreamType(8, 8, wide, 12, 3), "dctcm:4", 512);
    FixedType narrow = new FixedType(false, 5);
    add(all, new StreamType(8, 8, FixedType.UINT8, 41, 24), "med:0", 128);
    add(all, new StreamType(16, 8, signed, 24, 13), "med:2", 128);
    add(all, new StreamType(12, 4, signed, 20, 17), "med:1", 64);
    add(all, new StreamType(40, 8, signed, 8, 25), "med:0", 256);
    add(all, new StreamType(6, 3, narrow, 41, 17), "med:3", 64);
    add(all, new StreamType(5, 1, new FixedType(true, 12), 40, 9), "med:15", 128);
    add(all, new StreamType(14, 7, wide, 33, 9), "med:10", 256);
    return all;
  }

  private static void add(List<CutSpec> all, StreamType map, String codec, int bus) {
    all.add(CutSpec.local("coded" + all.size(), map, codec, bus));
  }
}
