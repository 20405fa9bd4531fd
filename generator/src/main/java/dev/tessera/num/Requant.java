package dev.tessera.num;

import dev.tessera.base.Bits;
import java.util.Optional;

/**
 * Requantisation of an accumulator to a code, the only rounding step of a layer:
 *
 * <pre>
 * a = acc &gt;&gt; preShift
 * (m, b) = a &gt;= threshold[c] ? (multiplier[c], offset[k][c]) : (negMultiplier[c], negOffset[k][c])
 * q = clamp((a * m + b) &gt;&gt; shift, lo, hi)
 * </pre>
 *
 * <p>{@code b} already holds the layer's bias, the zero points of its inputs and output ({@code
 * zero << shift}) and the rounding half {@code 1 << (shift - 1)}, so that the hardware adds once;
 * rounding is half up. The two-sided form ({@code threshold} not null) is a leaky or per-channel
 * slope: below the threshold the second pair applies. {@code k} is the border class of the position
 * (0 in the interior; one row only unless the border of a padded convolution needs its own bias).
 *
 * @param preShift p, 0 or more, such that {@code acc >> p} fits 25 signed bits
 * @param shift s, 1 to 47
 * @param multiplier per channel, at most 18 signed bits where one DSP shall do, 26 where two may
 * @param offset [border class][channel], at most 48 signed bits
 * @param threshold per channel, or null for the one-sided form
 * @param negMultiplier per channel, or null
 * @param negOffset [border class][channel], or null
 * @param lo lower clip bound (a folded ReLU clips at the zero point)
 * @param hi upper clip bound
 */
public record Requant(
    int preShift,
    int shift,
    int[] multiplier,
    long[][] offset,
    long[] threshold,
    int[] negMultiplier,
    long[][] negOffset,
    int lo,
    int hi) {

  /** Signed bits of the multiplier port of one DSP. */
  public static final int MULTIPLIER_BITS = 18;

  /**
   * Signed bits of the widest multiplier, which takes two DSPs: models that prescribe their scales
   * are met to the code only so, as their channels' factors differ a hundredfold.
   */
  public static final int WIDE_MULTIPLIER_BITS = 26;

  /** Signed bits of {@code acc >> preShift}: the wide port of a DSP48E1. */
  public static final int OPERAND_BITS = 25;

  /** Signed bits of offset and sum: the DSP accumulator. */
  public static final int OFFSET_BITS = 48;

  public Requant {
    boolean oneSided = threshold == null && negMultiplier == null && negOffset == null;
    boolean twoSided = threshold != null && negMultiplier != null && negOffset != null;
    if (!oneSided && !twoSided) {
      throw new IllegalArgumentException("two-sided requantisation needs all three tables");
    }
    if (shift < 1 || shift > 47 || preShift < 0 || lo > hi) {
      throw new IllegalArgumentException("shift " + shift + ", preShift " + preShift);
    }
  }

  /** Number of channels. */
  public int channels() {
    return multiplier.length;
  }

  /** Signed bits of the multiplier tables: those of one DSP, or more if an entry needs them. */
  public int multiplierBits() {
    int bits = MULTIPLIER_BITS;
    for (int c = 0; c < channels(); c++) {
      bits = Math.max(bits, Bits.signedWidth(multiplier[c], multiplier[c]));
      if (twoSided()) {
        bits = Math.max(bits, Bits.signedWidth(negMultiplier[c], negMultiplier[c]));
      }
    }
    return bits;
  }

  /** Whether negative values have their own slope. */
  public boolean twoSided() {
    return threshold != null;
  }

  /** Number of border classes. */
  public int borderClasses() {
    return offset.length;
  }

  /** The first table entry or sum that hardware of these widths could not hold, or empty. */
  public Optional<String> whyUnfit(Range accumulator) {
    Range operand = accumulator.shiftRight(preShift);
    if (operand.signedWidth() > OPERAND_BITS) {
      return Optional.of(operand.signedWidth() + " accumulator bits reach the multiplier");
    }
    Optional<String> reason = whyUnfit(operand, multiplier, offset);
    return reason.isPresent() || !twoSided() ? reason : whyUnfit(operand, negMultiplier, negOffset);
  }

  private Optional<String> whyUnfit(Range operand, int[] factors, long[][] offsets) {
    for (long[] row : offsets) {
      if (row.length != channels() || factors.length != channels()) {
        return Optional.of("requantiser tables differ in channels");
      }
      for (int c = 0; c < row.length; c++) {
        Range sum = operand.times(factors[c]).plus(new Range(row[c], row[c]));
        boolean wide =
            Bits.signedWidth(factors[c], factors[c]) > WIDE_MULTIPLIER_BITS
                || Bits.signedWidth(row[c], row[c]) > OFFSET_BITS
                || sum.signedWidth() > OFFSET_BITS;
        if (wide) {
          return Optional.of("multiplier or offset of channel " + c + " exceeds its width");
        }
      }
    }
    return Optional.empty();
  }

  /** This requantiser as {@code table} lets it work on one frame. */
  public Requant with(NormTable table, int offsetShift) {
    long[][] offsets = new long[1][channels()];
    for (int c = 0; c < channels(); c++) {
      offsets[0][c] = (long) table.offset()[c] << offsetShift;
    }
    return new Requant(
        preShift, shift, table.multiplier(), offsets, threshold, negMultiplier, negOffset, lo, hi);
  }

  /** The code of accumulator {@code acc} of channel {@code c} at border class {@code k}. */
  public int apply(long acc, int c, int k) {
    long a = acc >> preShift;
    boolean negative = twoSided() && a < threshold[c];
    long product = a * (negative ? negMultiplier[c] : multiplier[c]);
    long sum = product + (negative ? negOffset[k][c] : offset[k][c]);
    return (int) Math.max(lo, Math.min(hi, sum >> shift));
  }
}
