package dev.tessera.quantize;

import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pooling;
import dev.tessera.num.FixedType;
import dev.tessera.num.Normalization;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs integer graphs by the formulas of the nodes, position by position, and checks that every
 * code is of its type. Shares no code with the quantiser.
 */
final class IntegerExecutor {
  private final Graph graph;
  private final Map<String, int[][][]> values = new HashMap<>();

  IntegerExecutor(Graph graph) {
    this.graph = graph;
  }

  /** The output frame, [channel][row][column]. */
  int[][][] run(int[][][] input) {
    values.clear();
    for (Node node : graph.nodes()) {
      int[][][] made = node instanceof Node.Input ? input : step(node);
      FixedType type = graph.quants().get(node.output()).type();
      for (int[][] plane : made) {
        for (int[] row : plane) {
          for (int code : row) {
            if (!type.holds(code)) {
              throw new AssertionError(node.name() + ": " + code + " is not " + type);
            }
          }
        }
      }
      values.put(node.output(), made);
    }
    return values.get(graph.output());
  }

  private int[][][] step(Node node) {
    int[][][] in = values.get(node.inputs().get(0));
    if (node instanceof Node.QConv n) {
      return conv(n, in);
    } else if (node instanceof Node.QScale n) {
      return map(in, in.length, (c, y, x) -> requantise(n.requant(), in[c][y][x], c, 0));
    } else if (node instanceof Node.QNorm n) {
      long[][][] codes = new long[in.length][][];
      for (int c = 0; c < in.length; c++) {
        codes[c] = new long[in[c].length][];
        for (int y = 0; y < in[c].length; y++) {
          codes[c][y] = Arrays.stream(in[c][y]).asLongStream().toArray();
        }
      }
      Requant own = normalising(n.norm(), n.requant(), codes);
      return map(in, in.length, (c, y, x) -> requantise(own, in[c][y][x], c, 0));
    } else if (node instanceof Node.QTable n) {
      int least = (int) graph.quants().get(n.input()).type().min();
      return map(in, in.length, (c, y, x) -> n.entries()[in[c][y][x] - least]);
    } else if (node instanceof Node.QAdd n) {
      int[][][] right = values.get(n.right());
      return map(in, in.length, (c, y, x) -> add(n, in[c][y][x], right[c][y][x], c));
    } else if (node instanceof Node.QMul n) {
      int[][][] right = values.get(n.right());
      return map(in, in.length, (c, y, x) -> multiply(n, in[c][y][x], right, c, y, x));
    } else if (node instanceof Node.QPool n) {
      return pool(n, in);
    } else if (node instanceof Node.Select n) {
      return map(in, n.channels().length, (c, y, x) -> in[n.channels()[c]][y][x]);
    } else if (node instanceof Node.Concat n) {
      List<int[][]> planes = new ArrayList<>();
      n.inputs().forEach(name -> planes.addAll(List.of(values.get(name))));
      return planes.toArray(new int[0][][]);
    } else if (node instanceof Node.DepthToSpace n) {
      return shuffle(n, in);
    }
    throw new AssertionError("no integer node: " + node);
  }

  private interface At {
    int code(int channel, int row, int column);
  }

