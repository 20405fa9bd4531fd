package dev.tessera.hw;

import java.util.List;

/**
 * Memories of a unit or stream that take block RAM, each with one write port and one read port.
 *
 * @param banks memories of this size, which are all of one kind
 * @param words addresses
 * @param bits width of a word
 * @param movable whether the RTL can put them into memories that cannot start with contents
 */
public record Ram(int banks, int words, int bits, boolean movable) {
  private static final int HALF_WORDS = 512;
  private static final int HALF_BITS = 36;

  /** Memories that fill {@code bram36} block RAMs of 36 Kbit, of which halves count 0.5. */
  public static List<Ram> filling(double bram36) {
    int halves = Math.toIntExact(Math.round(2 * bram36));
    return halves == 0 ? List.of() : List.of(new Ram(halves, HALF_WORDS, HALF_BITS, false));
  }

  /** Bytes they hold, rounded up. */
  public long bytes() {
    return ((long) banks * words * bits + 7) / 8;
  }
}
