package dev.tessera.quantize;

import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.Normalization;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.List;

/** A convolution whose requantiser normalises: its factors follow from each frame's statistics. */
final class NormLowering {
  /** Room of the multipliers beyond the largest that the calibration photos ask for. */
  static final double MARGIN = 2;

  private NormLowering() {}

  /**
   * The convolution in integers, without its requantiser.
   *
   * @param kernel weights
   * @param step value of one accumulator step, per output channel
   * @param base value of the accumulator 0, per output channel
   * @param range of the accumulators
   * @param padCode per input channel
   */
  record Sums(IntKernel kernel, double[] step, double[] base, Range range, int[] padCode) {}

  static Node.QConv lower(
      Node.Conv conv, Node.Normalize norm, Sums sums, ValueQuant out, List<Codes> maps) {
    int preShift = Requants.preShift(sums.range);
    Normalization rule = rule(norm, sums, out, preShift);
    Requant none =
        new Requant(
            preShift,
            1,
            new int[rule.channels()],
            new long[1][rule.channels()],
            null,
            null,
            null,
            ConvLowering.lowerBound(norm.activation(), out),
            ConvLowering.upperBound(norm.activation(), out));
    Node.QConv bare = conv(conv, norm, sums, none, out, null);
    Moments all = Moments.none(rule.channels());
    double largest = 0;
    for (Codes map : maps) {
      Moments own = IntegerConv.moments(bare, map);
      for (double factor : rule.factors(own)) {
        largest = Math.max(largest, Math.abs(factor));
      }
      all = all.plus(own);
    }
    double reach = Requants.reach(sums.range.shiftRight(preShift)) * largest * MARGIN;
    int shift = Requants.shift(conv, largest * MARGIN, reach, Requant.MULTIPLIER_BITS);
    Normalization told = rule.with(Math.min(shift, Normalization.MAX_SHIFT), all);
    NormTable typical = told.typical();
    Requant requant =
        new Requant(
                preShift,
                told.shift(),
                none.multiplier(),
                none.offset(),
                null,
                null,
                null,
                none.lo(),
                none.hi())
            .with(typical, told.offsetShift());
    return conv(conv, norm, sums, requant, out, told);
  }

  private static Normalization rule(Node.Normalize norm, Sums sums, ValueQuant out, int preShift) {
    int channels = sums.step.length;
    double[] step = new double[channels];
    double[] outStep = new double[channels];
    int[] outZero = new int[channels];
    for (int c = 0; c < channels; c++) {
      step[c] = Math.scalb(sums.step[c], preShift);
      outStep[c] = out.scaleOf(c);
      outZero[c] = out.zeroOf(c);
    }
    return new Normalization(
        step,
        sums.base,
        doubles(norm.scale()),
        doubles(norm.offset()),
        norm.epsilon(),
        outStep,
        outZero,
        1,
        null);
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static Node.QConv conv(
      Node.Conv conv,
      Node.Normalize norm,
      Sums sums,
      Requant requant,
      ValueQuant out,
      Normalization rule) {
    return new Node.QConv(
        conv.name(),
        conv.input(),
        norm.output(),
        sums.kernel,
        conv.stride(),
        conv.pads(),
        conv.border(),
        sums.padCode,
        requant,
        out.type(),
        rule);
  }
}
