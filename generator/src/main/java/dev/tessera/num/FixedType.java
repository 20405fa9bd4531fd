package dev.tessera.num;

import dev.tessera.base.Bits;

/**
 * An integer type of hardware values.
 *
 * @param signed two's complement if true
 * @param bits 1 to 32
 */
public record FixedType(boolean signed, int bits) {
  /** The type of image ports. */
  public static final FixedType UINT8 = new FixedType(false, 8);

  public FixedType {
    if (bits < 1 || bits > 32) {
      throw new IllegalArgumentException("width " + bits + " is not 1 to 32");
    }
  }

  /** Smallest value. */
  public long min() {
    return signed ? -(1L << (bits - 1)) : 0;
  }

  /** Largest value. */
  public long max() {
    return signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
  }

  /** All values. */
  public Range range() {
    return new Range(min(), max());
  }

  /** Whether {@code value} is of this type. */
  public boolean holds(long value) {
    return value >= min() && value <= max();
  }

  /** Bits of a signed operand that holds every value: {@code bits} or one more. */
  public int signedBits() {
    return Bits.signedWidth(min(), max());
  }

  /** {@code u8}, {@code s12}, ... */
  @Override
  public String toString() {
    return (signed ? "s" : "u") + bits;
  }
}
