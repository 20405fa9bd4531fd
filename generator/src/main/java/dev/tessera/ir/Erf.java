package dev.tessera.ir;

/** The error function, to double precision but for a few units in the last place. */
final class Erf {
  /** From here on the function is 1 in double precision. */
  private static final double ONE = 6;

  private Erf() {}

  /** {@code 2 / sqrt(pi)} times the integral of {@code exp(-t * t)} from 0 to x. */
  static double at(double x) {
    double size = Math.abs(x);
    if (size >= ONE) {
      return Math.signum(x);
    }
    // All terms are positive: x (2 x^2)^n / (1 * 3 * 5 * ... * (2 n + 1)).
    double term = size;
    double sum = size;
    for (int n = 1; term > sum * 1e-17; n++) {
      term *= 2 * size * size / (2 * n + 1);
      sum += term;
    }
    return Math.copySign(2 / Math.sqrt(Math.PI) * Math.exp(-size * size) * sum, x);
  }
}
