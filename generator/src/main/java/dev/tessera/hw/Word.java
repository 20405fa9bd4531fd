package dev.tessera.hw;

import java.math.BigInteger;

/** Packs fields into a memory word, the first in the least significant bits. */
public final class Word {
  private BigInteger bits = BigInteger.ZERO;
  private int width;

  /**
   * Appends {@code value} as two's complement of {@code count} bits.
   *
   * @throws IllegalArgumentException if the value needs more bits, read as signed or as unsigned
   */
  public Word add(long value, int count) {
    boolean fits = count >= 64 || (value >> (count - 1) == -1) || (value >> count == 0);
    if (!fits) {
      throw new IllegalArgumentException(value + " does not fit " + count + " bits");
    }
    BigInteger mask = BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE);
    bits = bits.or(BigInteger.valueOf(value).and(mask).shiftLeft(width));
    width += count;
    return this;
  }

  /** The word. */
  public BigInteger value() {
    return bits;
  }

  /** Bits appended so far. */
  public int width() {
    return width;
  }

  /** The word as a sized Verilog literal. */
  public String literal() {
    return width + "'h" + bits.toString(16);
  }
}
