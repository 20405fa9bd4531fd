package dev.tessera.quantize;

import dev.tessera.ir.Border;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.num.Requant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Runs single integer nodes on calibration maps, exactly as the formulas of the nodes say. */
final class IntegerRun {
  /** Positions worked on at once: accumulators of a run stay in the first cache. */
  private static final int RUN = 1024;

  private IntegerRun() {}

  /** The output map of {@code node} for its input maps. */
  static Codes run(Node node, List<Codes> in) {
    if (node instanceof Node.QConv conv) {
      return conv(conv, in.get(0));
    } else if (node instanceof Node.QScale scale) {
      return scale(scale.requant(), in.get(0));
    } else if (node instanceof Node.QTable table) {
      return table(table, in.get(0));
    } else if (node instanceof Node.QAdd add) {
      return add(add, in.get(0), in.get(1));
    } else if (node instanceof Node.Concat) {
      return concat(in);
    } else if (node instanceof Node.Select select) {
      return select(select, in.get(0));
    } else if (node instanceof Node.DepthToSpace shuffle) {
      return shuffle(shuffle, in.get(0));
    }
    throw new IllegalArgumentException("no integer node: " + node.name());
  }

  private static Codes conv(Node.QConv conv, Codes in) {
    IntKernel kernel = conv.kernel();
    Pads pads = conv.pads();
    int width = in.width() + pads.left() + pads.right();
    int height = in.height() + pads.top() + pads.bottom();
    int rows = height - kernel.height() + 1;
    int columns = width - kernel.width() + 1;
    int[] padded = padded(conv, in, height, width);
    Codes out = new Codes(kernel.outChannels(), rows, columns);
    int perGroup = kernel.outChannels() / kernel.groups();
    int[] classes = classes(conv, rows, columns);
    IntStream.range(0, kernel.outChannels())
        .parallel()
        .forEach(
            o -> {
              int first = o / perGroup * kernel.inChannelsPerGroup() * height * width;
              int[] sums =
                  sums(kernel, o, padded, first, height, width, rows * width - width + columns);
              requantise(conv.requant(), o, sums, width, classes, out);
            });
    return out;
  }

  /** Accumulators in a raster of padded rows; those beyond a row's columns mean nothing. */
  private static int[] sums(
      IntKernel kernel, int o, int[] padded, int first, int height, int width, int length) {
    int taps = kernel.taps();
    int[] offsets = new int[taps + 3];
    int[] weights = new int[taps + 3];
    int used = 0;
    for (int t = 0; t < taps; t++) {
      int weight = kernel.weights()[o * taps + t];
      if (weight != 0) {
        int x = t % kernel.width();
        int y = t / kernel.width() % kernel.height();
        int c = t / kernel.width() / kernel.height();
        offsets[used] = first + (c * height + y) * width + x;
        weights[used++] = weight;
      }
    }
    // The rest of a group of four multiplies any value by zero.
    Arrays.fill(offsets, used, offsets.length, first);
    int[] sums = new int[length];
    for (int start = 0; start < length; start += RUN) {
      int end = Math.min(length, start + RUN);
      for (int t = 0; t < used; t += 4) {
        accumulate(sums, start, end, padded, offsets, weights, t);
      }
    }
    return sums;
  }

  private static void accumulate(
      int[] sums, int start, int end, int[] in, int[] offsets, int[] weights, int t) {
    int o0 = offsets[t];
    int o1 = offsets[t + 1];
    int o2 = offsets[t + 2];
    int o3 = offsets[t + 3];
    int w0 = weights[t];
    int w1 = weights[t + 1];
    int w2 = weights[t + 2];
    int w3 = weights[t + 3];
    for (int i = start; i < end; i++) {
      sums[i] += w0 * in[i + o0] + w1 * in[i + o1] + w2 * in[i + o2] + w3 * in[i + o3];
    }
  }

