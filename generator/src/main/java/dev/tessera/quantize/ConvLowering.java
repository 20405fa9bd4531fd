package dev.tessera.quantize;

import dev.tessera.base.Bits;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.List;

/**
 * One convolution as integers.
 *
 * <p>Scales of the input channels go into the weights before they are rounded. The bias takes what
 * rounding changed in the mean of the output. Where the padding value is not a code, the offset of
 * each border class makes up for it: there, the padded taps count with their float weights.
 */
final class ConvLowering {
  private final Node.Conv conv;
  private final Kernel kernel;
  private final ValueQuant in;
  private final ValueQuant out;
  private final int[] padCode;
  private final double[] padValue;
  private final double[][] rows;
  private IntKernel integers;
  private double[] weightScale;

  ConvLowering(Node.Conv conv, ValueQuant in, ValueQuant out) {
    this.conv = conv;
    this.kernel = conv.kernel();
    this.in = in;
    this.out = out;
    int channels = kernel.inChannels();
    padCode = new int[channels];
    padValue = new double[channels];
    for (int c = 0; c < channels; c++) {
      padValue[c] = conv.padValue()[conv.padValue().length == 1 ? 0 : c];
      padCode[c] = Requants.clip(padValue[c], in.scaleOf(c), in.zeroOf(c), in.type());
    }
    rows = new double[kernel.outChannels()][taps()];
    for (int o = 0; o < rows.length; o++) {
      for (int t = 0; t < taps(); t++) {
        rows[o][t] = kernel.weights()[o * taps() + t] * in.scaleOf(channel(o, t));
      }
    }
  }

  private int taps() {
    return kernel.inChannelsPerGroup() * kernel.height() * kernel.width();
  }

  /** Input channel of tap t of output channel o. */
  private int channel(int o, int t) {
    int group = o / (kernel.outChannels() / kernel.groups());
    return group * kernel.inChannelsPerGroup() + t / (kernel.height() * kernel.width());
  }

  /** Takes the weights that the model prescribes; false if the input's scales do not allow it. */
  boolean keepWeights() {
    Kernel.WeightQuant fixed = kernel.fixed();
    if (fixed == null || !oneScale()) {
      return false;
    }
    int[] codes = new int[kernel.weights().length];
    weightScale = new double[kernel.outChannels()];
    for (int i = 0; i < codes.length; i++) {
      int o = i / taps();
      double scale = fixed.scale()[fixed.scale().length == 1 ? 0 : o];
      codes[i] = Math.toIntExact(Math.round(kernel.weights()[i] / scale));
      weightScale[o] = scale * in.scaleOf(0);
    }
    setKernel(codes, fixed.bits());
    return true;
  }

