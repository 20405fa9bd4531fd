package dev.tessera.unit.conv;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Border;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Pads;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Convolutions that between them reach every corner of the unit, on small frames. */
public final class ConvSamples {
  private static final FixedType U8 = FixedType.UINT8;
  private static final FixedType S8 = new FixedType(true, 8);
  private static final FixedType S9 = new FixedType(true, 9);
  private static final Pads ONE = new Pads(1, 1, 1, 1);

  private ConvSamples() {}

  /** All samples; the same at every call. */
  public static List<ConvSpec> all() {
    List<ConvSpec> all = new ArrayList<>();
    dense(all);
    grouped(all);
    borders(all);
    shapes(all);
    return all;
  }

  private static void dense(List<ConvSpec> all) {
    all.add(frame(7, 5).channels(4, 4).lanes(2, 2).kernel(3, 3, ONE).fold(1, 1, 2, 6).make("d0"));
    all.add(frame(7, 5).channels(3, 8).lanes(3, 8).kernel(3, 3, ONE).fold(1, 1, 8, 27).make("d1"));
    all.add(
        frame(16, 6)
            .channels(1, 7)
            .lanes(1, 1)
            .kernel(5, 5, same(5, 5))
            .fold(1, 1, 1, 25)
            .make("d2"));
    all.add(frame(9, 5).channels(5, 6).lanes(5, 3).kernel(3, 3, ONE).fold(2, 1, 6, 7).make("d3"));
    all.add(frame(16, 6).channels(6, 6).lanes(3, 2).kernel(3, 3, ONE).fold(3, 1, 4, 9).make("d4"));
    all.add(frame(10, 4).channels(8, 5).lanes(2, 1).kernel(3, 3, ONE).fold(8, 1, 1, 2).make("d5"));
    all.add(
        frame(13, 7)
            .channels(1, 2)
            .lanes(1, 2)
            .kernel(7, 11, same(7, 11))
            .fold(2, 1, 2, 20)
            .classes()
            .make("d6"));
  }

  private static void grouped(List<ConvSpec> all) {
    all.add(
        frame(7, 5)
            .channels(8, 8)
            .lanes(4, 2)
            .kernel(3, 3, ONE)
            .groups(4)
            .fold(1, 1, 2, 5)
            .make("g0"));
    all.add(
        frame(8, 5)
            .channels(8, 8)
            .lanes(4, 2)
            .kernel(3, 3, ONE)
            .groups(4)
            .fold(2, 3, 2, 3)
            .make("g1"));
    all.add(
        frame(8, 5)
            .channels(8, 16)
            .lanes(8, 1)
            .kernel(3, 3, ONE)
            .groups(4)
            .fold(2, 4, 1, 2)
            .make("g2"));
    all.add(
        frame(7, 6)
            .channels(6, 6)
            .lanes(2, 3)
            .kernel(3, 3, ONE)
            .groups(6)
            .fold(1, 3, 1, 3)
            .make("g3"));
    all.add(
        frame(7, 5)
            .channels(5, 10)
            .lanes(5, 1)
            .kernel(3, 3, ONE)
            .groups(5)
            .fold(1, 2, 1, 4)
            .twoSided()
            .make("g4", false));
    all.add(
        frame(9, 5)
            .channels(8, 12)
            .lanes(2, 2)
            .kernel(3, 3, ONE)
            .groups(2)
            .fold(1, 2, 4, 3)
            .classes()
            .make("g5"));
  }

  private static void borders(List<ConvSpec> all) {
    all.add(
        frame(7, 6)
            .channels(3, 4)
            .lanes(1, 2)
            .kernel(3, 3, ONE)
            .border(Border.EDGE)
            .fold(2, 1, 4, 5)
            .make("b0"));
    all.add(
        frame(9, 7)
            .channels(2, 3)
            .lanes(2, 3)
            .kernel(5, 5, same(5, 5))
            .border(Border.REFLECT)
            .fold(3, 1, 3, 9)
            .make("b1"));
    all.add(
        frame(8, 7)
            .channels(2, 3)
            .lanes(1, 1)
            .kernel(3, 5, new Pads(1, 3, 0, 1))
            .fold(2, 1, 3, 4)
            .classes()
            .make("b2"));
    all.add(
        frame(9, 8).channels(2, 4).lanes(2, 2).kernel(5, 5, Pads.NONE).fold(2, 1, 2, 7).make("b3"));
    all.add(
        frame(9, 8)
            .channels(2, 2)
            .lanes(2, 2)
            .kernel(3, 4, new Pads(2, 0, 0, 3))
            .fold(1, 1, 2, 6)
            .twoSided()
            .make("b4"));
    all.add(
        frame(8, 6)
            .channels(2, 2)
            .lanes(1, 2)
            .kernel(4, 3, new Pads(0, 2, 3, 0))
            .border(Border.EDGE)
            .fold(3, 1, 2, 2)
            .make("b5"));
    all.add(
        frame(6, 5)
            .channels(2, 2)
            .lanes(2, 1)
            .kernel(5, 1, new Pads(2, 0, 2, 0))
            .border(Border.REFLECT)
            .fold(1, 1, 1, 4)
            .make("b6"));
    all.add(
        frame(9, 4)
            .channels(2, 2)
            .lanes(2, 2)
            .kernel(1, 5, new Pads(0, 2, 0, 2))
            .border(Border.REFLECT)
            .fold(2, 1, 2, 2)
            .type(S8)
            .make("b7"));
  }

