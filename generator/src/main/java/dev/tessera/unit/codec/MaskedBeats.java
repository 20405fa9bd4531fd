package dev.tessera.unit.codec;

import dev.tessera.hw.StreamType;

/**
 * Beats as a mask of the values other than zero and those values; or, where the {@link Allowance}
 * says so, all values.
 */
final class MaskedBeats {
  private final BitString bits;
  private final Allowance allowance;
  private final int lanes;
  private final int width;

  /**
   * Over {@code bits}, for one frame.
   *
   * @param map the coded stream
   * @param lanes values of a beat
   * @param width bits of a value
   */
  MaskedBeats(StreamType map, int lanes, int width, BitString bits) {
    this.bits = bits;
    this.lanes = lanes;
    this.width = width;
    allowance = allowance(map, lanes, width);
  }

  /** What keeps a frame of {@code map} within its bound. */
  static Allowance allowance(StreamType map, int lanes, int width) {
    return new Allowance(map, lanes * width, lanes, Words.bits(map) - 1);
  }

  /** Appends a beat. */
  void append(int[] values) {
    int mask = mask(values);
    boolean plain = allowance.plain();
    if (!plain) {
      bits.append(mask, lanes);
    }
    for (int l = 0; l < lanes; l++) {
      if (plain || values[l] != 0) {
        bits.append(values[l], width);
      }
    }
    count(mask);
  }

  /** Reads a beat; {@code signed} values are sign extended. */
  int[] take(boolean signed) {
    boolean plain = allowance.plain();
    int mask = plain ? -1 : bits.take(lanes);
    int[] values = new int[lanes];
    for (int l = 0; l < lanes; l++) {
      if ((mask >> l & 1) == 1) {
        int value = bits.take(width);
        int unused = Integer.SIZE - width;
        values[l] = signed ? value << unused >> unused : value;
      }
    }
    count(mask(values));
    return values;
  }

  private void count(int mask) {
    allowance.count((lanes - Integer.bitCount(mask)) * width - lanes);
  }

  private int mask(int[] values) {
    int mask = 0;
    for (int l = 0; l < lanes; l++) {
      mask |= values[l] != 0 ? 1 << l : 0;
    }
    return mask;
  }
}
