package dev.tessera.unit.conv;

import dev.tessera.hw.StreamType;
import dev.tessera.ir.Border;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.Random;

/** Collects the parameters of a sample; weights and tables are random. */
public final class ConvMaker {
  private final int width;
  private final int height;
  private int channels;
  private int outputs;
  private int inLanes;
  private int outLanes;
  private int kernelHeight;
  private int kernelWidth;
  private int groups = 1;
  private int weightBits = 8;
  private Stride stride = Stride.ONE;
  private Zero zero = (o, c, y, x) -> false;
  private Pads pads = Pads.NONE;
  private Border border = Border.VALUE;
  private FixedType type = FixedType.UINT8;
  private ConvFold fold;
  private boolean twoSided;
  private boolean classes;
  private int factor = 100_000;
  private int block = 1;
  private boolean paired;

  ConvMaker(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Input and output channels. */
  public ConvMaker channels(int in, int out) {
    channels = in;
    outputs = out;
    return this;
  }

  /** Values of a beat. */
  public ConvMaker lanes(int in, int out) {
    inLanes = in;
    outLanes = out;
    return this;
  }

  /** Kernel rows, columns and padding. */
  public ConvMaker kernel(int rows, int columns, Pads padding) {
    kernelHeight = rows;
    kernelWidth = columns;
    pads = padding;
    return this;
  }

  /** Groups; 1 if not called. */
  public ConvMaker groups(int count) {
    groups = count;
    return this;
  }

  /** Rows and columns between windows; 1 if not called. */
  public ConvMaker stride(int rows, int columns) {
    stride = new Stride(rows, columns);
    return this;
  }

  /**
   * Makes weights zero: those of every output {@code o}, row {@code y}, column {@code x} and input
   * channel {@code c} of a group for which {@code zero} says so.
   */
  public ConvMaker without(Zero zero) {
    this.zero = zero;
    return this;
  }

  /** Whether a weight is zero. */
  public interface Zero {
    /** Output of a group, input of a group, row and column. */
    boolean at(int o, int c, int y, int x);
  }

  /** Border rule; VALUE if not called. */
  public ConvMaker border(Border rule) {
    border = rule;
    return this;
  }

  /** Input type; uint8 if not called. */
  public ConvMaker type(FixedType input) {
    type = input;
    return this;
  }

  /** Weight bits; 8 if not called. */
  public ConvMaker weightBits(int bits) {
    weightBits = bits;
    return this;
  }

  /** Positions, parallel groups, outputs and taps. */
  public ConvMaker fold(int positions, int groupsParallel, int pe, int simd) {
    fold = new ConvFold(positions, groupsParallel, pe, simd);
    return this;
  }

  /** With a second slope. */
  public ConvMaker twoSided() {
    twoSided = true;
    return this;
  }

  /** With an offset per border class. */
  public ConvMaker classes() {
    classes = true;
    return this;
  }

  /** Outputs share multipliers two by two; every other weight is as large as may be. */
  public ConvMaker paired() {
    paired = true;
    return this;
  }

  /** With requantiser multipliers up to {@code most}; 100,000 if not called. */
  public ConvMaker factors(int most) {
    factor = most;
    return this;
  }

  /** Enlarges by walking every row {@code times} times; 1 if not called. */
  public ConvMaker replay(int times) {
    block = times;
    return this;
  }

  /** The sample, padded with random codes. */
  public ConvSpec make(String name) {
    return make(name, true);
  }

  /** The sample; pad codes are random per channel or all zero. */
  public ConvSpec make(String name, boolean randomPads) {
    Random random = new Random(name.hashCode());
    int[] weights = new int[outputs * (channels / groups) * kernelHeight * kernelWidth];
    for (int i = 0; i < weights.length; i++) {
      int weight = random.nextInt(1 << weightBits) - (1 << (weightBits - 1));
      int area = kernelHeight * kernelWidth;
      boolean none =
          zero.at(
              i / area / (channels / groups) % (outputs / groups),
              i / area % (channels / groups),
              i % area / kernelWidth,
              i % kernelWidth);
      weights[i] = none ? 0 : paired ? shareable(weight) : weight;
    }
    IntKernel kernel =
        new IntKernel(
            outputs, channels / groups, kernelHeight, kernelWidth, groups, weights, weightBits);
    int[] padCode = new int[channels];
    for (int c = 0; c < channels && randomPads; c++) {
      padCode[c] = (int) (type.min() + random.nextInt((int) (type.max() - type.min() + 1)));
    }
    FixedType out = random.nextBoolean() ? FixedType.UINT8 : new FixedType(true, 8);
    int classCount = (1 + pads.top() + pads.bottom()) * (1 + pads.left() + pads.right());
    Requant requant =
        requant(kernel.accumulator(type.range()), classes ? classCount : 1, out, random);
    StreamType in = new StreamType(channels, inLanes, type, width, height);
    return new ConvSpec(
        name, in, kernel, stride, pads, border, padCode, requant, out, outLanes, fold, null, block,
        paired);
  }

  /** A weight that is not the least there is. */
  private int shareable(int weight) {
    int most = (1 << (weightBits - 1)) - 1;
    boolean even = weight % 2 == 0;
    return even ? (weight < 0 ? -most : most) : Math.max(-most, weight);
  }

  /** Scales so that a good part of the sums lies between the clip bounds. */
  private Requant requant(Range acc, int classCount, FixedType out, Random random) {
    int preShift = Math.max(0, acc.signedWidth() - Requant.OPERAND_BITS);
    double taps = channels / groups * kernelHeight * kernelWidth;
    double typical = Math.sqrt(taps) * acc.hi() / taps / 2 / (1L << preShift);
    int shift = (int) Math.ceil(Math.log(typical * factor / 120) / Math.log(2));
    long[] threshold = null;
    if (twoSided) {
      threshold = random.longs(outputs, -(long) typical, (long) typical).toArray();
    }
    return new Requant(
        preShift,
        shift,
        factors(random),
        offsets(classCount, shift, out, random),
        threshold,
        twoSided ? factors(random) : null,
        twoSided ? offsets(classCount, shift, out, random) : null,
        (int) out.min() + 3,
        (int) out.max() - 5);
  }

  private int[] factors(Random random) {
    return random.ints(outputs, -factor, factor + 1).toArray();
  }

  private long[][] offsets(int classCount, int shift, FixedType out, Random random) {
    long middle = (out.min() + out.max() + 1) / 2 << shift;
    long spread = 40L << shift;
    long[][] offset = new long[classCount][];
    for (int k = 0; k < classCount; k++) {
      offset[k] = random.longs(outputs, middle - spread, middle + spread).toArray();
    }
    return offset;
  }
}
