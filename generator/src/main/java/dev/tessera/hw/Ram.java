package dev.tessera.hw;

import dev.tessera.base.Bits;
import java.util.List;

/**
 * Memories of a unit or stream that take block RAM, all of one kind, each with one write port and
 * one read port.
 *
 * @param shapes their sizes
 * @param movable whether the RTL can put them into memories that cannot start with contents
 */
public record Ram(List<Shape> shapes, boolean movable) {
  private static final int HALF_WORDS = 512;
  private static final int HALF_BITS = 36;

  public Ram {
    shapes = List.copyOf(shapes);
  }

  /**
   * Memories of one size.
   *
   * @param banks how many
   * @param words addresses
   * @param bits width of a word
   */
  public record Shape(int banks, int words, int bits) {}

  /** Memories of one size. */
  public static Ram of(int banks, int words, int bits, boolean movable) {
    return new Ram(List.of(new Shape(banks, words, bits)), movable);
  }

  /** Memories that fill {@code bram36} block RAMs of 36 Kbit, of which halves count 0.5. */
  public static List<Ram> filling(double bram36) {
    int halves = Math.toIntExact(Math.round(2 * bram36));
    return halves == 0 ? List.of() : List.of(of(halves, HALF_WORDS, HALF_BITS, false));
  }

  /** Bytes they hold, rounded up. */
  public long bytes() {
    return Bits.ceilDiv(
        shapes.stream().mapToLong(s -> (long) s.banks() * s.words() * s.bits()).sum(), Byte.SIZE);
  }
}
