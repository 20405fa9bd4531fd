package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Frame;
import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import dev.tessera.num.FixedType;
import dev.tessera.num.Moments;
import dev.tessera.num.Normalization;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small integer graphs, built node by node; weights are random, codes are uint8 throughout. */
final class Nets {
  /** Factor of a requantiser, times the root of the products in a sum. */
  private static final double SPREAD = 100_000;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorType> types = new LinkedHashMap<>();
  private final Random random = new Random(1);

  /** A graph of an input {@code x} of {@code channels} channels. */
  Nets(int channels) {
    nodes.add(new Node.Input("input", "x"));
    types.put("x", new TensorType(channels, Extent.FRAME, Extent.FRAME));
  }

  private TensorType like(String value, int channels) {
    return new TensorType(channels, types.get(value).height(), types.get(value).width());
  }

  /** A convolution that keeps the frame's size. */
  Nets conv(String in, String out, int outputs, int kernel, int groups) {
    return conv(in, out, outputs, kernel, groups, Stride.ONE);
  }

  /** A convolution at every position that {@code stride} leaves, rounded up. */
  Nets conv(String in, String out, int outputs, int kernel, int groups, Stride stride) {
    int inputs = types.get(in).channels();
    int taps = inputs / groups * kernel * kernel;
    int[] weights = random.ints((long) outputs * taps, -127, 128).toArray();
    int pad = (kernel - 1) / 2;
    nodes.add(
        new Node.QConv(
            "/net/" + out,
            in,
            out,
            new IntKernel(outputs, inputs / groups, kernel, kernel, groups, weights, 8),
            stride,
            new Pads(pad, pad, pad, pad),
            Border.VALUE,
            new int[inputs],
            spread(outputs, taps),
            FixedType.UINT8));
    TensorType type = types.get(in);
    types.put(
        out,
        new TensorType(
            outputs,
            type.height().window(kernel, 2 * pad, stride.rows()),
            type.width().window(kernel, 2 * pad, stride.columns())));
    return this;
  }

  /** Every channel moved by a pixel, to the right, left, down and up in turn. */
  Nets move(String in, String out) {
    int channels = types.get(in).channels();
    int[] places = {3, 5, 1, 7};
    int[] weights = new int[channels * 9];
    for (int c = 0; c < channels; c++) {
      weights[c * 9 + places[c % places.length]] = 1;
    }
    nodes.add(
        new Node.QConv(
            "/net/" + out,
            in,
            out,
            new IntKernel(channels, 1, 3, 3, channels, weights, IntKernel.SIGN_BITS),
            Stride.ONE,
            new Pads(1, 1, 1, 1),
            Border.VALUE,
            new int[channels],
            requant(channels, 2, 1),
            FixedType.UINT8));
    types.put(out, like(in, channels));
    return this;
  }

  /** Addition. */
  Nets add(String left, String right, String out) {
    int channels = types.get(left).channels();
    int[] one = new int[channels];
    Arrays.fill(one, 1);
    nodes.add(
        new Node.QAdd(
            out, left, right, out, one, one, new long[channels], 1, 0, 255, FixedType.UINT8));
    types.put(out, like(left, channels));
    return this;
  }

  /** A stored map, normalised to a mean of 120 and a deviation of 45. */
  Nets norm(String in, String out, int phases) {
    int channels = types.get(in).channels();
    double[] ones = filled(channels, 1);
    int shift = 14;
    Normalization bare =
        new Normalization(
            ones,
            new double[channels],
            filled(channels / phases, 45),
            filled(channels / phases, 120),
            1,
            ones,
            new int[channels],
            1,
            null);
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    Arrays.fill(sums, 100 * 128);
    Arrays.fill(squares, 100 * (128 * 128 + 60 * 60));
    Normalization rule = bare.with(shift, new Moments(100, sums, squares));
    Requant none =
        new Requant(0, shift, new int[channels], new long[1][channels], null, null, null, 0, 255);
    Requant typical = none.with(rule.typical(), rule.offsetShift());
    nodes.add(new Node.QNorm(out, in, out, typical, FixedType.UINT8, rule));
    types.put(out, types.get(in));
    return this;
  }

