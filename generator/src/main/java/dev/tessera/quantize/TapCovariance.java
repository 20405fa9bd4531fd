package dev.tessera.quantize;

import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import java.util.List;
import java.util.stream.IntStream;

/** Covariance of the taps of a convolution over sampled positions of its quantised input. */
final class TapCovariance {
  /** Positions sampled; a few times the taps of the largest usual window. */
  private static final int SAMPLES = 2048;

  private TapCovariance() {}

  /**
   * The matrix of one group, taps x taps, in squared input codes.
   *
   * @param maps the input's codes, one map per calibration patch
   */
  static double[][] of(Node.Conv conv, List<Codes> maps, int group) {
    int taps = conv.kernel().inChannelsPerGroup() * conv.kernel().height() * conv.kernel().width();
    double[][] x = samples(conv, maps, group, taps);
    for (int t = 0; t < taps; t++) {
      double mean = 0;
      for (double value : x[t]) {
        mean += value / x[t].length;
      }
      for (int s = 0; s < x[t].length; s++) {
        x[t][s] -= mean;
      }
    }
    double[][] covariance = new double[taps][taps];
    IntStream.range(0, taps)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j <= i; j++) {
                covariance[i][j] = dot(x[i], x[j]) / x[i].length;
              }
            });
    return covariance;
  }

  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + s2 + s3;
  }

  /** Tap values, taps x samples, of windows that lie inside the frame as far as it allows. */
  private static double[][] samples(Node.Conv conv, List<Codes> maps, int group, int taps) {
    int kh = conv.kernel().height();
    int kw = conv.kernel().width();
    Pads pads = conv.pads();
    long positions = maps.stream().mapToLong(Codes::size).sum();
    int step = (int) Math.max(1, positions / SAMPLES);
    double[][] x = new double[taps][(int) ((positions + step - 1) / step)];
    long at = 0;
    for (Codes map : maps) {
      for (long p = (at + step - 1) / step * step; p < at + map.size(); p += step) {
        int column = (int) ((p - at) % map.width()) - pads.left();
        int row = (int) ((p - at) / map.width()) - pads.top();
        fill(
            x,
            (int) (p / step),
            map,
            group * conv.kernel().inChannelsPerGroup(),
            row,
            column,
            kh,
            kw);
      }
      at += map.size();
    }
    return x;
  }

  private static void fill(
      double[][] x, int s, Codes map, int channel, int top, int left, int kh, int kw) {
    for (int t = 0; t < x.length; t++) {
      int c = channel + t / (kh * kw);
      int y = clamp(top + t / kw % kh, map.height());
      int column = clamp(left + t % kw, map.width());
      x[t][s] = map.data()[(c * map.height() + y) * map.width() + column];
    }
  }

  private static int clamp(int index, int size) {
    return Math.max(0, Math.min(size - 1, index));
  }
}
