package dev.tessera.trainer;

import java.util.Random;

/**
 * One 3x3 convolution with stride 1 and zero padding that keeps the frame size.
 *
 * @param inputs input channels
 * @param outputs output channels
 * @param weight outputs x inputs x 3 x 3
 * @param bias one value per output
 */
public record ConvLayer(int inputs, int outputs, float[] weight, float[] bias) {
  /** Rows and columns of the kernel. */
  public static final int KERNEL = 3;

  public ConvLayer {
    if (weight.length != outputs * inputs * KERNEL * KERNEL || bias.length != outputs) {
      throw new IllegalArgumentException("weights do not match the layer's shape");
    }
  }

  /** A layer with {@link #untrained} weights and no bias. */
  static ConvLayer random(int inputs, int outputs, double gain, Random random) {
    int fanIn = inputs * KERNEL * KERNEL;
    return new ConvLayer(
        inputs, outputs, untrained(outputs, fanIn, gain, random), new float[outputs]);
  }

  /**
   * Weights outputs x fan-in, normally distributed with standard deviation gain * sqrt(2 / fan-in)
   * (He et al. 2015, for layers before a ReLU).
   */
  public static float[] untrained(int outputs, int fanIn, double gain, Random random) {
    float[] weight = new float[outputs * fanIn];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (random.nextGaussian() * gain * Math.sqrt(2.0 / fanIn));
    }
    return weight;
  }

  public int parameters() {
    return weight.length + bias.length;
  }
}
