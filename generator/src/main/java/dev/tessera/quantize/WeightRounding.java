package dev.tessera.quantize;

import java.util.stream.IntStream;

/**
 * Rounds the weights of one group of a convolution so that the error of the layer's output is
 * small, not that of the single weight.
 *
 * <p>With the covariance C of the taps over the calibration photos, the mean square error of an
 * output is (w - q)' C (w - q), the mean itself going into the bias. With C = L L' the weights are
 * rounded one after the other, each after it has taken over the errors of those before (the nearest
 * plane method of lattice decoding). Several scales are tried and the best is kept.
 */
final class WeightRounding {
  /** Scales that are tried, as parts of the one that maps the largest weight to the last code. */
  private static final double[] TRIED = {1, 0.97, 0.94, 0.91, 0.88, 0.84, 0.8, 0.75};

  /** Added to the diagonal, as a part of its mean, so that nothing hangs on few samples. */
  private static final double DAMPING = 0.01;

  /**
   * Integer weights of one output channel.
   *
   * @param scale weight = scale * code; 1 where all weights are 0
   */
  record Row(double scale, int[] codes) {}

  private final double[][] factor;

  /** Prepares for taps of the given covariance, which is overwritten. */
  WeightRounding(double[][] covariance) {
    double mean = 0;
    for (int i = 0; i < covariance.length; i++) {
      mean += covariance[i][i] / covariance.length;
    }
    for (int i = 0; i < covariance.length; i++) {
      covariance[i][i] += mean == 0 ? 1 : DAMPING * mean;
    }
    factor = cholesky(covariance);
  }

  /** Rounds every row to codes of {@code bits} signed bits, symmetric about 0. */
  Row[] round(double[][] rows, int bits) {
    Row[] result = new Row[rows.length];
    IntStream.range(0, rows.length).parallel().forEach(o -> result[o] = best(rows[o], bits));
    return result;
  }

  private Row best(double[] weights, int bits) {
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    if (largest == 0) {
      return new Row(1, new int[weights.length]);
    }
    int most = (1 << (bits - 1)) - 1;
    Row best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double tried : TRIED) {
      double scale = tried * largest / most;
      int[] codes = new int[weights.length];
      double error = plane(weights, scale, most, codes);
      if (error < least) {
        least = error;
        best = new Row(scale, codes);
      }
    }
    return best;
  }

  /** Fills {@code codes}; returns the mean square error of the output. */
  private double plane(double[] weights, double scale, int most, int[] codes) {
    int size = weights.length;
    // carried[i] = sum over j > i of L[j][i] * (w[j] - q[j]), kept in weight codes.
    double[] carried = new double[size];
    double error = 0;
    for (int i = size - 1; i >= 0; i--) {
      double wanted = weights[i] / scale;
      double pivot = factor[i][i];
      double code = Math.rint(wanted + carried[i] / pivot);
      codes[i] = (int) Math.max(-most, Math.min(most, code));
      double left = wanted - codes[i];
      double component = left * pivot + carried[i];
      error += component * component;
      double[] row = factor[i];
      for (int j = 0; j < i; j++) {
        carried[j] += row[j] * left;
      }
    }
    return error * scale * scale;
  }

  private static double[][] cholesky(double[][] matrix) {
    int size = matrix.length;
    for (int j = 0; j < size; j++) {
      double[] rowJ = matrix[j];
      double pivot = rowJ[j] - dot(rowJ, rowJ, j);
      double root = Math.sqrt(Math.max(pivot, 1e-12));
      rowJ[j] = root;
      int column = j;
      IntStream rest = IntStream.range(j + 1, size);
      (size > 200 ? rest.parallel() : rest)
          .forEach(
              i -> {
                double[] rowI = matrix[i];
                rowI[column] = (rowI[column] - dot(rowI, rowJ, column)) / root;
              });
    }
    return matrix;
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