  private static int[][][] map(int[][][] shape, int channels, At at) {
    int[][][] out = new int[channels][shape[0].length][shape[0][0].length];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < out[c].length; y++) {
        for (int x = 0; x < out[c][y].length; x++) {
          out[c][y][x] = at.code(c, y, x);
        }
      }
    }
    return out;
  }

  private static int[][][] shuffle(Node.DepthToSpace n, int[][][] in) {
    int b = n.block();
    int channels = in.length / (b * b);
    int[][][] out = new int[channels][in[0].length * b][in[0][0].length * b];
    for (int i = 0; i < in.length; i++) {
      int c = n.crd() ? i / (b * b) : i % channels;
      int phase = n.crd() ? i % (b * b) : i / channels;
      for (int y = 0; y < in[i].length; y++) {
        for (int x = 0; x < in[i][y].length; x++) {
          out[c][y * b + phase / b][x * b + phase % b] = in[i][y][x];
        }
      }
    }
    return out;
  }

  private static int multiply(Node.QMul n, int left, int[][][] right, int c, int y, int x) {
    int other = right.length == 1 ? 0 : c;
    int product = (left - n.leftZero()[c]) * (right[other][y][x] - n.rightZero()[other]);
    return requantise(n.requant(), product, c, 0);
  }

  private static int[][][] pool(Node.QPool n, int[][][] in) {
    int height = in[0].length;
    int width = in[0][0].length;
    int rows = (height + n.pads().top() + n.pads().bottom() - n.height()) / n.stride().rows() + 1;
    int columns =
        (width + n.pads().left() + n.pads().right() - n.width()) / n.stride().columns() + 1;
    int[][][] out = new int[in.length][rows][columns];
    for (int i = 0; i < in.length * rows * columns; i++) {
      int c = i / (rows * columns);
      int y = i / columns % rows;
      int x = i % columns;
      List<Integer> codes = new ArrayList<>();
      for (int t = 0; t < n.height() * n.width(); t++) {
        int row = y * n.stride().rows() - n.pads().top() + t / n.width();
        int column = x * n.stride().columns() - n.pads().left() + t % n.width();
        if (row >= 0 && row < height && column >= 0 && column < width) {
          codes.add(in[c][row][column]);
        }
      }
      int acc =
          n.pooling() == Pooling.MAX
              ? codes.stream().mapToInt(v -> v).max().orElseThrow()
              : codes.stream().mapToInt(v -> v).sum();
      out[c][y][x] = requantise(n.requant(), acc, c, 0);
    }
    return out;
  }

  private static int add(Node.QAdd n, int left, int right, int c) {
    long sum = (long) left * n.leftMultiplier()[c];
    sum = Math.addExact(sum, (long) right * n.rightMultiplier()[c]);
    sum = Math.addExact(sum, n.offset()[c]);
    return clamp(sum, n.shift(), n.lo(), n.hi());
  }

  /** Asserts what the hardware's widths are while it computes. */
  private static int requantise(Requant r, long acc, int c, int k) {
    long operand = acc >> r.preShift();
    boolean below = r.threshold() != null && operand < r.threshold()[c];
    long m = below ? r.negMultiplier()[c] : r.multiplier()[c];
    long sum = operand * m + (below ? r.negOffset() : r.offset())[k][c];
    boolean fits = Math.abs(operand) < 1L << 24 && Math.abs(m) < 1L << 25;
    if (!fits || Math.abs(sum) >= 1L << 47) {
      throw new AssertionError("operand " + operand + ", multiplier " + m + ", sum " + sum);
    }
    return clamp(sum, r.shift(), r.lo(), r.hi());
  }

  private static int clamp(long sum, int shift, int lo, int hi) {
    long code = Math.floorDiv(sum, 1L << shift);
    return (int) (code < lo ? lo : code > hi ? hi : code);
  }

  private static int[][][] conv(Node.QConv n, int[][][] in) {
    int height = in[0].length;
    int width = in[0][0].length;
    int down = n.stride().rows();
    int right = n.stride().columns();
    int rows = (height + n.pads().top() + n.pads().bottom() - n.kernel().height()) / down + 1;
    int columns = (width + n.pads().left() + n.pads().right() - n.kernel().width()) / right + 1;
    int perGroup = n.kernel().outChannels() / n.kernel().groups();
    long[][][] sums = new long[n.kernel().outChannels()][rows][columns];
    for (int o = 0; o < sums.length; o++) {
      int first = o / perGroup * n.kernel().inChannelsPerGroup();
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          int top = y * down;
          int left = x * right;
          sums[o][y][x] = sum(n, in, o, first, top, left);
        }
      }
    }
    Requant r = n.norm() == null ? n.requant() : normalising(n.norm(), n.requant(), sums);
    return map(
        in(rows, columns),
        sums.length,
        (o, y, x) -> {
          int k = r.offset().length == 1 ? 0 : borderClass(n, y * down, x * right, height, width);
          return requantise(r, sums[o][y][x], o, k);
        });
  }

  private static int[][][] in(int rows, int columns) {
    return new int[1][rows][columns];
  }

  /** The requantiser with the table of the sums' own statistics, by the textbook. */
  private static Requant normalising(Normalization rule, Requant r, long[][][] sums) {
    int channels = sums.length;
    int distinct = rule.gain().length;
    int[] multiplier = new int[channels];
    long[][] offset = new long[1][channels];
    for (int c = 0; c < channels; c++) {
      List<Double> values = new ArrayList<>();
      for (int other = c % distinct; other < channels; other += distinct) {
        for (long[] row : sums[other]) {
          for (long sum : row) {
            long operand = sum >> r.preShift();
            values.add(rule.step()[other] * operand + rule.base()[other]);
          }
        }
      }
      double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
      double variance =
          values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
      double gain = rule.gain()[c % distinct] / Math.sqrt(variance + rule.epsilon());
      double one = 1L << rule.shift();
      multiplier[c] = (int) Math.round(gain * rule.step()[c] / rule.outStep()[c] * one);
      double zero = gain * (rule.base()[c] - mean) + rule.bias()[c % distinct];
      double code = zero / rule.outStep()[c] + rule.outZero()[c] + 0.5;
      long grain = 1L << Math.max(0, rule.shift() - 16);
      offset[0][c] = Math.round(code * one / grain) * grain;
    }
    return new Requant(
        r.preShift(), r.shift(), multiplier, offset, null, null, null, r.lo(), r.hi());
  }

  private static long sum(Node.QConv n, int[][][] in, int o, int first, int y, int x) {
    long sum = 0;
    for (int i = 0; i < n.kernel().inChannelsPerGroup(); i++) {
      int[][] plane = in[first + i];
      for (int ky = 0; ky < n.kernel().height(); ky++) {
        int row = y + ky - n.pads().top();
        for (int kx = 0; kx < n.kernel().width(); kx++) {
          int column = x + kx - n.pads().left();
          long weight = n.kernel().at(o, i, ky, kx);
          boolean inside =
              row >= 0 && row < plane.length && column >= 0 && column < plane[0].length;
          sum += weight * (inside ? plane[row][column] : outside(n, first + i, plane, row, column));
        }
      }
    }
    return sum;
  }

  private static int outside(Node.QConv n, int channel, int[][] plane, int row, int column) {
    if (n.border() == Border.VALUE) {
      return n.padCode()[channel];
    }
    boolean reflect = n.border() == Border.REFLECT;
    return plane[inward(row, plane.length, reflect)][inward(column, plane[0].length, reflect)];
  }

  private static int inward(int index, int size, boolean reflect) {
    if (index < 0) {
      return reflect ? -index : 0;
    }
    return index < size ? index : reflect ? 2 * size - 2 - index : size - 1;
  }

  private static int borderClass(Node.QConv n, int y, int x, int height, int width) {
    int across = 1 + n.pads().left() + n.pads().right();
    int row = axis(y - n.pads().top(), n.kernel().height(), height, n.pads().top());
    return row * across + axis(x - n.pads().left(), n.kernel().width(), width, n.pads().left());
  }

  private static int axis(int first, int taps, int size, int before) {
    if (first < 0) {
      return -first;
    }
    int over = first + taps - size;
    return over > 0 ? before + over : 0;
  }
}
