package dev.tessera.unit.codec;

import java.util.Arrays;

/** A string of bits, written at its end and read from its front. */
final class BitString {
  private static final int BITS = Long.SIZE;

  private long[] words = new long[16];
  private long length;
  private long position;

  /** Bits written. */
  long length() {
    return length;
  }

  /** Bits not yet read. */
  long left() {
    return length - position;
  }

  /**
   * Appends the {@code count} low bits of {@code value}, at most 32, the least significant first.
   */
  void append(long value, int count) {
    long bits = value & ((1L << count) - 1);
    int index = (int) (length / BITS);
    int shift = (int) (length % BITS);
    if (index + 2 > words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    words[index] |= bits << shift;
    if (shift + count > BITS) {
      words[index + 1] |= bits >>> (BITS - shift);
    }
    length += count;
  }

  /** Appends {@code text} of the characters 0 and 1. */
  void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i) - '0', 1);
    }
  }

  /** The {@code count} bits, at most 32, from {@code from} on; zeros beyond the end. */
  int get(long from, int count) {
    int index = (int) (from / BITS);
    int shift = (int) (from % BITS);
    long bits = word(index) >>> shift;
    if (shift + count > BITS) {
      bits |= word(index + 1) << (BITS - shift);
    }
    return (int) (bits & ((1L << count) - 1));
  }

  private long word(int index) {
    return index < words.length ? words[index] : 0;
  }

  /** Reads {@code count} bits, at most 32, the first in the least significant place. */
  int take(int count) {
    int bits = get(position, count);
    position += count;
    return bits;
  }

  /** Reads zeros up to a one, which is read too, or up to {@code most} of them; their number. */
  int takeZeros(int most) {
    int zeros = 0;
    while (zeros < most) {
      if (take(1) == 1) {
        return zeros;
      }
      zeros++;
    }
    return zeros;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < length; i++) {
      text.append(get(i, 1));
    }
    return text.toString();
  }
}
