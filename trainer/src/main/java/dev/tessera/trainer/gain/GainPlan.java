package dev.tessera.trainer.gain;

import java.util.List;

/**
 * How a branch is trained.
 *
 * @param layers of the trunk, at most
 * @param hidden values of the layers between the moments and what the branch says
 * @param pool pieces of photos whose moments and statistics are measured once
 * @param first updates of the vector layers on these
 * @param steps updates of all weights on pictures, behind those
 * @param batch pieces per step
 * @param side of a piece in pixels
 * @param rate largest learning rate
 * @param seed of weights and pieces
 */
public record GainPlan(
    int layers,
    List<Integer> hidden,
    int pool,
    int first,
    int steps,
    int batch,
    int side,
    double rate,
    long seed) {
  private static final int WARM_UP = 100;

  public GainPlan {
    hidden = List.copyOf(hidden);
  }

  /** Rises first, then half a cosine. */
  static double rateAt(int step, int steps, double most) {
    double warm = Math.min(1, (step + 1.0) / WARM_UP);
    return most * warm * (0.01 + 0.99 * (1 + Math.cos(Math.PI * step / steps)) / 2);
  }
}
