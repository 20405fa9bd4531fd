package dev.tessera.trainer;

/**
 * The Adam optimiser (Kingma and Ba 2015) for one array of parameters, with bias correction.
 *
 * <p>It works in Java and not in the tensor library: the parameters are few, and the arithmetic is
 * the same on every machine.
 */
public final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double[] mean;
  private final double[] square;
  private int steps;

  public Adam(int parameters) {
    mean = new double[parameters];
    square = new double[parameters];
  }

  /** Moves {@code values} against {@code gradient} by about {@code rate} each, in place. */
  public void step(float[] values, float[] gradient, double rate) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, steps);
    double correction2 = 1 - Math.pow(BETA2, steps);
    for (int i = 0; i < values.length; i++) {
      double g = gradient[i];
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
      square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
      double root = Math.sqrt(square[i] / correction2) + EPSILON;
      values[i] -= (float) (rate * mean[i] / correction1 / root);
    }
  }
}
