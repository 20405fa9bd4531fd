package dev.tessera.num;

import java.util.List;

/**
 * Entries of tables as pairs of codes of {@link #TYPE}, a multiplier and an offset, in which a
 * statistics branch of the network gives them: the multiplier without its last two bits, the offset
 * without its last {@code offsetShift}.
 *
 * @param offsetShift of all offsets, 0 to {@link #MAX_SHIFT}
 */
public record TableCodes(int offsetShift) {
  private static final int BITS = 16;

  /** The type of a code. */
  public static final FixedType TYPE = new FixedType(true, BITS);

  /** How much multipliers are shifted left. */
  public static final int MULTIPLIER_SHIFT = Requant.MULTIPLIER_BITS - BITS;

  /** Shift at which the codes reach all offsets that there are. */
  public static final int MAX_SHIFT = NormTable.OFFSET_BITS - BITS;

  /** Room of the offsets beyond the largest of the typical tables. */
  private static final int MARGIN = 2;

  public TableCodes {
    if (offsetShift < 0 || offsetShift > MAX_SHIFT) {
      throw new IllegalArgumentException("offsets shifted by " + offsetShift);
    }
  }

  /** The finest codes that reach twice as far as the offsets of {@code typical}. */
  public static TableCodes reaching(List<NormTable> typical) {
    long most = 1;
    for (NormTable table : typical) {
      for (int offset : table.offset()) {
        most = Math.max(most, Math.abs((long) offset));
      }
    }
    int shift = 0;
    while (shift < MAX_SHIFT && MARGIN * most >> shift > TYPE.max()) {
      shift++;
    }
    return new TableCodes(shift);
  }

  /**
   * The table of a unit.
   *
   * @param codes of all units, per entry its multiplier and its offset
   * @param first number of the unit's first entry
   * @param channels its entries
   */
  public NormTable table(int[] codes, int first, int channels) {
    int[] multiplier = new int[channels];
    int[] offset = new int[channels];
    for (int c = 0; c < channels; c++) {
      multiplier[c] = codes[2 * (first + c)] << MULTIPLIER_SHIFT;
      offset[c] = codes[2 * (first + c) + 1] << offsetShift;
    }
    return new NormTable(multiplier, offset);
  }
}
