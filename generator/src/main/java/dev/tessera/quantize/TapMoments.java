package dev.tessera.quantize;

import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Second moments of the taps of a convolution over sampled positions of its quantised input. Means
 * are left in: photos differ in their means, so that the bias cannot take all of their part.
 */
final class TapMoments {
  /** Positions sampled; a few times the taps of the largest usual window. */
  private static final int SAMPLES = 2048;

  private TapMoments() {}

  /**
   * The matrix of one group, taps x taps, in squared input codes.
   *
   * @param maps the input's codes, one map per calibration patch
   */
  static double[][] of(Node.Conv conv, ValueQuant in, List<Codes> maps, int group) {
    int taps = conv.kernel().inChannelsPerGroup() * conv.kernel().height() * conv.kernel().width();
    double[][] x = samples(conv, in, maps, group, taps);
    double[][] moments = new double[taps][taps];
    IntStream.range(0, taps)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j <= i; j++) {
                moments[i][j] = dot(x[i], x[j]) / x[i].length;
              }
            });
    return moments;
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

  /**
   * Tap values in code steps from zero, taps x samples; outside the frame those of its edge, so
   * that padding does not look like signal.
   */
  private static double[][] samples(
      Node.Conv conv, ValueQuant in, List<Codes> maps, int group, int taps) {
    long positions = maps.stream().mapToLong(Codes::size).sum();
    int step = (int) Math.max(1, positions / SAMPLES);
    double[][] x = new double[taps][(int) ((positions + step - 1) / step)];
    int window = conv.kernel().height() * conv.kernel().width();
    for (int t = 0; t < taps; t++) {
      int c = group * conv.kernel().inChannelsPerGroup() + t / window;
      int down = t % window / conv.kernel().width() - conv.pads().top();
      int right = t % conv.kernel().width() - conv.pads().left();
      long before = 0;
      int s = 0;
      for (Codes map : maps) {
        for (; (long) s * step < before + map.size(); s++) {
          int p = (int) ((long) s * step - before);
          int y = clamp(p / map.width() + down, map.height());
          int column = clamp(p % map.width() + right, map.width());
          int code = map.data()[(c * map.height() + y) * map.width() + column];
          x[t][s] = code - in.zeroOf(c);
        }
        before += map.size();
      }
    }
    return x;
  }

  private static int clamp(int index, int size) {
    return Math.max(0, Math.min(size - 1, index));
  }
}