  private static void shapes(List<ConvSpec> all) {
    all.add(
        frame(7, 5)
            .channels(12, 11)
            .lanes(12, 11)
            .kernel(1, 1, Pads.NONE)
            .fold(1, 1, 11, 12)
            .make("p0"));
    all.add(
        frame(7, 5)
            .channels(8, 6)
            .lanes(4, 2)
            .kernel(1, 1, Pads.NONE)
            .fold(5, 1, 2, 1)
            .type(S9)
            .make("p1"));
    all.add(
        frame(7, 5)
            .channels(6, 8)
            .lanes(6, 8)
            .kernel(1, 1, Pads.NONE)
            .groups(2)
            .fold(3, 2, 4, 1)
            .make("p2", false));
    all.add(frame(16, 6).channels(1, 1).lanes(1, 1).kernel(3, 3, ONE).fold(1, 1, 1, 9).make("p3"));
    all.add(
        frame(12, 6)
            .channels(2, 4)
            .lanes(2, 4)
            .kernel(3, 3, ONE)
            .fold(4, 1, 4, 4)
            .twoSided()
            .classes()
            .make("p4"));
    all.add(
        frame(7, 5)
            .channels(3, 2)
            .lanes(3, 2)
            .kernel(3, 3, ONE)
            .type(new FixedType(true, 16))
            .weightBits(16)
            .fold(1, 1, 2, 9)
            .make("p5"));
    all.add(
        frame(11, 5).channels(4, 70).lanes(4, 5).kernel(3, 3, ONE).fold(1, 1, 10, 18).make("p6"));
  }

  private static Pads same(int height, int width) {
    return new Pads((height - 1) / 2, (width - 1) / 2, height / 2, width / 2);
  }

  /** A frame of random codes. */
  public static Frame frame(ConvSpec spec, Random random) {
    StreamType in = spec.in();
    Frame frame = new Frame(in.channels(), in.height(), in.width());
    long span = in.type().max() - in.type().min() + 1;
    for (int i = 0; i < frame.data().length; i++) {
      frame.data()[i] = (int) (in.type().min() + (long) (random.nextDouble() * span));
    }
    return frame;
  }

  /** Starts a sample on a frame of the given size. */
  public static Maker frame(int width, int height) {
    return new Maker(width, height);
  }

  /** Collects the parameters of a sample; weights and tables are random. */
  public static final class Maker {
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
    private Pads pads = Pads.NONE;
    private Border border = Border.VALUE;
    private FixedType type = U8;
    private ConvFold fold;
    private boolean twoSided;
    private boolean classes;

    private Maker(int width, int height) {
      this.width = width;
      this.height = height;
    }

    /** Input and output channels. */
    public Maker channels(int in, int out) {
      channels = in;
      outputs = out;
      return this;
    }

    /** Values of a beat. */
    public Maker lanes(int in, int out) {
      inLanes = in;
      outLanes = out;
      return this;
    }

    /** Kernel rows, columns and padding. */
    public Maker kernel(int rows, int columns, Pads padding) {
      kernelHeight = rows;
      kernelWidth = columns;
      pads = padding;
      return this;
    }

    /** Groups; 1 if not called. */
    public Maker groups(int count) {
      groups = count;
      return this;
    }

    /** Border rule; VALUE if not called. */
    public Maker border(Border rule) {
      border = rule;
      return this;
    }

    /** Input type; uint8 if not called. */
    public Maker type(FixedType input) {
      type = input;
      return this;
    }

    /** Weight bits; 8 if not called. */
    public Maker weightBits(int bits) {
      weightBits = bits;
      return this;
    }

    /** Positions, parallel groups, outputs and taps. */
    public Maker fold(int positions, int groupsParallel, int pe, int simd) {
      fold = new ConvFold(positions, groupsParallel, pe, simd);
      return this;
    }

    /** With a second slope. */
    public Maker twoSided() {
      twoSided = true;
      return this;
    }

    /** With an offset per border class. */
    public Maker classes() {
      classes = true;
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
        weights[i] = random.nextInt(1 << weightBits) - (1 << (weightBits - 1));
      }
      IntKernel kernel =
          new IntKernel(
              outputs, channels / groups, kernelHeight, kernelWidth, groups, weights, weightBits);
      int[] padCode = new int[channels];
      for (int c = 0; c < channels && randomPads; c++) {
        padCode[c] = (int) (type.min() + random.nextInt((int) (type.max() - type.min() + 1)));
      }
      FixedType out = random.nextBoolean() ? U8 : S8;
      int classCount = (1 + pads.top() + pads.bottom()) * (1 + pads.left() + pads.right());
      Requant requant =
          requant(kernel.accumulator(type.range()), classes ? classCount : 1, out, random);
      StreamType in = new StreamType(channels, inLanes, type, width, height);
      return new ConvSpec(name, in, kernel, pads, border, padCode, requant, out, outLanes, fold);
    }

    /** Scales so that a good part of the sums lies between the clip bounds. */
    private Requant requant(Range acc, int classCount, FixedType out, Random random) {
      int preShift = Math.max(0, acc.signedWidth() - Requant.OPERAND_BITS);
      double taps = channels / groups * kernelHeight * kernelWidth;
      double typical = Math.sqrt(taps) * acc.hi() / taps / 2 / (1L << preShift);
      int shift = (int) Math.ceil(Math.log(typical * 50_000 / 60) / Math.log(2));
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
      return random.ints(outputs, -100_000, 100_001).toArray();
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
}