  private static void requantise(
      Requant requant, int o, int[] sums, int width, int[] classes, Codes out) {
    int at = o * out.size();
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        int k = classes == null ? 0 : classes[y * out.width() + x];
        out.data()[at++] = requant.apply(sums[y * width + x], o, k);
      }
    }
  }

  private static int[] padded(Node.QConv conv, Codes in, int height, int width) {
    Pads pads = conv.pads();
    int[] padded = new int[in.channels() * height * width];
    for (int c = 0; c < in.channels(); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int row = y - pads.top();
          int column = x - pads.left();
          boolean inside = row >= 0 && row < in.height() && column >= 0 && column < in.width();
          int code = conv.padCode()[c];
          if (inside || conv.border() != Border.VALUE) {
            row = source(conv.border(), row, in.height());
            column = source(conv.border(), column, in.width());
            code = in.data()[(c * in.height() + row) * in.width() + column];
          }
          padded[(c * height + y) * width + x] = code;
        }
      }
    }
    return padded;
  }

  private static int source(Border border, int index, int size) {
    if (border == Border.REFLECT) {
      int folded = Math.abs(index);
      return folded < size ? folded : 2 * (size - 1) - folded;
    }
    return Math.max(0, Math.min(size - 1, index));
  }

  /** The border class of every position, or null if there is one only. */
  private static int[] classes(Node.QConv conv, int rows, int columns) {
    if (conv.requant().borderClasses() == 1) {
      return null;
    }
    Pads pads = conv.pads();
    int across = 1 + pads.left() + pads.right();
    int[] classes = new int[rows * columns];
    for (int y = 0; y < rows; y++) {
      int row = axisClass(y, rows, pads.top(), pads.bottom());
      for (int x = 0; x < columns; x++) {
        classes[y * columns + x] = row * across + axisClass(x, columns, pads.left(), pads.right());
      }
    }
    return classes;
  }

  private static int axisClass(int index, int size, int before, int after) {
    if (index < before) {
      return before - index;
    }
    int beyond = index - (size - 1 - after);
    return beyond > 0 ? before + beyond : 0;
  }

  private static Codes scale(Requant requant, Codes in) {
    Codes out = new Codes(in.channels(), in.height(), in.width());
    IntStream.range(0, in.channels())
        .parallel()
        .forEach(
            c -> {
              for (int i = c * in.size(); i < (c + 1) * in.size(); i++) {
                out.data()[i] = requant.apply(in.data()[i], c, 0);
              }
            });
    return out;
  }

  /** Tables are read by unsigned codes here. */
  private static Codes table(Node.QTable table, Codes in) {
    Codes out = new Codes(in.channels(), in.height(), in.width());
    for (int i = 0; i < in.data().length; i++) {
      out.data()[i] = table.entries()[in.data()[i]];
    }
    return out;
  }

  private static Codes add(Node.QAdd add, Codes left, Codes right) {
    Codes out = new Codes(left.channels(), left.height(), left.width());
    for (int i = 0; i < out.data().length; i++) {
      int c = i / left.size();
      long sum =
          (long) left.data()[i] * add.leftMultiplier()[c]
              + (long) right.data()[i] * add.rightMultiplier()[c]
              + add.offset()[c];
      out.data()[i] = (int) Math.max(add.lo(), Math.min(add.hi(), sum >> add.shift()));
    }
    return out;
  }

  private static Codes concat(List<Codes> in) {
    int channels = in.stream().mapToInt(Codes::channels).sum();
    Codes out = new Codes(channels, in.get(0).height(), in.get(0).width());
    int at = 0;
    for (Codes map : in) {
      System.arraycopy(map.data(), 0, out.data(), at, map.data().length);
      at += map.data().length;
    }
    return out;
  }

  private static Codes select(Node.Select select, Codes in) {
    int[] channels = select.channels();
    Codes out = new Codes(channels.length, in.height(), in.width());
    for (int c = 0; c < channels.length; c++) {
      System.arraycopy(in.data(), channels[c] * in.size(), out.data(), c * in.size(), in.size());
    }
    return out;
  }

  private static Codes shuffle(Node.DepthToSpace node, Codes in) {
    int block = node.block();
    int channels = in.channels() / (block * block);
    Codes out = new Codes(channels, in.height() * block, in.width() * block);
    for (int i = 0; i < out.data().length; i++) {
      int x = i % out.width();
      int y = i / out.width() % out.height();
      int c = i / out.size();
      int phase = y % block * block + x % block;
      int from = node.crd() ? c * block * block + phase : phase * channels + c;
      out.data()[i] = in.data()[(from * in.height() + y / block) * in.width() + x / block];
    }
    return out;
  }
}
