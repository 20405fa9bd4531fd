package dev.tessera.plan;

import dev.tessera.base.Bits;

/**
 * What the folding search needs to know of a convolution.
 *
 * @param name its node, for messages
 * @param width output columns
 * @param height output rows
 * @param groups G
 * @param outputsPerGroup Ng = N / G
 * @param taps K = kernel rows x kernel columns x input channels of a group
 * @param pointwise whether the kernel is 1 x 1, so that positions follow each other without regard
 *     to rows
 * @param product multipliers of one product: ceil(activation bits / 9) * ceil(weight bits / 8)
 */
public record ConvShape(
    String name,
    int width,
    int height,
    int groups,
    int outputsPerGroup,
    int taps,
    boolean pointwise,
    int product) {

  /** Multipliers of one product of a signed {@code activation} and {@code weight} bit operand. */
  public static int product(int activationBits, int weightBits) {
    return Bits.ceilDiv(activationBits, 9) * Bits.ceilDiv(weightBits, 8);
  }

  /** Multiplications of a frame, padding taps included. */
  public long macs() {
    return (long) width * height * groups * outputsPerGroup * taps;
  }

  /** Groups of {@code positions} neighbouring positions that a frame is computed in. */
  public long positionGroups(int positions) {
    return pointwise
        ? Bits.ceilDiv((long) width * height, positions)
        : (long) height * Bits.ceilDiv(width, positions);
  }
}
