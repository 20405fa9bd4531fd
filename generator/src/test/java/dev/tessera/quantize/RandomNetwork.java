package dev.tessera.quantize;

import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Shapes;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Integer networks that chance puts together out of every layer, their codes uint8 throughout and
 * spread over the whole range, so that one wrong pixel is seen behind many layers.
 */
final class RandomNetwork {
  private static final int MOST_CHANNELS = 8;
  private static final int SHIFT = 20;

  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorType> types = new LinkedHashMap<>();

  private RandomNetwork(long seed) {
    random = new Random(seed);
  }

  /** A network of 1 to {@code depth} layers that each read one of the last few maps. */
  static Graph of(long seed, int depth) {
    return new RandomNetwork(seed).graph(depth);
  }

  private Graph graph(int depth) {
    nodes.add(new Node.Input("input", "x"));
    types.put("x", new TensorType(1 + random.nextInt(3), Extent.FRAME, Extent.FRAME));
    int layers = 1 + random.nextInt(depth);
    String last = "x";
    for (int i = 0; i < layers; i++) {
      last = layer("v" + i, random.nextInt(3) == 0 ? any() : last);
    }
    return new Graph("random", nodes, types, Map.of(), last);
  }

  private String any() {
    List<String> values = List.copyOf(types.keySet());
    return values.get(random.nextInt(values.size()));
  }

  private String layer(String name, String in) {
    int c = types.get(in).channels();
    switch (random.nextInt(11)) {
      case 0:
        return add(new Node.QTable(name, in, name, permutation(), FixedType.UINT8));
      case 1:
        return add(new Node.QScale(name, in, name, requant(c, 1, 1), FixedType.UINT8));
      case 2:
        return shuffle(name, in);
      case 3:
        return sum(name, in, partner(in, c));
      case 4:
        return concat(name, in);
      case 5:
        return pool(name, in);
      case 6:
        return product(name, in);
      case 7:
        return random.nextBoolean() ? resize(name, in) : sized(name, in);
      default:
        return conv(name, in);
    }
  }

  private String add(Node node) {
    nodes.add(node);
    types.put(node.output(), Shapes.of(node, types));
    return node.output();
  }

  private String conv(String name, String in) {
    int c = types.get(in).channels();
    int groups = c > 1 && random.nextInt(4) == 0 ? c : 1;
    int out = groups > 1 ? c : 1 + random.nextInt(6);
    int height = 1 + random.nextInt(5);
    int width = 1 + random.nextInt(5);
    Border border = Border.values()[random.nextInt(Border.values().length)];
    Pads pads = pads(height, width, border);
    int taps = c / groups * height * width;
    int[] weights = random.ints((long) out * taps, -127, 128).toArray();
    int classes =
        random.nextBoolean()
            ? 1
            : (1 + pads.top() + pads.bottom()) * (1 + pads.left() + pads.right());
    return add(
        new Node.QConv(
            name,
            in,
            name,
            new IntKernel(out, c / groups, height, width, groups, weights, 8),
            stride(in),
            pads,
            border,
            random.ints(c, 0, 256).toArray(),
            requant(out, 7000 * Math.sqrt(taps) / 50, classes),
            FixedType.UINT8));
  }

  /** Padding that keeps the size, or any that the convolution unit takes. */
  private Pads pads(int height, int width, Border border) {
    if (random.nextBoolean()) {
      return new Pads((height - 1) / 2, (width - 1) / 2, (height - 1) / 2, (width - 1) / 2);
    }
    boolean reflect = border == Border.REFLECT;
    int rows = reflect ? (height - 1) / 2 : height - 1;
    int columns = reflect ? (width - 1) / 2 : width - 1;
    int top = random.nextInt(rows + 1);
    int left = random.nextInt(columns + 1);
    return new Pads(
        top,
        left,
        random.nextInt((reflect ? rows : rows - top) + 1),
        random.nextInt((reflect ? columns : columns - left) + 1));
  }

  /** Brings sums of the spread {@code range} around 128. */
  private Requant requant(int channels, double range, int classes) {
    int[] multiplier = new int[channels];
    long[][] offset = new long[classes][channels];
    for (int c = 0; c < channels; c++) {
      double sign = random.nextBoolean() ? 1 : -1;
      multiplier[c] = (int) (sign * (0.6 + random.nextDouble()) / range * (1 << SHIFT));
      for (long[] row : offset) {
        double middle = range == 1 && sign > 0 ? 0 : range == 1 ? 255 : 128;
        row[c] = (long) ((middle + 40 * random.nextGaussian()) * (1 << SHIFT));
      }
    }
    return new Requant(0, SHIFT, multiplier, offset, null, null, null, 0, 255);
  }

  private int[] permutation() {
    int[] entries = new int[256];
    int step = 1 + 2 * random.nextInt(128);
    for (int i = 0; i < entries.length; i++) {
      entries[i] = (i * step + 77) & 255;
    }
    return entries;
  }

