package dev.tessera.plan;

import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvGeometry;
import java.util.Optional;

/**
 * One way to share the multipliers of a convolution, with its price.
 *
 * @param shape the convolution
 * @param fold what happens in one clock cycle
 * @param cycles cycles of a frame, exact, if input positions arrive in one beat each
 * @param multipliers each at most 9 x 8 bits
 * @param pairs how many two of them share a DSP block
 * @param requantisers the fewest output lanes that keep up with the array
 */
public record FoldOption(
    ConvShape shape, ConvFold fold, long cycles, int multipliers, int pairs, int requantisers) {

  /**
   * The option, or empty if no number of output lanes makes it feasible.
   *
   * @param shares whether the device has blocks that two products share
   */
  public static Optional<FoldOption> of(ConvShape shape, ConvFold fold, boolean shares) {
    ConvGeometry g = shape.with(shape.geometry().channels(), 1, fold);
    if (fold.positions() * g.runsPerPass() > g.leastTapSteps()) {
      return Optional.empty();
    }
    for (int lanes = 1; lanes <= g.runChannels(); lanes++) {
      if (drains(shape, fold, lanes)) {
        int multipliers = fold.products() * shape.product();
        int pairs = shares && shape.pairable() ? fold.pairs() : 0;
        return Optional.of(
            new FoldOption(shape, fold, g.cyclesPerFrame(), multipliers, pairs, lanes));
      }
    }
    return Optional.empty();
  }

  /** Whether {@code lanes} requantisers are feasible. */
  public boolean drains(int lanes) {
    return drains(shape, fold, lanes);
  }

  private static boolean drains(ConvShape shape, ConvFold fold, int lanes) {
    return shape.with(shape.geometry().channels(), lanes, fold).whyInvalid().isEmpty();
  }

  /** Cycles in which the array computes one group of positions. */
  public int cyclesPerStep() {
    return shape.with(1, 1, fold).cyclesPerStep();
  }

  /**
   * Whether input positions of {@code lanes} values a beat let a frame take {@code most} cycles.
   */
  public boolean keepsUp(int lanes, long most) {
    ConvGeometry g = shape.with(lanes, 1, fold);
    boolean follows = !g.stride().isOne() || g.inputCyclesPerStep() <= g.leastCyclesPerStep();
    return follows && g.cyclesPerFrame() <= Math.max(most, cycles);
  }

  /**
   * A rough count of the logic that differs between folds of equal multipliers: the selection of
   * taps grows with the window of all positions, accumulators and requantisers with the outputs.
   */
  public long logic() {
    long selection = 3L * fold.positions() * shape.groups() * shape.taps();
    long accumulators = 50L * fold.positions() * fold.groupsParallel() * fold.pe();
    return selection + accumulators + 160L * requantisers;
  }
}
