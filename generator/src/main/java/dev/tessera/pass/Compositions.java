package dev.tessera.pass;

import dev.tessera.ir.Kernel;

/** Sums and products of kernels, in double precision. */
final class Compositions {
  private Compositions() {}

  /** {@code kernel} without groups: the weights between groups are zero. */
  static Kernel dense(Kernel kernel) {
    if (kernel.groups() == 1) {
      return kernel;
    }
    int area = kernel.height() * kernel.width();
    int perGroup = kernel.outChannels() / kernel.groups();
    int in = kernel.inChannels();
    float[] weights = new float[kernel.outChannels() * in * area];
    for (int o = 0; o < kernel.outChannels(); o++) {
      int from = o * kernel.inChannelsPerGroup() * area;
      int to = (o * in + o / perGroup * kernel.inChannelsPerGroup()) * area;
      System.arraycopy(kernel.weights(), from, weights, to, kernel.inChannelsPerGroup() * area);
    }
    return kernel(
        kernel.outChannels(), in, kernel.height(), kernel.width(), 1, weights, kernel.bias());
  }

  /** A kernel that hands every channel on, in {@code groups}. */
  static Kernel identity(int channels, int groups) {
    int perGroup = channels / groups;
    float[] weights = new float[channels * perGroup];
    for (int o = 0; o < channels; o++) {
      weights[o * perGroup + o % perGroup] = 1;
    }
    return kernel(channels, perGroup, 1, 1, groups, weights, new float[channels]);
  }

  /**
   * {@code kernel} in a larger window.
   *
   * @param top rows of zeros above it
   * @param left columns of zeros before it
   */
  static Kernel widened(Kernel kernel, int top, int left, int height, int width) {
    int planes = kernel.outChannels() * kernel.inChannelsPerGroup();
    float[] weights = new float[planes * height * width];
    for (int plane = 0; plane < planes; plane++) {
      for (int y = 0; y < kernel.height(); y++) {
        int from = (plane * kernel.height() + y) * kernel.width();
        int to = (plane * height + y + top) * width + left;
        System.arraycopy(kernel.weights(), from, weights, to, kernel.width());
      }
    }
    return kernel(
        kernel.outChannels(),
        kernel.inChannelsPerGroup(),
        height,
        width,
        kernel.groups(),
        weights,
        kernel.bias());
  }

  /** {@code a + sign * b} of kernels of one shape. */
  static Kernel sum(Kernel a, Kernel b, int sign) {
    float[] weights = a.weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((double) weights[i] + sign * b.weights()[i]);
    }
    float[] bias = a.bias().clone();
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (float) ((double) bias[i] + sign * b.bias()[i]);
    }
    return kernel(
        a.outChannels(), a.inChannelsPerGroup(), a.height(), a.width(), a.groups(), weights, bias);
  }

  /** One kernel that does what {@code first} and then {@code second} do; one of them is 1 x 1. */
  static Kernel product(Kernel first, Kernel second) {
    Kernel a = dense(first);
    Kernel b = dense(second);
    int height = Math.max(a.height(), b.height());
    int width = Math.max(a.width(), b.width());
    int area = height * width;
    int areaA = a.height() * a.width();
    int areaB = b.height() * b.width();
    int in = a.inChannels();
    int middle = a.outChannels();
    float[] weights = new float[b.outChannels() * in * area];
    float[] bias = new float[b.outChannels()];
    for (int o = 0; o < b.outChannels(); o++) {
      double[] sums = new double[in * area];
      double offset = b.bias()[o];
      for (int m = 0; m < middle; m++) {
        for (int t = 0; t < areaB; t++) {
          double w = b.weights()[(o * middle + m) * areaB + t];
          offset += w * a.bias()[m];
          for (int i = 0; w != 0 && i < in * areaA; i++) {
            // One of the two has one tap: its place is that of the other's.
            int at = areaA == 1 ? i * area + t : i;
            sums[at] += w * a.weights()[m * in * areaA + i];
          }
        }
      }
      bias[o] = (float) offset;
      for (int i = 0; i < sums.length; i++) {
        weights[o * sums.length + i] = (float) sums[i];
      }
    }
    return kernel(b.outChannels(), in, height, width, 1, weights, bias);
  }

  private static Kernel kernel(
      int out, int in, int height, int width, int groups, float[] weights, float[] bias) {
    return new Kernel(out, in, height, width, groups, weights, bias, null);
  }
}
