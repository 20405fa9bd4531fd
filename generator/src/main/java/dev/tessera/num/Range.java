package dev.tessera.num;

import dev.tessera.base.Bits;

/**
 * A closed interval of integers; operations are exact and throw on 64-bit overflow.
 *
 * @param lo smallest value
 * @param hi largest value, at least {@code lo}
 */
public record Range(long lo, long hi) {
  public Range {
    if (lo > hi) {
      throw new IllegalArgumentException("empty range " + lo + ".." + hi);
    }
  }

  /** The sums of two values. */
  public Range plus(Range other) {
    return new Range(Math.addExact(lo, other.lo), Math.addExact(hi, other.hi));
  }

  /** The products with a constant. */
  public Range times(long factor) {
    long a = Math.multiplyExact(lo, factor);
    long b = Math.multiplyExact(hi, factor);
    return new Range(Math.min(a, b), Math.max(a, b));
  }

  /** The smallest range that holds both. */
  public Range union(Range other) {
    return new Range(Math.min(lo, other.lo), Math.max(hi, other.hi));
  }

  /** Arithmetic shift right of every value. */
  public Range shiftRight(int places) {
    return new Range(lo >> places, hi >> places);
  }

  /** Width of the smallest signed type that holds the range. */
  public int signedWidth() {
    return Bits.signedWidth(lo, hi);
  }
}
