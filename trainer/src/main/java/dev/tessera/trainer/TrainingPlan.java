package dev.tessera.trainer;

/**
 * Everything that decides the outcome of a training besides the photos.
 *
 * @param features channels between the layers
 * @param hidden layers between the first and the last one
 * @param steps updates of the weights
 * @param batch patches per step
 * @param patch rows and columns of a patch, in input pixels
 * @param rate largest learning rate
 * @param seed of the initial weights and of the choice of patches
 */
public record TrainingPlan(
    int features, int hidden, int steps, int batch, int patch, double rate, long seed) {
  /** Part of the steps in which the learning rate grows from zero. */
  private static final double WARM_UP = 0.01;

  /** Part of the largest rate that the last step still has. */
  private static final double FLOOR = 0.002;

  public TrainingPlan {
    if (features < 1 || hidden < 0 || steps < 1 || batch < 1 || patch < 8 || rate <= 0) {
      throw new IllegalArgumentException("impossible training plan");
    }
  }

  /** The learning rate of a step: a short linear rise, then half a cosine down. */
  double rateAt(int step) {
    double warm = Math.max(1, WARM_UP * steps);
    if (step < warm) {
      return rate * (step + 1) / (warm + 1);
    }
    double part = (step - warm) / Math.max(1, steps - warm);
    return rate * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * part)));
  }
}