  private String shuffle(String name, String in) {
    int block = 2 + random.nextInt(2);
    TensorType type = types.get(in);
    boolean large = type.width().perFrame() > 2 || type.channels() % (block * block) != 0;
    return large ? conv(name, in) : add(new Node.DepthToSpace(name, in, name, block, true));
  }

  /** Another map of the size of {@code in} with {@code channels} channels, or any number. */
  private String partner(String in, int channels) {
    TensorType type = types.get(in);
    List<String> fit = new ArrayList<>();
    types.forEach(
        (value, other) -> {
          boolean same = other.height().equals(type.height()) && other.width().equals(type.width());
          if (same && (channels == 0 || other.channels() == channels)) {
            fit.add(value);
          }
        });
    return fit.get(random.nextInt(fit.size()));
  }

  private String sum(String name, String left, String right) {
    int c = types.get(left).channels();
    int[] a = random.ints(c, 80, 160).toArray();
    int[] b = random.ints(c, -100, 100).toArray();
    long[] offset = random.longs(c, -4000, 12000).toArray();
    return add(new Node.QAdd(name, left, right, name, a, b, offset, 7, 0, 255, FixedType.UINT8));
  }

  private String pool(String name, String in) {
    int c = types.get(in).channels();
    int height = 1 + random.nextInt(4);
    int width = 1 + random.nextInt(4);
    Pads pads = new Pads(height / 2, width / 2, (height - 1) / 2, (width - 1) / 2);
    boolean max = random.nextBoolean();
    int part = max ? 1 : height * width;
    Requant share =
        new Requant(
            0, SHIFT, filled(c, (1 << SHIFT) / part), new long[1][c], null, null, null, 0, 255);
    return add(
        new Node.QPool(
            name,
            in,
            name,
            max ? Pooling.MAX : Pooling.AVERAGE,
            height,
            width,
            stride(in),
            pads,
            share,
            FixedType.UINT8));
  }

  private String product(String name, String in) {
    int c = types.get(in).channels();
    int[] zero = random.ints(c, 100, 156).toArray();
    int[] other = random.ints(c, 0, 256).toArray();
    return add(
        new Node.QMul(
            name, in, partner(in, c), name, zero, other, requant(c, 90, 1), FixedType.UINT8));
  }

  private String resize(String name, String in) {
    TensorType type = types.get(in);
    if (type.width().perFrame() > 1) {
      return conv(name, in);
    }
    int factor = 2 + random.nextInt(2);
    return resize(name, in, type.height().times(factor), type.width().times(factor), 2);
  }

  /** A map of the size of another one that is larger on large frames. */
  private String sized(String name, String in) {
    TensorType type = types.get(in);
    List<TensorType> larger = new ArrayList<>();
    for (TensorType other : types.values()) {
      boolean rows = other.height().perFrame() > type.height().perFrame();
      if (rows && other.width().perFrame() > type.width().perFrame()) {
        larger.add(other);
      }
    }
    if (larger.isEmpty()) {
      return resize(name, in);
    }
    TensorType like = larger.get(random.nextInt(larger.size()));
    return resize(name, in, like.height(), like.width(), 3);
  }

  private String resize(String name, String in, Extent height, Extent width, int rules) {
    TensorType type = types.get(in);
    boolean linear = random.nextBoolean();
    Sampling sampling =
        new Sampling(
            linear ? Sampling.Mode.LINEAR : Sampling.Mode.NEAREST,
            Sampling.Coordinates.values()[random.nextInt(rules)],
            Sampling.Rounding.values()[random.nextInt(Sampling.Rounding.values().length)],
            height,
            width);
    int c = type.channels();
    Requant unit =
        new Requant(
            0,
            SHIFT,
            filled(c, linear ? 16 : 1 << SHIFT),
            new long[1][c],
            null,
            null,
            null,
            0,
            255);
    return add(new Node.QResize(name, in, name, sampling, linear ? 8 : 0, unit, FixedType.UINT8));
  }

  private static int[] filled(int length, int value) {
    int[] all = new int[length];
    Arrays.fill(all, value);
    return all;
  }

  /** Mostly 1; larger ones as long as enough of the frame is left. */
  private Stride stride(String in) {
    boolean small = types.get(in).width().perFrame() < 0.4;
    return small || random.nextInt(3) > 0
        ? Stride.ONE
        : new Stride(1 + random.nextInt(3), 1 + random.nextInt(3));
  }

  private String concat(String name, String in) {
    String other = partner(in, 0);
    if (types.get(in).channels() + types.get(other).channels() > MOST_CHANNELS) {
      int[] chosen = random.ints(4, 0, types.get(in).channels()).toArray();
      return add(new Node.Select(name, in, name, chosen));
    }
    return add(new Node.Concat(name, List.of(in, other), name));
  }
}
