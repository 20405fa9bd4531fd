package dev.tessera.quantize;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rounds the weights of one group of a convolution so that the error of the layer's output is
 * small, not that of the single weight.
 *
 * <p>With the second moments C of the taps over the calibration photos, the mean square error of an
 * output is (w - q)' C (w - q). With C = L L' the weights are rounded one after the other, each
 * after it has taken over the errors of those before (the nearest plane method of lattice
 * decoding). Several scales are tried and the best is kept. A weight of zero stays zero: a tap that
 * no output of a phase reads costs no multiplication.
 */
final class WeightRounding {
  /**
   * Scales that are tried, downwards from the one that maps the largest weight to the last code.
   */
  private static final int TRIED = 8;

  /** Distance of tried scales, as a part of the first. */
  private static final double STEP = 0.015;

  /** Added to the diagonal, as a part of its mean, so that nothing hangs on few samples. */
  private static final double DAMPING = 0.01;

  /**
   * Integer weights of one output channel.
   *
   * @param scale weight = scale * code; 1 where all weights are 0
   */
  record Row(double scale, int[] codes) {}

  private final double[][] factor;

  /** Prepares for taps of the given second moments, which is overwritten. */
  WeightRounding(double[][] moments) {
    double mean = 0;
    for (int i = 0; i < moments.length; i++) {
      mean += moments[i][i] / moments.length;
    }
    for (int i = 0; i < moments.length; i++) {
      moments[i][i] += mean == 0 ? 1 : DAMPING * mean;
    }
    factor = cholesky(moments);
  }

  /** Rounds every row to codes of {@code bits} signed bits, symmetric about 0. */
  Row[] round(double[][] rows, int bits) {
    return round(rows, bits, rows.length);
  }

  /**
   * The same with one scale for all rows that lie {@code distinct} apart: phases of one channel,
   * whose sums are then in one unit.
   */
  Row[] round(double[][] rows, int bits, int distinct) {
    Row[] result = new Row[rows.length];
    IntStream.range(0, Math.min(distinct, rows.length))
        .parallel()
        .forEach(
            first -> {
              int[] own =
                  IntStream.iterate(first, o -> o < rows.length, o -> o + distinct).toArray();
              double[][] phases = IntStream.of(own).mapToObj(o -> rows[o]).toArray(double[][]::new);
              Fit fit = best(phases, bits);
              for (int i = 0; i < own.length; i++) {
                result[own[i]] = new Row(fit.scale, fit.codes[i]);
              }
            });
    return result;
  }

  /** Codes of several rows with one scale. */
  private record Fit(double scale, int[][] codes) {}

  private Fit best(double[][] rows, int bits) {
    double largest = 0;
    for (double[] row : rows) {
      for (double weight : row) {
        largest = Math.max(largest, Math.abs(weight));
      }
    }
    Fit best = new Fit(1, new int[rows.length][rows[0].length]);
    if (largest == 0) {
      return best;
    }
    int most = (1 << (bits - 1)) - 1;
    double[][] wanted = Arrays.stream(rows).map(this::response).toArray(double[][]::new);
    double explained = 0;
    for (int i = 0; i < TRIED; i++) {
      double scale = (1 - i * STEP) * largest / most;
      int[][] codes = Arrays.stream(rows).map(row -> plane(row, scale, most)).toArray(int[][]::new);
      double power = 0;
      double common = 0;
      for (int r = 0; r < rows.length; r++) {
        double[] got = response(widen(codes[r]));
        power += dot(got, got, got.length);
        common += dot(wanted[r], got, got.length);
      }
      // The requantiser's multiplier is fine enough for the scale that suits the codes best, with
      // which the square of what they make is what the error falls by.
      double gained = common * common / power;
      if (power > 0 && common > 0 && gained > explained) {
        explained = gained;
        best = new Fit(common / power, codes);
      }
    }
    return best;
  }

  /** The vector L' w, whose square is the mean square of the output of weights w. */
  private double[] response(double[] weights) {
    double[] sum = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j <= i; j++) {
        sum[j] += factor[i][j] * weights[i];
      }
    }
    return sum;
  }

  private static double[] widen(int[] codes) {
    double[] values = new double[codes.length];
    for (int i = 0; i < codes.length; i++) {
      values[i] = codes[i];
    }
    return values;
  }

  /** Codes by successive rounding. */
  private int[] plane(double[] weights, double scale, int most) {
    int size = weights.length;
    int[] codes = new int[size];
    // carried[i] = sum over j > i of L[j][i] * (w[j] - q[j]), kept in weight codes.
    double[] carried = new double[size];
    for (int i = size - 1; i >= 0; i--) {
      double wanted = weights[i] / scale;
      double[] row = factor[i];
      double code = Math.rint(wanted + carried[i] / row[i]);
      codes[i] = weights[i] == 0 ? 0 : (int) Math.max(-most, Math.min(most, code));
      double left = wanted - codes[i];
      for (int j = 0; j < i; j++) {
        carried[j] += row[j] * left;
      }
    }
    return codes;
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
