package dev.tessera.unit.table;

import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import java.util.List;

/**
 * A pointwise function as a table, the same for all channels.
 *
 * @param name instance name
 * @param input stream read; codes of at most {@value #MAX_INDEX_BITS} bits
 * @param output stream made, of the same channels, lanes and frame
 * @param entries output code of input code {@code i + smallest input code}
 */
public record TableSpec(String name, StreamType input, StreamType output, int[] entries)
    implements UnitSpec {
  /** Widest index. */
  public static final int MAX_INDEX_BITS = 12;

  /** Widest index of a table in look-up tables; a wider one takes block RAM. */
  public static final int DISTRIBUTED_INDEX_BITS = 9;

  public TableSpec {
    boolean shape =
        input.channels() == output.channels()
            && input.lanes() == output.lanes()
            && input.width() == output.width()
            && input.height() == output.height()
            && input.positions() == 1
            && output.positions() == 1;
    int bits = input.type().bits();
    if (!shape || bits > MAX_INDEX_BITS || entries.length != 1 << bits) {
      throw new IllegalArgumentException(
          name + ": " + entries.length + " entries for codes of " + bits + " bits");
    }
    for (int entry : entries) {
      if (!output.type().holds(entry)) {
        throw new IllegalArgumentException(name + ": entry " + entry + " in " + output.type());
      }
    }
  }

  /** A unit that keeps the lanes and makes codes of {@code type}. */
  public static TableSpec of(String name, StreamType input, FixedType type, int[] entries) {
    return new TableSpec(name, input, input.withType(type), entries);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** Whether the table takes block RAM. */
  public boolean block() {
    return input.type().bits() > DISTRIBUTED_INDEX_BITS;
  }
}
