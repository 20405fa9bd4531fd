package dev.tessera.hw;

import dev.tessera.num.FixedType;
import java.util.List;

/** A size that the RTL of a resizable unit is told for every frame. */
public enum SizeWord {
  /** Of the frames of its first input. */
  INPUT,
  /** Of the frames that it makes. */
  OUTPUT;

  /** Bits of a word: 16 of columns, then 16 of rows. */
  public static final int BITS = 32;

  /** Largest width and height. */
  public static final int MOST = (1 << (BITS / 2)) - 1;

  /** The stream of {@code words} sizes per frame: one beat, columns before rows. */
  public static StreamType stream(int words) {
    FixedType number = new FixedType(false, BITS / 2);
    return new StreamType(2 * words, 2 * words, number, 1, 1);
  }

  /** The size port of a unit that reads {@code words} of them, as RTL ports. */
  public static List<Port> ports(int words) {
    return ports(words, true);
  }

  /** The size port of a source. */
  public static List<Port> sourcePorts() {
    return ports(1, false);
  }

  private static List<Port> ports(int words, boolean read) {
    return List.of(
        new Port("size_valid", read, 1),
        new Port("size_ready", !read, 1),
        new Port("size_data", read, words * BITS));
  }
}
