package dev.tessera.unit.table;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random tables of both memory styles, signed and unsigned. */
public final class TableSamples {
  private static final int[] INDEX_BITS = {1, 4, 8, 9, 10, 12};

  private TableSamples() {}

  /** All samples; the same at every call. */
  public static List<TableSpec> all() {
    List<TableSpec> all = new ArrayList<>();
    for (int bits : INDEX_BITS) {
      Random random = new Random(bits);
      StreamType in = new StreamType(5, bits % 3 + 1, new FixedType(bits % 2 == 0, bits), 6, 4);
      FixedType out = new FixedType(bits % 4 == 0, bits + 1);
      int[] entries = new int[1 << bits];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (int) out.min() + random.nextInt(1 << out.bits());
      }
      all.add(TableSpec.of("table" + bits, in, out, entries));
    }
    return all;
  }
}
