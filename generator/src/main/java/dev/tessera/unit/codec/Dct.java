package dev.tessera.unit.codec;

/** The integer transform of eight channels: a matrix of HEVC there, its transpose back. */
final class Dct {
  /** Values of a group. */
  static final int SIZE = 8;

  /** Bits of the products that the coefficients drop. */
  static final int FORWARD_SHIFT = 7;

  /** Bits of the products that the values drop. */
  static final int INVERSE_SHIFT = 15 - FORWARD_SHIFT;

  /** Row k makes coefficient k. */
  private static final int[][] MATRIX = {
    {64, 64, 64, 64, 64, 64, 64, 64},
    {89, 75, 50, 18, -18, -50, -75, -89},
    {83, 36, -36, -83, -83, -36, 36, 83},
    {75, -18, -89, -50, 50, 89, 18, -75},
    {64, -64, -64, 64, 64, -64, -64, 64},
    {50, -89, 18, 75, -75, -18, 89, -50},
    {36, -83, 83, -36, -36, 83, -83, 36},
    {18, -50, 75, -89, 89, -75, 50, -18}
  };

  private Dct() {}

  /** The factor of value n in coefficient k. */
  static int at(int k, int n) {
    return MATRIX[k][n];
  }

  /** Coefficients of eight values. */
  static int[] forward(int[] values) {
    int[] coefficients = new int[SIZE];
    for (int k = 0; k < SIZE; k++) {
      int sum = 1 << (FORWARD_SHIFT - 1);
      for (int n = 0; n < SIZE; n++) {
        sum += MATRIX[k][n] * values[n];
      }
      coefficients[k] = sum >> FORWARD_SHIFT;
    }
    return coefficients;
  }

  /** Values of eight coefficients, before they are clamped to their type. */
  static int[] inverse(int[] coefficients) {
    int[] values = new int[SIZE];
    for (int n = 0; n < SIZE; n++) {
      int sum = 1 << (INVERSE_SHIFT - 1);
      for (int k = 0; k < SIZE; k++) {
        sum += MATRIX[k][n] * coefficients[k];
      }
      values[n] = sum >> INVERSE_SHIFT;
    }
    return values;
  }

  /**
   * By how much the two rounded directions miss a value of at most {@code magnitude}, in 2^-{@value
   * #INVERSE_SHIFT} of a code, while each coefficient k misses by {@code error[k]}.
   */
  static double worst(double[] error, long magnitude) {
    double worst = 0;
    for (int n = 0; n < SIZE; n++) {
      double sum = 0;
      for (int m = 0; m < SIZE; m++) {
        long product = m == n ? -(1L << (FORWARD_SHIFT + INVERSE_SHIFT)) : 0;
        for (int k = 0; k < SIZE; k++) {
          product += (long) MATRIX[k][n] * MATRIX[k][m];
        }
        sum += Math.abs(product) * (double) magnitude / (1 << FORWARD_SHIFT);
      }
      for (int k = 0; k < SIZE; k++) {
        sum += Math.abs(MATRIX[k][n]) * (error[k] + 0.5);
      }
      worst = Math.max(worst, sum);
    }
    return worst;
  }
}