  private static double[] filled(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  /** Concatenation. */
  Nets concat(String out, String... in) {
    nodes.add(new Node.Concat(out, List.of(in), out));
    int channels = Arrays.stream(in).mapToInt(v -> types.get(v).channels()).sum();
    types.put(out, like(in[0], channels));
    return this;
  }

  /** Channels {@code from} to {@code to} exclusively. */
  Nets select(String in, String out, int from, int to) {
    int[] channels = new int[to - from];
    Arrays.setAll(channels, i -> from + i);
    nodes.add(new Node.Select(out, in, out, channels));
    types.put(out, like(in, channels.length));
    return this;
  }

  /** The identity as a table. */
  Nets table(String in, String out) {
    int[] entries = new int[256];
    Arrays.setAll(entries, i -> i);
    nodes.add(new Node.QTable(out, in, out, entries, FixedType.UINT8));
    types.put(out, types.get(in));
    return this;
  }

  /** Pixel shuffle in the order of channels that the passes leave. */
  Nets shuffle(String in, String out, int block) {
    nodes.add(new Node.DepthToSpace(out, in, out, block, false));
    TensorType type = types.get(in);
    types.put(
        out,
        new TensorType(
            type.channels() / (block * block),
            type.height().times(block),
            type.width().times(block)));
    return this;
  }

  /** Product; {@code right} may have one channel. */
  Nets mul(String left, String right, String out) {
    int channels = types.get(left).channels();
    int[] none = new int[types.get(right).channels()];
    Requant q = requant(channels, 257, 16);
    nodes.add(new Node.QMul(out, left, right, out, new int[channels], none, q, FixedType.UINT8));
    types.put(out, like(left, channels));
    return this;
  }

  /** The maximum of a window. */
  Nets max(String in, String out, int kernel, int stride, int pad) {
    return pool(in, out, Pooling.MAX, kernel, stride, pad);
  }

  /** The average of a window. */
  Nets average(String in, String out, int kernel, int stride, int pad) {
    return pool(in, out, Pooling.AVERAGE, kernel, stride, pad);
  }

  private Nets pool(String in, String out, Pooling pooling, int kernel, int stride, int pad) {
    TensorType type = types.get(in);
    int factor = pooling == Pooling.MAX ? 1 << 16 : (1 << 16) / (kernel * kernel);
    nodes.add(
        new Node.QPool(
            out,
            in,
            out,
            pooling,
            kernel,
            kernel,
            new Stride(stride, stride),
            new Pads(pad, pad, pad, pad),
            requant(type.channels(), factor, 16),
            FixedType.UINT8));
    types.put(
        out,
        new TensorType(
            type.channels(),
            type.height().window(kernel, 2 * pad, stride),
            type.width().window(kernel, 2 * pad, stride)));
    return this;
  }

  /** A map {@code factor} times as large, the nearest pixel. */
  Nets nearest(String in, String out, int factor) {
    TensorType type = types.get(in);
    return resize(
        in, out, Sampling.Mode.NEAREST, type.height().times(factor), type.width().times(factor));
  }

  /** A map {@code factor} times as large, bilinear. */
  Nets linear(String in, String out, int factor) {
    TensorType type = types.get(in);
    return resize(
        in, out, Sampling.Mode.LINEAR, type.height().times(factor), type.width().times(factor));
  }

  /** A map of the size of another one, bilinear. */
  Nets linear(String in, String out, String like) {
    TensorType type = types.get(like);
    return resize(in, out, Sampling.Mode.LINEAR, type.height(), type.width());
  }

  private Nets resize(String in, String out, Sampling.Mode mode, Extent height, Extent width) {
    int channels = types.get(in).channels();
    boolean linear = mode == Sampling.Mode.LINEAR;
    Sampling sampling =
        new Sampling(mode, Sampling.Coordinates.HALF_PIXEL, Sampling.Rounding.FLOOR, height, width);
    Requant q = linear ? requant(channels, 256, 24) : requant(channels, 256, 8);
    nodes.add(new Node.QResize(out, in, out, sampling, linear ? 8 : 0, q, FixedType.UINT8));
    types.put(out, new TensorType(channels, height, width));
    return this;
  }

  private static Requant requant(int channels, int factor, int shift) {
    int[] factors = new int[channels];
    long[][] halves = new long[1][channels];
    Arrays.fill(factors, factor);
    Arrays.fill(halves[0], 1L << (shift - 1));
    return new Requant(0, shift, factors, halves, null, null, null, 0, 255);
  }

  /**
   * Brings sums of {@code taps} products around the middle of all codes, most of them within the
   * range: zeros throughout would hide every wrong pixel.
   */
  private static Requant spread(int channels, int taps) {
    int[] factors = new int[channels];
    long[][] middle = new long[1][channels];
    Arrays.fill(factors, (int) Math.round(SPREAD / Math.sqrt(taps)));
    Arrays.fill(middle[0], 128L << 16);
    return new Requant(8, 16, factors, middle, null, null, null, 0, 255);
  }

  /** That a wrong pixel of {@code made} would be seen: it holds many codes. */
  static Frame lively(Frame made) {
    long codes = Arrays.stream(made.data()).distinct().count();
    int most = Math.min(256, made.data().length);
    assertTrue(codes > most / 8, codes + " different codes in " + made.data().length);
    return made;
  }

  /** The graph that ends in {@code output}. */
  Graph graph(String output) {
    return new Graph("net", nodes, types, Map.of(), output);
  }

  /** The 3-stage network of sub-pixel convolution. */
  static Graph espcn() {
    return new Nets(1)
        .conv("x", "c1", 64, 5, 1)
        .conv("c1", "c2", 32, 3, 1)
        .conv("c2", "c3", 4, 3, 1)
        .shuffle("c3", "y", 2)
        .graph("y");
  }

  /** Eight convolutions, half of them pointwise. */
  static Graph fsrcnn() {
    Nets nets = new Nets(1).conv("x", "c0", 56, 5, 1).conv("c0", "m0", 12, 1, 1);
    for (int i = 0; i < 4; i++) {
      nets.conv("m" + i, "m" + (i + 1), 12, 3, 1);
    }
    return nets.conv("m4", "e", 56, 1, 1).conv("e", "d", 4, 1, 1).shuffle("d", "y", 2).graph("y");
  }

  /** Plain convolutions and an anchor: the input nine times, added at the end. */
  static Graph abpn() {
    Nets nets = new Nets(3).conv("x", "c0", 28, 3, 1);
    for (int i = 1; i < 5; i++) {
      nets.conv("c" + (i - 1), "c" + i, 28, 3, 1);
    }
    return nets.conv("c4", "c5", 27, 3, 1)
        .conv("c5", "c6", 27, 3, 1)
        .concat("anchor", "x", "x", "x", "x", "x", "x", "x", "x", "x")
        .add("anchor", "c6", "s")
        .shuffle("s", "y", 3)
        .graph("y");
  }

  /** Grouped blocks and a long skip that widens. */
  static Graph xlsr() {
    Nets nets = new Nets(3).conv("x", "head", 32, 3, 1).conv("head", "m", 32, 1, 1);
    String last = "m";
    for (int i = 0; i < 3; i++) {
      nets.conv(last, "g" + i, 32, 3, 4).conv("g" + i, "p" + i, 32, 1, 1);
      last = "p" + i;
    }
    return nets.conv("x", "side", 16, 3, 1)
        .concat("cat", last, "side")
        .conv("cat", "fuse", 32, 1, 1)
        .conv("fuse", "tail", 27, 3, 1)
        .shuffle("tail", "y", 3)
        .graph("y");
  }

  /** Distillation: parts of every map skip ahead. */
  static Graph imdn() {
    Nets nets = new Nets(3).conv("x", "b0", 12, 3, 1);
    for (int i = 0; i < 5; i++) {
      String b = "b" + i;
      nets.conv(b, b + "a", 12, 3, 1)
          .select(b + "a", b + "as", 0, 3)
          .select(b + "a", b + "ar", 3, 12)
          .conv(b + "ar", b + "c", 12, 3, 1)
          .select(b + "c", b + "cs", 0, 3)
          .select(b + "c", b + "cr", 3, 12)
          .conv(b + "cr", b + "d", 12, 3, 1)
          .select(b + "d", b + "ds", 0, 3)
          .select(b + "d", b + "dr", 3, 12)
          .conv(b + "dr", b + "e", 3, 3, 1)
          .concat(b + "cat", b + "as", b + "cs", b + "ds", b + "e")
          .conv(b + "cat", b + "f", 12, 1, 1)
          .add(b + "f", b, "b" + (i + 1));
    }
    return nets.conv("b5", "fuse", 12, 1, 1)
        .add("b0", "fuse", "s")
        .conv("s", "tail", 12, 3, 1)
        .shuffle("tail", "y", 2)
        .graph("y");
  }
}
