package dev.tessera.quantize;

import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.Arrays;

/** Pools and resized maps as integers. */
final class WindowLowering {
  /** Fraction of a place between two pixels, in bits. */
  private static final int WEIGHT_BITS = 8;

  private WindowLowering() {}

  /** A resized map, on the grid of its input: the mean of its neighbours rounded half up. */
  static Node.QResize lower(Node.Resize node, ValueQuant in, int channels) {
    boolean linear = node.sampling().mode() == Sampling.Mode.LINEAR;
    int weightBits = linear ? WEIGHT_BITS : 0;
    return new Node.QResize(
        node.name(),
        node.input(),
        node.output(),
        node.sampling(),
        weightBits,
        quotient(in.type(), 2 * weightBits, channels),
        in.type());
  }

  /** Division by 2 to the power {@code bits}, rounded half up; exact although it shifts before. */
  private static Requant quotient(FixedType type, int bits, int channels) {
    Range range = type.range().times(1L << bits);
    int preShift = 0;
    while (range.shiftRight(preShift).signedWidth() > Requant.OPERAND_BITS) {
      preShift++;
    }
    int shift = Math.max(1, bits - preShift);
    int[] multiplier = new int[channels];
    long[][] offset = new long[1][channels];
    Arrays.fill(multiplier, bits == 0 ? 2 : 1);
    Arrays.fill(offset[0], 1L << (shift - 1));
    int lo = Math.toIntExact(type.min());
    int hi = Math.toIntExact(type.max());
    return new Requant(preShift, shift, multiplier, offset, null, null, null, lo, hi);
  }

  /** A pool; the largest code stays as it is. */
  static Node.QPool lower(Node.Pool node, ValueQuant in, ValueQuant out, int channels) {
    boolean max = node.pooling() == Pooling.MAX;
    Requant requant = max ? quotient(in.type(), 0, channels) : average(node, in, out, channels);
    return new Node.QPool(
        node.name(),
        node.input(),
        node.output(),
        max ? Pooling.MAX : Pooling.AVERAGE,
        node.height(),
        node.width(),
        node.stride(),
        node.pads(),
        requant,
        out.type());
  }

  private static Requant average(Node.Pool node, ValueQuant in, ValueQuant out, int channels) {
    if (node.pooling() == Pooling.AVERAGE_INSIDE) {
      return averageInside(node, in, out, channels);
    }
    int size = node.height() * node.width();
    double[] factor = new double[channels];
    double[][] offset = new double[borderClasses(node, in, channels)][channels];
    int[] zero = new int[channels];
    for (int c = 0; c < channels; c++) {
      factor[c] = in.scaleOf(c) / (size * out.scaleOf(c));
      zero[c] = out.zeroOf(c);
      for (int k = 0; k < offset.length; k++) {
        offset[k][c] = zero[c] - factor[c] * in.zeroOf(c) * inside(node, k);
      }
    }
    return divided(node, new Requants.Target(factor, offset, null, zero), in, out);
  }

  /** Each border class divides by the pixels that its windows have. */
  private static Requant averageInside(
      Node.Pool node, ValueQuant in, ValueQuant out, int channels) {
    int entries = node.pads().borderClasses() * channels;
    double[] factor = new double[entries];
    double[][] offset = new double[1][entries];
    int[] zero = new int[entries];
    for (int i = 0; i < entries; i++) {
      int c = i % channels;
      double ratio = in.scaleOf(c) / out.scaleOf(c);
      factor[i] = ratio / inside(node, i / channels);
      zero[i] = out.zeroOf(c);
      offset[0][i] = zero[i] - ratio * in.zeroOf(c);
    }
    return divided(node, new Requants.Target(factor, offset, null, zero), in, out);
  }

  private static Requant divided(
      Node.Pool node, Requants.Target target, ValueQuant in, ValueQuant out) {
    int size = node.height() * node.width();
    Range sum = in.type().range().times(size).union(new Range(0, 0));
    int lo = Math.toIntExact(out.type().min());
    int hi = Math.toIntExact(out.type().max());
    return Requants.derive(node, target, sum, Requant.MULTIPLIER_BITS, lo, hi);
  }

  /**
   * Padding adds nothing to the sum of codes: where 0 is not code 0, windows at the border differ.
   */
  private static int borderClasses(Node.Pool node, ValueQuant in, int channels) {
    boolean plain = true;
    for (int c = 0; c < channels; c++) {
      plain &= in.zeroOf(c) == 0;
    }
    Pads pads = node.pads();
    return plain || pads.isNone() ? 1 : pads.borderClasses();
  }

  /** Pixels of the frame in a window of border class k. */
  private static int inside(Node.Pool node, int k) {
    Pads pads = node.pads();
    int columns = 1 + pads.left() + pads.right();
    int rows = k / columns;
    int column = k % columns;
    int above = rows <= pads.top() ? rows : rows - pads.top();
    int beside = column <= pads.left() ? column : column - pads.left();
    return (node.height() - above) * (node.width() - beside);
  }
}
