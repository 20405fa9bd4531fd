package dev.tessera.quantize;

import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.Moments;
import dev.tessera.num.Normalization;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.List;

/** A requantiser that normalises: its factors follow from each frame's statistics. */
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

  /** A requantiser of the typical table, and how others follow. */
  private record Told(Requant requant, Normalization norm) {}

  static Node.QConv lower(
      Node.Conv conv, Node.Normalize norm, Sums sums, ValueQuant out, List<Codes> maps) {
    int preShift = Requants.preShift(sums.range);
    Normalization rule = rule(norm, sums.step, sums.base, out, preShift);
    Requant none = none(norm, out, preShift, rule.channels());
    Node.QConv bare = conv(conv, norm, sums, new Told(none, null), out);
    List<Moments> moments = maps.stream().map(map -> IntegerConv.moments(bare, map)).toList();
    return conv(conv, norm, sums, told(conv, none, rule, sums.range, moments), out);
  }

  /** The normalisation of a map of which the codes are read. */
  static Node.QNorm lower(Node.Normalize norm, ValueQuant in, ValueQuant out, List<Codes> maps) {
    int channels = maps.get(0).channels();
    double[] step = new double[channels];
    double[] base = new double[channels];
    for (int c = 0; c < channels; c++) {
      step[c] = in.scaleOf(c);
      base[c] = -in.scaleOf(c) * in.zeroOf(c);
    }
    Normalization rule = rule(norm, step, base, out, 0);
    Requant none = none(norm, out, 0, channels);
    List<Moments> moments = maps.stream().map(IntegerRun::moments).toList();
    Told told = told(norm, none, rule, in.type().range(), moments);
    return new Node.QNorm(
        norm.name(), norm.input(), norm.output(), told.requant, out.type(), told.norm);
  }

  /** A requantiser that has no factors yet. */
  private static Requant none(Node.Normalize norm, ValueQuant out, int preShift, int channels) {
    return new Requant(
        preShift,
        1,
        new int[channels],
        new long[1][channels],
        null,
        null,
        null,
        ConvLowering.lowerBound(norm.activation(), out),
        ConvLowering.upperBound(norm.activation(), out));
  }

  /**
   * The requantiser whose shift leaves room for what calibration photos ask for.
   *
   * @param node that makes what is normalised, for messages
   * @param range of the accumulators
   * @param moments of every photo
   */
  private static Told told(
      Node node, Requant none, Normalization rule, Range range, List<Moments> moments) {
    Moments all = Moments.none(rule.channels());
    double largest = 0;
    for (Moments own : moments) {
      for (double factor : rule.factors(own)) {
        largest = Math.max(largest, Math.abs(factor));
      }
      all = all.plus(own);
    }
    double reach = Requants.reach(range.shiftRight(none.preShift())) * largest * MARGIN;
    int shift = Requants.shift(node, largest * MARGIN, reach, Requant.MULTIPLIER_BITS);
    Normalization norm = rule.with(Math.min(shift, Normalization.MAX_SHIFT), all);
    Requant requant =
        new Requant(
                none.preShift(),
                norm.shift(),
                none.multiplier(),
                none.offset(),
                null,
                null,
                null,
                none.lo(),
                none.hi())
            .with(norm.typical(), norm.offsetShift());
    return new Told(requant, norm);
  }

  private static Normalization rule(
      Node.Normalize norm, double[] sumStep, double[] base, ValueQuant out, int preShift) {
    int channels = sumStep.length;
    double[] step = new double[channels];
    double[] outStep = new double[channels];
    int[] outZero = new int[channels];
    for (int c = 0; c < channels; c++) {
      step[c] = Math.scalb(sumStep[c], preShift);
      outStep[c] = out.scaleOf(c);
      outZero[c] = out.zeroOf(c);
    }
    return new Normalization(
        step,
        base,
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
      Node.Conv conv, Node.Normalize norm, Sums sums, Told told, ValueQuant out) {
    return new Node.QConv(
        conv.name(),
        conv.input(),
        norm.output(),
        sums.kernel,
        conv.stride(),
        conv.pads(),
        conv.border(),
        sums.padCode,
        told.requant,
        out.type(),
        told.norm);
  }
}
