package dev.tessera.flow;

import dev.tessera.plan.CodecChoice;
import java.util.function.ToDoubleFunction;

/**
 * Spends a bound on the error of an output on codecs of many maps. Errors of different maps are
 * taken as independent; the sum is put right by running the choice.
 */
final class ErrorBudget {
  private static final int TRIES = 6;
  private static final double PEAK = 255;

  /** How close to the bound is close enough. */
  private static final double NEAR = 0.9;

  private static final double SAFETY = 0.97;

  private ErrorBudget() {}

  /** The mean square error at which an output of 8 bits has a PSNR of so many dB. */
  static double meanSquare(double psnr) {
    return PEAK * PEAK / Math.pow(10, psnr / 10);
  }

  /**
   * A choice per map whose output is within {@code bound}.
   *
   * @param bytes per map and choice
   * @param errors per map and choice, what is expected of the output; 0 for one of each map
   * @param error mean square error of the output that a choice really has
   */
  static int[] within(
      double[][] bytes, double[][] errors, double bound, ToDoubleFunction<int[]> error) {
    int[] best = CodecChoice.of(bytes, errors, 0);
    double budget = bound;
    for (int i = 0; i < TRIES && bound > 0; i++) {
      int[] choice = CodecChoice.of(bytes, errors, budget);
      double made = error.applyAsDouble(choice);
      if (made <= bound) {
        best = choice;
        if (made >= NEAR * bound || made == 0) {
          return best;
        }
      }
      budget *= made == 0 ? 2 : SAFETY * bound / made;
    }
    return best;
  }
}