  private boolean oneScale() {
    for (int c = 1; c < kernel.inChannels(); c++) {
      if (in.scaleOf(c) != in.scaleOf(0)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Rounds the weights by their effect on the given codes of the input.
   *
   * @param distinct outputs that lie so far apart get one scale
   */
  void roundWeights(List<Codes> maps, int bits, int distinct) {
    int[] codes = new int[kernel.weights().length];
    weightScale = new double[kernel.outChannels()];
    int perGroup = kernel.outChannels() / kernel.groups();
    for (int g = 0; g < kernel.groups(); g++) {
      double[][] group = new double[perGroup][];
      System.arraycopy(rows, g * perGroup, group, 0, perGroup);
      WeightRounding rounding = new WeightRounding(TapMoments.of(conv, in, maps, g));
      WeightRounding.Row[] rounded = rounding.round(group, bits, distinct);
      for (int i = 0; i < perGroup; i++) {
        int o = g * perGroup + i;
        weightScale[o] = rounded[i].scale();
        System.arraycopy(rounded[i].codes(), 0, codes, o * taps(), taps());
      }
    }
    setKernel(codes, bits);
  }

  /**
   * Rounded weights.
   *
   * @param scale weight = scale[o] * code
   */
  record Weights(IntKernel kernel, double[] scale) {}

  /** Takes weights that were rounded for the same grid of the input. */
  void take(Weights rounded) {
    integers = rounded.kernel;
    weightScale = rounded.scale;
  }

  /** The weights as they were rounded. */
  Weights weights() {
    return new Weights(integers, weightScale);
  }

  /**
   * Leaves the weights to the requantiser if every output has one tap at most, so that the array
   * multiplies nothing.
   */
  void leaveFactors() {
    if (!kernel.scales()) {
      return;
    }
    int[] signs = new int[integers.weights().length];
    weightScale = weightScale.clone();
    for (int i = 0; i < signs.length; i++) {
      int code = integers.weights()[i];
      signs[i] = Integer.signum(code);
      weightScale[i / taps()] *= Math.max(1, Math.abs(code));
    }
    setKernel(signs, IntKernel.SIGN_BITS);
  }

  private void setKernel(int[] codes, int bits) {
    integers =
        new IntKernel(
            kernel.outChannels(),
            kernel.inChannelsPerGroup(),
            kernel.height(),
            kernel.width(),
            kernel.groups(),
            codes,
            bits);
  }

  /**
   * The integer node.
   *
   * @param codeMean mean code of each input channel, or null for no correction of the bias
   */
  Node.QConv finish(double[] codeMean) {
    double[] correction = new double[kernel.outChannels()];
    if (codeMean != null) {
      for (int o = 0; o < correction.length; o++) {
        correction[o] = correction(o, codeMean);
      }
    }
    int channels = kernel.outChannels();
    double[][] offset = new double[borderClasses()][channels];
    for (int k = 0; k < offset.length; k++) {
      for (int o = 0; o < channels; o++) {
        double sum = kernel.bias()[o] + correction[o] - zeroPart(o) + borderPart(o, k);
        offset[k][o] = sum / out.scaleOf(o) + out.zeroOf(o);
      }
    }
    double[] factor = new double[channels];
    int[] zero = new int[channels];
    for (int o = 0; o < channels; o++) {
      boolean used = false;
      for (int t = 0; t < taps(); t++) {
        used |= integers.weights()[o * taps() + t] != 0;
      }
      factor[o] = used ? weightScale[o] / out.scaleOf(o) : 0;
      zero[o] = out.zeroOf(o);
    }
    double[] slope = slopes(conv.activation(), channels);
    Requants.Target target = new Requants.Target(factor, offset, slope, zero);
    Range range = integers.accumulator(in.type().range());
    requireAccumulator(range);
    // Codes that a model prescribes are met only with factors finer than the codes need.
    int multiplierBits = codeMean == null ? Requant.WIDE_MULTIPLIER_BITS : Requant.MULTIPLIER_BITS;
    int lo = lowerBound(conv.activation(), out);
    int hi = upperBound(conv.activation(), out);
    Requant requant = Requants.derive(conv, target, range, multiplierBits, lo, hi);
    return new Node.QConv(
        conv.name(),
        conv.input(),
        conv.output(),
        integers,
        conv.stride(),
        conv.pads(),
        conv.border(),
        padCode,
        requant,
        out.type());
  }

  /**
   * The integer node of the convolution and the normalisation behind it. The shift leaves the
   * multipliers room for frames whose deviations are {@link NormLowering#MARGIN} times smaller than
   * any that the calibration photos showed.
   *
   * @param maps the input's codes, one map per calibration patch
   */
  Node.QConv normalize(Node.Normalize norm, List<Codes> maps) {
    Range range = integers.accumulator(in.type().range());
    requireAccumulator(range);
    double[] base = new double[kernel.outChannels()];
    for (int o = 0; o < base.length; o++) {
      base[o] = kernel.bias()[o] - zeroPart(o);
    }
    return NormLowering.lower(
        conv, norm, new NormLowering.Sums(integers, weightScale, base, range, padCode), out, maps);
  }

  private void requireAccumulator(Range range) {
    if (range.signedWidth() > Requant.OFFSET_BITS) {
      throw Refusals.width(conv, "accumulator", range.signedWidth(), Requant.OFFSET_BITS);
    }
  }

  /** What the mean of output o loses by rounding its weights. */
  private double correction(int o, double[] codeMean) {
    double sum = 0;
    for (int t = 0; t < taps(); t++) {
      int c = channel(o, t);
      double error = rows[o][t] - weightScale[o] * integers.weights()[o * taps() + t];
      sum += error * (codeMean[c] - in.zeroOf(c));
    }
    return sum;
  }

  /** What the zero points of the input add to the accumulator, as a value. */
  private double zeroPart(int o) {
    long sum = 0;
    for (int t = 0; t < taps(); t++) {
      sum += (long) integers.weights()[o * taps() + t] * in.zeroOf(channel(o, t));
    }
    return weightScale[o] * sum;
  }

  private int borderClasses() {
    Pads pads = conv.pads();
    boolean exact = true;
    for (int c = 0; c < padCode.length; c++) {
      double left = padValue[c] / in.scaleOf(c) - (padCode[c] - in.zeroOf(c));
      exact &= Math.abs(left) < 1e-6;
    }
    boolean one = exact || conv.border() != Border.VALUE || pads.isNone();
    return one ? 1 : pads.borderClasses();
  }

  /** What the padded taps of border class k lack. */
  private double borderPart(int o, int k) {
    if (k == 0) {
      return 0;
    }
    Pads pads = conv.pads();
    int columns = 1 + pads.left() + pads.right();
    double sum = 0;
    for (int t = 0; t < taps(); t++) {
      int x = t % kernel.width();
      int y = t / kernel.width() % kernel.height();
      boolean padded =
          outside(y, k / columns, pads.top(), kernel.height())
              || outside(x, k % columns, pads.left(), kernel.width());
      if (padded) {
        int c = channel(o, t);
        sum += kernel.weights()[o * taps() + t] * padValue[c];
        sum -= weightScale[o] * integers.weights()[o * taps() + t] * (padCode[c] - in.zeroOf(c));
      }
    }
    return sum;
  }

  /** Whether a row or column of the window lies outside the frame in class k of its axis. */
  private static boolean outside(int tap, int k, int before, int size) {
    return k <= before ? tap < k : tap >= size - (k - before);
  }

  /** The slopes of a leaky activation, one per channel, or null. */
  static double[] slopes(Activation activation, int channels) {
    if (!(activation instanceof Activation.Leaky leaky)) {
      return null;
    }
    double[] slope = new double[channels];
    for (int c = 0; c < channels; c++) {
      slope[c] = leaky.slope()[leaky.slope().length == 1 ? 0 : c];
    }
    return slope;
  }

  /** Smallest code after {@code activation}; the zero points agree wherever a bound binds. */
  static int lowerBound(Activation activation, ValueQuant out) {
    FixedType type = out.type();
    if (activation instanceof Activation.Clip clip && clip.lo() > Float.NEGATIVE_INFINITY) {
      return Requants.clip(clip.lo(), out.scaleOf(0), out.zeroOf(0), type);
    }
    return Math.toIntExact(type.min());
  }

  /** Largest code after {@code activation}. */
  static int upperBound(Activation activation, ValueQuant out) {
    FixedType type = out.type();
    if (activation instanceof Activation.Clip clip && clip.hi() < Float.POSITIVE_INFINITY) {
      return Requants.clip(clip.hi(), out.scaleOf(0), out.zeroOf(0), type);
    }
    return Math.toIntExact(type.max());
  }

  /** Signed bits of the accumulator, for the report. */
  int accumulatorBits() {
    Range range = integers.accumulator(in.type().range());
    return Bits.signedWidth(range.lo(), range.hi());
  }
}
