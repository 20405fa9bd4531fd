package dev.tessera.num;

import java.util.Arrays;

/**
 * What a normalising requantiser reads for one frame: a multiplier and an offset per channel.
 *
 * @param multiplier m of each channel, {@link Requant#MULTIPLIER_BITS} signed bits
 * @param offset b of each channel in steps of {@link Normalization#offsetShift}, {@link
 *     #OFFSET_BITS} signed bits
 */
public record NormTable(int[] multiplier, int[] offset) {
  /** Signed bits of an offset. */
  public static final int OFFSET_BITS = 32;

  /** Bits of an entry: the offset above the multiplier. */
  public static final int BITS = Requant.MULTIPLIER_BITS + OFFSET_BITS;

  public NormTable {
    if (multiplier.length != offset.length) {
      throw new IllegalArgumentException("a multiplier and an offset belong to each channel");
    }
  }

  /** Number of channels. */
  public int channels() {
    return multiplier.length;
  }

  /** Entry c as the hardware stores it, {@link #BITS} bits. */
  public long word(int c) {
    long low = multiplier[c] & ((1L << Requant.MULTIPLIER_BITS) - 1);
    return (offset[c] & 0xffffffffL) << Requant.MULTIPLIER_BITS | low;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NormTable table
        && Arrays.equals(multiplier, table.multiplier)
        && Arrays.equals(offset, table.offset);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(multiplier) + Arrays.hashCode(offset);
  }
}
