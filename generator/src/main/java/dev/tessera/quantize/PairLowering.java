package dev.tessera.quantize;

import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;

/** Sums and products of two maps as integers. */
final class PairLowering {
  private PairLowering() {}

  /**
   * What an addition reads: {@code scale[c] * value + offset[c]} of a value on a grid.
   *
   * @param value its name
   * @param quant its grid
   */
  record Operand(String value, ValueQuant quant, double[] scale, double[] offset) {}

  /** An addition or subtraction. */
  static Node.QAdd lower(Node.Add node, Operand left, Operand right, ValueQuant out) {
    int channels = left.scale.length;
    double[] l = new double[channels];
    double[] r = new double[channels];
    double[] offset = new double[channels];
    double largest = 0;
    double reach = 0;
    for (int c = 0; c < channels; c++) {
      l[c] = left.scale[c] * left.quant.scaleOf(c) / out.scaleOf(c);
      r[c] = node.sign() * right.scale[c] * right.quant.scaleOf(c) / out.scaleOf(c);
      double constants = (left.offset[c] + node.sign() * right.offset[c]) / out.scaleOf(c);
      double zeros = l[c] * left.quant.zeroOf(c) + r[c] * right.quant.zeroOf(c);
      offset[c] = out.zeroOf(c) + constants - zeros;
      largest = Math.max(largest, Math.max(Math.abs(l[c]), Math.abs(r[c])));
      double sum = Math.abs(l[c]) * Requants.reach(left.quant.type().range());
      sum += Math.abs(r[c]) * Requants.reach(right.quant.type().range());
      reach = Math.max(reach, sum + Math.abs(offset[c]));
    }
    int shift = Requants.shift(node, largest, reach, Requant.MULTIPLIER_BITS);
    int[] lm = new int[channels];
    int[] rm = new int[channels];
    long[] b = new long[channels];
    for (int c = 0; c < channels; c++) {
      lm[c] = Math.toIntExact(Math.round(Math.scalb(l[c], shift)));
      rm[c] = Math.toIntExact(Math.round(Math.scalb(r[c], shift)));
      b[c] = Math.round(Math.scalb(offset[c], shift)) + (1L << (shift - 1));
    }
    return new Node.QAdd(
        node.name(),
        left.value,
        right.value,
        node.output(),
        lm,
        rm,
        b,
        shift,
        ConvLowering.lowerBound(node.activation(), out),
        ConvLowering.upperBound(node.activation(), out),
        out.type());
  }

  /**
   * A product.
   *
   * @param channels of the left side and of the result
   * @param others channels of the right side: the same or 1
   */
  static Node.QMul lower(
      Node.Mul node, ValueQuant left, ValueQuant right, ValueQuant out, int channels, int others) {
    int[] leftZero = new int[channels];
    int[] rightZero = new int[others];
    double[] factor = new double[channels];
    double[][] offset = new double[1][channels];
    int[] zero = new int[channels];
    Range range = new Range(0, 0);
    for (int c = 0; c < channels; c++) {
      int other = others == 1 ? 0 : c;
      leftZero[c] = left.zeroOf(c);
      rightZero[other] = right.zeroOf(other);
      factor[c] = left.scaleOf(c) * right.scaleOf(other) / out.scaleOf(c);
      zero[c] = out.zeroOf(c);
      offset[0][c] = zero[c];
      Range l = moved(left.type(), leftZero[c]);
      Range r = moved(right.type(), rightZero[other]);
      range = range.union(l.times(r.lo())).union(l.times(r.hi()));
    }
    Requants.Target target = new Requants.Target(factor, offset, null, zero);
    int lo = ConvLowering.lowerBound(node.activation(), out);
    int hi = ConvLowering.upperBound(node.activation(), out);
    Requant requant = Requants.derive(node, target, range, Requant.MULTIPLIER_BITS, lo, hi);
    return new Node.QMul(
        node.name(),
        node.left(),
        node.right(),
        node.output(),
        leftZero,
        rightZero,
        requant,
        out.type());
  }

  private static Range moved(FixedType type, int zero) {
    return new Range(type.min() - zero, type.max() - zero);
  }
}
