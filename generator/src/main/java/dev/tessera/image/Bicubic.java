package dev.tessera.image;

import java.util.Arrays;

/**
 * Bicubic resampling as super-resolution benchmarks define it: the Keys kernel with a = -0.5,
 * widened by the scale when shrinking (antialiasing), pixel centres at half-integers, weights
 * normalised to one, the picture continued symmetrically.
 */
public final class Bicubic {
  private static final double A = -0.5;

  private Bicubic() {}

  /** The plane with {@code columns} x {@code rows} values, not rounded. */
  public static Plane resize(Plane plane, int columns, int rows) {
    return vertical(horizontal(plane, columns), rows);
  }

  /** The picture with {@code columns} x {@code rows} pixels, rounded once at the end. */
  public static Rgb resize(Rgb picture, int columns, int rows) {
    return Rgb.of(
        resize(picture.plane(0), columns, rows),
        resize(picture.plane(1), columns, rows),
        resize(picture.plane(2), columns, rows));
  }

  private static Plane horizontal(Plane plane, int columns) {
    Taps taps = new Taps(plane.width(), columns);
    float[] out = new float[columns * plane.height()];
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int t = 0; t < taps.count; t++) {
          sum += taps.weight[x][t] * plane.at(y, taps.source[x][t]);
        }
        out[y * columns + x] = (float) sum;
      }
    }
    return new Plane(columns, plane.height(), out);
  }

  private static Plane vertical(Plane plane, int rows) {
    Taps taps = new Taps(plane.height(), rows);
    int columns = plane.width();
    float[] out = new float[columns * rows];
    double[] sums = new double[columns];
    for (int y = 0; y < rows; y++) {
      Arrays.fill(sums, 0);
      for (int t = 0; t < taps.count; t++) {
        for (int x = 0; x < columns; x++) {
          sums[x] += taps.weight[y][t] * plane.at(taps.source[y][t], x);
        }
      }
      for (int x = 0; x < columns; x++) {
        out[y * columns + x] = (float) sums[x];
      }
    }
    return new Plane(columns, rows, out);
  }

  /** Weights and source indices of every output place along one axis. */
  private static final class Taps {
    final int count;
    final double[][] weight;
    final int[][] source;

    Taps(int from, int to) {
      double scale = (double) to / from;
      double stretch = Math.min(1, scale);
      double support = 4 / stretch;
      count = (int) Math.ceil(support) + 2;
      weight = new double[to][count];
      source = new int[to][count];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) / scale - 0.5;
        int first = (int) Math.floor(centre - support / 2);
        double total = 0;
        for (int t = 0; t < count; t++) {
          weight[i][t] = keys(stretch * (centre - first - t));
          total += weight[i][t];
          source[i][t] = mirror(first + t, from);
        }
        for (int t = 0; t < count; t++) {
          weight[i][t] /= total;
        }
      }
    }
  }

  private static int mirror(int index, int size) {
    int m = Math.floorMod(index, 2 * size);
    return m < size ? m : 2 * size - 1 - m;
  }

  private static double keys(double distance) {
    double d = Math.abs(distance);
    if (d <= 1) {
      return ((A + 2) * d - (A + 3)) * d * d + 1;
    }
    return d < 2 ? A * (((d - 5) * d + 8) * d - 4) : 0;
  }
}
