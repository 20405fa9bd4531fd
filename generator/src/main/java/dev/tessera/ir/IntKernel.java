package dev.tessera.ir;

import dev.tessera.num.Range;

/**
 * Integer weights of a convolution.
 *
 * @param outChannels O
 * @param inChannelsPerGroup I / groups
 * @param height kernel rows
 * @param width kernel columns
 * @param groups G
 * @param weights O x (I / G) x height x width, row major, signed
 * @param bits signed width of a weight, 2 to 16
 */
public record IntKernel(
    int outChannels,
    int inChannelsPerGroup,
    int height,
    int width,
    int groups,
    int[] weights,
    int bits) {
  /** Bits of a weight that is a sign. */
  public static final int SIGN_BITS = 2;

  public IntKernel {
    if (weights.length != outChannels * inChannelsPerGroup * height * width) {
      throw new IllegalArgumentException("kernel shape does not match its data");
    }
  }

  /** I. */
  public int inChannels() {
    return inChannelsPerGroup * groups;
  }

  /** Taps of one dot product: (I / G) * height * width. */
  public int taps() {
    return inChannelsPerGroup * height * width;
  }

  /** Weight of output channel o, input channel i of its group, row y, column x. */
  public int at(int o, int i, int y, int x) {
    return weights[((o * inChannelsPerGroup + i) * height + y) * width + x];
  }

  /**
   * Whether an output is at most one input value, which may change its sign: a wire, no product.
   */
  public boolean moves() {
    return bits == SIGN_BITS && Taps.single(outChannels, taps(), i -> weights[i] != 0);
  }

  /** Exact range of the accumulator over all output channels, for inputs in {@code input}. */
  public Range accumulator(Range input) {
    Range all = new Range(0, 0);
    for (int o = 0; o < outChannels; o++) {
      Range sum = new Range(0, 0);
      for (int t = 0; t < taps(); t++) {
        sum = sum.plus(input.times(weights[o * taps() + t]));
      }
      all = all.union(sum);
    }
    return all;
  }
}
