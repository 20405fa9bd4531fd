package dev.tessera.quantize;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.Requant;

/** Scales, activations on their own and additions as integers. */
final class PointwiseLowering {
  private PointwiseLowering() {}

  /** An affine function per channel. */
  static Node lower(Node.Affine node, ValueQuant in, ValueQuant out, int channels) {
    double[] scale = spread(node.scale(), channels);
    double[] offset = spread(node.offset(), channels);
    return scale(node, Activation.NONE, scale, offset, in, out);
  }

  /** An activation, or a mere change of grid. */
  static Node lower(Node.Activate node, ValueQuant in, ValueQuant out, int channels) {
    if (node.activation() instanceof Activation.Smooth smooth) {
      return TableLowering.lower(node, smooth, in, out);
    }
    double[] one = spread(new float[] {1}, channels);
    return scale(node, node.activation(), one, new double[channels], in, out);
  }

  private static Node.QScale scale(
      Node node,
      Activation activation,
      double[] scale,
      double[] offset,
      ValueQuant in,
      ValueQuant out) {
    int channels = scale.length;
    double[] factor = new double[channels];
    double[][] shifted = new double[1][channels];
    int[] zero = new int[channels];
    for (int c = 0; c < channels; c++) {
      factor[c] = scale[c] * in.scaleOf(c) / out.scaleOf(c);
      zero[c] = out.zeroOf(c);
      shifted[0][c] = offset[c] / out.scaleOf(c) + zero[c] - factor[c] * in.zeroOf(c);
    }
    double[] slope = ConvLowering.slopes(activation, channels);
    Requants.Target target = new Requants.Target(factor, shifted, slope, zero);
    int lo = ConvLowering.lowerBound(activation, out);
    int hi = ConvLowering.upperBound(activation, out);
    Requant requant =
        Requants.derive(node, target, in.type().range(), Requant.MULTIPLIER_BITS, lo, hi);
    String input = node.inputs().get(0);
    return new Node.QScale(node.name(), input, node.output(), requant, out.type());
  }

  /** A table with an entry for every channel. */
  static double[] spread(float[] values, int channels) {
    double[] all = new double[channels];
    for (int c = 0; c < channels; c++) {
      all[c] = values[values.length == 1 ? 0 : c];
    }
    return all;
  }
}
