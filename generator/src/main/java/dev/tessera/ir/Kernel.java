package dev.tessera.ir;

/**
 * Weights of a convolution.
 *
 * @param outChannels O
 * @param inChannelsPerGroup I / groups
 * @param height kernel rows
 * @param width kernel columns
 * @param groups G; O and I are multiples of it
 * @param weights O x (I / G) x height x width, row major
 * @param bias O values
 * @param fixed the quantisation that the model prescribes for the weights (QDQ), or null
 */
public record Kernel(
    int outChannels,
    int inChannelsPerGroup,
    int height,
    int width,
    int groups,
    float[] weights,
    float[] bias,
    WeightQuant fixed) {
  public Kernel {
    int expected = outChannels * inChannelsPerGroup * height * width;
    if (weights.length != expected || bias.length != outChannels || outChannels % groups != 0) {
      throw new IllegalArgumentException("kernel shape does not match its data");
    }
  }

  /** I. */
  public int inChannels() {
    return inChannelsPerGroup * groups;
  }

  /** Whether an output is at most one input value times a factor, which the requantiser takes. */
  public boolean scales() {
    int taps = inChannelsPerGroup * height * width;
    return Taps.single(outChannels, taps, i -> weights[i] != 0);
  }

  /** Multiplications per output position. */
  public int macs() {
    return weights.length;
  }

  /**
   * Prescribed weight quantisation: weight = scale[o] * code.
   *
   * @param bits signed width
   * @param scale per output channel, length 1 or O
   */
  public record WeightQuant(int bits, double[] scale) {}
}
