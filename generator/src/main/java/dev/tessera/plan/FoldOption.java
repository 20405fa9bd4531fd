package dev.tessera.plan;

import dev.tessera.base.Bits;

/**
 * One way to share the multipliers of a convolution: which part of it happens in one clock cycle.
 *
 * @param shape the convolution
 * @param positions P, neighbouring positions in parallel
 * @param groups Gp, groups in parallel
 * @param pe p, outputs of a group in parallel
 * @param simd s, taps of a dot product in parallel
 */
public record FoldOption(ConvShape shape, int positions, int groups, int pe, int simd) {
  public FoldOption {
    boolean legal =
        positions >= 1
            && groups >= 1
            && groups <= shape.groups()
            && pe >= 1
            && pe <= shape.outputsPerGroup()
            && simd >= 1
            && simd <= shape.taps();
    if (!legal) {
      throw new IllegalArgumentException("no fold of " + shape.name());
    }
  }

  /** gs: passes over the groups. */
  public int groupPasses() {
    return Bits.ceilDiv(shape.groups(), groups);
  }

  /** nf: passes over the outputs of a group. */
  public int outputPasses() {
    return Bits.ceilDiv(shape.outputsPerGroup(), pe);
  }

  /** kf: cycles of a pass. */
  public int tapCycles() {
    return Bits.ceilDiv(shape.taps(), simd);
  }

  /** Cycles of a group of P positions. */
  public int fold() {
    return groupPasses() * outputPasses() * tapCycles();
  }

  /** Cycles of a frame, exact. */
  public long cycles() {
    return shape.positionGroups(positions) * fold();
  }

  /** Multipliers, each at most 9 x 8 bits. */
  public int multipliers() {
    return products() * shape.product();
  }

  /** Products of one clock cycle. */
  public int products() {
    return positions * groups * pe * simd;
  }

  /** Channels that follow each other in the output of one pass. */
  public int run() {
    return outputPasses() == 1 ? groups * shape.outputsPerGroup() : pe;
  }

  /**
   * Whether the requantisers can be {@code lanes}: beats neither straddle passes nor take longer
   * than the array.
   */
  public boolean drains(int lanes) {
    int channels = shape.groups() * shape.outputsPerGroup();
    boolean whole = run() == channels;
    boolean aligned =
        run() % lanes == 0
            && (shape.groups() == 1 || shape.outputsPerGroup() % lanes == 0 || whole);
    int runs = outputPasses() == 1 ? 1 : groups;
    return lanes <= channels
        && (whole || aligned)
        && positions * runs * Bits.ceilDiv(run(), lanes) <= tapCycles();
  }

  /** The fewest requantisers that keep up, 0 if no number does. */
  public int requantisers() {
    for (int lanes = 1; lanes <= run(); lanes++) {
      if (drains(lanes)) {
        return lanes;
      }
    }
    return 0;
  }

  /**
   * A rough count of the logic that differs between folds of equal multipliers: the tap selection
   * grows with the window of all positions, accumulators and requantisers with the outputs.
   */
  public long logic() {
    long selection = 3L * positions * shape.groups() * shape.taps();
    long accumulators = 50L * positions * groups * pe;
    return selection + accumulators + 160L * requantisers();
  }
}
