package dev.tessera.unit.conv;

import dev.tessera.hw.Frame;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.SumArea;
import dev.tessera.ir.Border;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TapLists;
import dev.tessera.num.FixedType;
import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.Normalization;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import dev.tessera.num.TableEngine;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A convolution with its requantiser.
 *
 * @param name instance name
 * @param in the input stream, one position per beat at most
 * @param kernel integer weights
 * @param stride distance of the windows, at most {@link ConvGeometry#MAX_STRIDE}
 * @param pads padding, less than the kernel in both directions
 * @param border what a padded pixel is
 * @param padCode the code {@link Border#VALUE} pads with, one per input channel
 * @param requant from accumulator to output code
 * @param type type of the output codes
 * @param outLanes values of an output beat
 * @param fold how the multipliers are shared
 * @param norm how the table of a frame follows from its statistics, the requantiser then holding a
 *     typical one; null if the requantiser is the same for all frames
 * @param block S; if more than 1, the unit also is a pixel shuffle by S: the kernel's outputs are
 *     phase row, phase column and channel, and every row is walked once for each phase row
 * @param paired whether two outputs of a group share a multiplier of 25 x 18 bits, see {@link
 *     #pairable}
 */
public record ConvSpec(
    String name,
    StreamType in,
    IntKernel kernel,
    Stride stride,
    Pads pads,
    Border border,
    int[] padCode,
    Requant requant,
    FixedType type,
    int outLanes,
    ConvFold fold,
    Normalization norm,
    int block,
    boolean paired)
    implements Normalizing {

  private static final int MAX_ACCUMULATOR_BITS = 48;

  /** Signed bits of the codes, and bits of the weights, that a shared multiplier takes at most. */
  private static final int PAIRED_CODE_BITS = 9;

  private static final int PAIRED_WEIGHT_BITS = 8;

  /**
   * Checks the whole unit.
   *
   * @throws IllegalArgumentException with the name and the rule that is broken
   */
  public ConvSpec {
    String reason =
        whyInvalid(in, kernel, stride, pads, border, padCode, requant, type, outLanes, fold, block)
            .orElse(null);
    if (reason == null && norm != null) {
      reason = whyNotNormalised(kernel, requant, norm);
    }
    if (reason == null && paired && !pairable(in.type(), kernel)) {
      reason = "its products cannot share multipliers";
    }
    if (reason != null) {
      throw new IllegalArgumentException(name + ": " + reason);
    }
  }

  /**
   * A convolution whose requantiser is the same for all frames, that enlarges nothing and shares no
   * multiplier.
   */
  public ConvSpec(
      String name,
      StreamType in,
      IntKernel kernel,
      Stride stride,
      Pads pads,
      Border border,
      int[] padCode,
      Requant requant,
      FixedType type,
      int outLanes,
      ConvFold fold) {
    this(
        name, in, kernel, stride, pads, border, padCode, requant, type, outLanes, fold, null, 1,
        false);
  }

  /** The first rule that the arguments of a spec would break, or empty if it can be built. */
  public static Optional<String> whyInvalid(
      StreamType in,
      IntKernel kernel,
      Stride stride,
      Pads pads,
      Border border,
      int[] padCode,
      Requant requant,
      FixedType type,
      int outLanes,
      ConvFold fold,
      int block) {
    if (in.positions() != 1) {
      return Optional.of("an input beat holds more than one position");
    }
    if (in.channels() != kernel.inChannels() || padCode.length != in.channels()) {
      return Optional.of("kernel, padding and input differ in channels");
    }
    if (requant.channels() != kernel.outChannels()) {
      return Optional.of("requantiser and kernel differ in channels");
    }
    Optional<String> reason =
        geometry(in, kernel, stride, pads, border, outLanes, fold, block).whyInvalid();
    if (reason.isEmpty()) {
      reason = whyNumbersInvalid(in, kernel, padCode, requant, type);
    }
    if (reason.isEmpty() && requant.borderClasses() > 1) {
      reason = whyClassesInvalid(pads, requant);
    }
    return reason;
  }

  private static Optional<String> whyNumbersInvalid(
      StreamType in, IntKernel kernel, int[] padCode, Requant requant, FixedType type) {
    FixedType weight = new FixedType(true, kernel.bits());
    for (int w : kernel.weights()) {
      if (!weight.holds(w)) {
        return Optional.of("weight " + w + " is not " + weight);
      }
    }
    for (int code : padCode) {
      if (!in.type().holds(code)) {
        return Optional.of("pad code " + code + " is not " + in.type());
      }
    }
    if (!type.holds(requant.lo()) || !type.holds(requant.hi())) {
      return Optional.of("clip bounds are not " + type);
    }
    Range accumulator = kernel.accumulator(in.type().range());
    if (accumulator.signedWidth() > MAX_ACCUMULATOR_BITS) {
      return Optional.of("accumulator of " + accumulator.signedWidth() + " bits");
    }
    if (requant.preShift() >= accumulator.signedWidth()) {
      return Optional.of("the requantiser shifts the whole accumulator away");
    }
    return requant.whyUnfit(accumulator);
  }

  private static String whyNotNormalised(IntKernel kernel, Requant requant, Normalization norm) {
    if (norm.channels() != kernel.outChannels()) {
      return "normalisation and kernel differ in channels";
    }
    boolean plain = !requant.twoSided() && requant.borderClasses() == 1;
    boolean fits = plain && requant.multiplierBits() <= Requant.MULTIPLIER_BITS;
    return fits && norm.shift() == requant.shift() ? null : "the requantiser takes no tables";
  }

  private static Optional<String> whyClassesInvalid(Pads pads, Requant requant) {
    int classes = pads.borderClasses();
    if (requant.borderClasses() != classes) {
      return Optional.of(requant.borderClasses() + " border classes, not " + classes);
    }
    return Optional.empty();
  }

  private static ConvGeometry geometry(
      StreamType in,
      IntKernel kernel,
      Stride stride,
      Pads pads,
      Border border,
      int outLanes,
      ConvFold fold,
      int block) {
    return new ConvGeometry(
        in.channels(),
        in.width(),
        in.height(),
        in.lanes(),
        kernel.outChannels(),
        kernel.height(),
        kernel.width(),
        kernel.groups(),
        TapLists.of(kernel).split(block),
        stride,
        pads,
        border,
        outLanes,
        fold,
        block);
  }

  /** This convolution on frames of another size. */
  ConvSpec resized(StreamType newIn) {
    return new ConvSpec(
        name, newIn, kernel, stride, pads, border, padCode, requant, type, outLanes, fold, norm,
        block, paired);
  }

  @Override
  public ConvSpec with(NormTable table) {
    return new ConvSpec(
        name,
        in,
        kernel,
        stride,
        pads,
        border,
        padCode,
        requant.with(table, norm.offsetShift()),
        type,
        outLanes,
        fold,
        norm,
        block,
        paired);
  }

  @Override
  public Moments moments(Frame input) {
    int preShift = requant.preShift();
    return ConvGolden.moments(
        this, input.require(in.type(), name), (acc, c) -> acc >> preShift, summedArea());
  }

  @Override
  public Moments moments(Frame input, TableEngine engine, SumArea area) {
    return ConvGolden.moments(this, input.require(in.type(), name), engine::tap, area);
  }

  @Override
  public SumArea summedArea() {
    ConvGeometry g = geometry();
    return SumArea.whole(g.outWidth(), g.outHeight(), fold.positions(), block, g.rowless());
  }

  @Override
  public boolean invents() {
    return border == Border.VALUE && !pads.isNone();
  }

  @Override
  public TableEngine engine(long positions) {
    return TableEngine.of(norm, accumulator(), requant.preShift(), positions);
  }

  @Override
  public Range summed() {
    return accumulator();
  }

  @Override
  public int summedLanes() {
    return outLanes;
  }

  @Override
  public Optional<Normalization> rule() {
    return Optional.ofNullable(norm);
  }

  /** Shape and fold. */
  public ConvGeometry geometry() {
    return geometry(in, kernel, stride, pads, border, outLanes, fold, block);
  }

  /** The output stream. */
  public StreamType out() {
    ConvGeometry g = geometry();
    return new StreamType(
        kernel.outChannels() / (block * block),
        outLanes,
        type,
        g.outWidth() * block,
        g.outHeight() * block);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(in);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(out());
  }

  /**
   * Exact range of the accumulators. Zero is a value of every input type, so that each sum over
   * some of the taps lies inside the range over all of them: partial sums fit too.
   */
  public Range accumulator() {
    return kernel.accumulator(in.type().range());
  }

  /** Signed bits of an activation at the multipliers. */
  public int operandBits() {
    return in.type().signedBits();
  }

  /** Multipliers of at most 9 x 8 bits; none if each output is one input value at most. */
  public int multipliers() {
    return Math.multiplyExact(multipliersPerProduct(in.type(), kernel), fold.products());
  }

  /**
   * Whether a multiplier of 25 x 18 bits makes the products of one code of {@code type} and two
   * weights: 9 signed bits and 8, the least weight left out. Then the lower products of two taps
   * together have 17 bits, and a weight that is one less, for what a negative lower one borrows,
   * still has its bits.
   */
  public static boolean pairable(FixedType type, IntKernel kernel) {
    int least = -(1 << (kernel.bits() - 1));
    return !kernel.moves()
        && type.signedBits() <= PAIRED_CODE_BITS
        && kernel.bits() <= PAIRED_WEIGHT_BITS
        && IntStream.of(kernel.weights()).noneMatch(w -> w == least);
  }

  /** Blocks of 25 x 18 bits, or of 9 x 8 if none is shared, that the array takes. */
  public int blocks() {
    return multipliers() - (paired ? fold.pairs() : 0);
  }

  /**
   * Multipliers of at most 9 x 8 bits that a product of a map of {@code type} and a weight takes.
   */
  public static int multipliersPerProduct(FixedType type, IntKernel kernel) {
    return kernel.moves() ? 0 : Macs.multipliersPerProduct(type, kernel.bits());
  }

  /** Multiplications of a frame: taps in the padding included, taps of no weight left out. */
  public long macsPerFrame() {
    if (kernel.moves()) {
      return 0;
    }
    ConvGeometry g = geometry();
    return (long) g.outWidth() * g.outHeight() * g.taps().products(g.outChannels());
  }
}
