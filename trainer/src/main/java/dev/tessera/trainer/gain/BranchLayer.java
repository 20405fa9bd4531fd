package dev.tessera.trainer.gain;

import dev.tessera.trainer.ConvLayer;
import java.util.Random;

/**
 * A convolution of a branch, with zero padding of half its kernel.
 *
 * @param inputs input channels
 * @param outputs output channels
 * @param kernel rows and columns, odd
 * @param stride in both axes
 * @param weight outputs x inputs x kernel x kernel
 * @param bias one value per output
 */
public record BranchLayer(
    int inputs, int outputs, int kernel, int stride, float[] weight, float[] bias) {
  public BranchLayer {
    if (weight.length != outputs * inputs * kernel * kernel || bias.length != outputs) {
      throw new IllegalArgumentException("weights do not match the layer's shape");
    }
  }

  /** A layer on a vector, with {@link ConvLayer#untrained} weights and no bias. */
  static BranchLayer random(int inputs, int outputs, double gain, Random random) {
    float[] weight = ConvLayer.untrained(outputs, inputs, gain, random);
    return new BranchLayer(inputs, outputs, 1, 1, weight, new float[outputs]);
  }

  /** This layer with other weights. */
  BranchLayer with(float[] weights, float[] biases) {
    return new BranchLayer(inputs, outputs, kernel, stride, weights, biases);
  }
}
