package dev.tessera.quantize;

import dev.tessera.ir.Border;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.Requant;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Runs integer convolutions on calibration maps, exactly. */
final class IntegerConv {
  /** Positions worked on at once: accumulators of a run stay in the first cache. */
  private static final int RUN = 1024;

  private IntegerConv() {}

  /** The map made of {@code in}, normalised by its own statistics if the convolution normalises. */
  static Codes run(Node.QConv conv, Codes in) {
    if (conv.norm() == null) {
      return convolve(conv, in);
    }
    NormTable table = conv.norm().table(moments(conv, in));
    return convolve(conv.withRequant(conv.requant().with(table, conv.norm().offsetShift())), in);
  }

  /**
   * Sums of what the requantiser of {@code conv} would get of {@code in}, before its multiplier.
   */
  static Moments moments(Node.QConv conv, Codes in) {
    Moments made = Moments.none(conv.kernel().outChannels());
    int preShift = conv.requant().preShift();
    Codes shape = made(conv, in);
    each(
        conv,
        in,
        shape,
        (o, at, acc, k) -> {
          long a = acc >> preShift;
          made.sum()[o] += a;
          made.squares()[o] = Math.addExact(made.squares()[o], a * a);
        });
    return new Moments(shape.size(), made.sum(), made.squares());
  }

  private static Codes convolve(Node.QConv conv, Codes in) {
    Codes out = made(conv, in);
    Requant requant = conv.requant();
    each(conv, in, out, (o, at, acc, k) -> out.data()[at] = requant.apply(acc, o, k));
    return out;
  }

  private static Codes made(Node.QConv conv, Codes in) {
    IntKernel kernel = conv.kernel();
    Pads pads = conv.pads();
    int width = in.width() + pads.left() + pads.right();
    int height = in.height() + pads.top() + pads.bottom();
    int rows = (height - kernel.height()) / conv.stride().rows() + 1;
    int columns = (width - kernel.width()) / conv.stride().columns() + 1;
    return new Codes(kernel.outChannels(), rows, columns);
  }

  /** Takes an accumulator; those of one output channel come one after the other. */
  private interface Sink {
    /** Takes the accumulator of output {@code o} at index {@code at} and border class {@code k}. */
    void take(int o, int at, long acc, int k);
  }

  private static void each(Node.QConv conv, Codes in, Codes out, Sink sink) {
    IntKernel kernel = conv.kernel();
    Pads pads = conv.pads();
    int width = in.width() + pads.left() + pads.right();
    int height = in.height() + pads.top() + pads.bottom();
    int[] padded = padded(conv, in, height, width);
    int perGroup = kernel.outChannels() / kernel.groups();
    int[] classes = classes(conv, in, out.height(), out.width());
    int length = (height - kernel.height() + 1) * width - kernel.width() + 1;
    boolean narrow = magnitude(padded) * largestSum(kernel) <= Integer.MAX_VALUE;
    IntStream.range(0, kernel.outChannels())
        .parallel()
        .forEach(
            o -> {
              Taps taps = new Taps(kernel, o, o / perGroup, height, width);
              long[] sums = narrow ? taps.narrow(padded, length) : taps.wide(padded, length);
              hand(conv.stride(), o, sums, width, classes, out, sink);
            });
  }

  /** The largest absolute code. */
  private static double magnitude(int[] codes) {
    long largest = 1;
    for (int code : codes) {
      largest = Math.max(largest, Math.abs((long) code));
    }
    return largest;
  }

  /** The largest sum of absolute weights of an output channel. */
  private static double largestSum(IntKernel kernel) {
    double largest = 0;
    for (int o = 0; o < kernel.outChannels(); o++) {
      double sum = 0;
      for (int t = 0; t < kernel.taps(); t++) {
        sum += Math.abs(kernel.weights()[o * kernel.taps() + t]);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  /** Weights other than 0 of one output channel, and how far from a position their codes lie. */
  private static final class Taps {
    private final int[] offsets;
    private final int[] weights;
    private int used;

    Taps(IntKernel kernel, int o, int group, int height, int width) {
      int first = group * kernel.inChannelsPerGroup() * height * width;
      offsets = new int[kernel.taps() + 3];
      weights = new int[kernel.taps() + 3];
      for (int t = 0; t < kernel.taps(); t++) {
        int weight = kernel.weights()[o * kernel.taps() + t];
        if (weight != 0) {
          int x = t % kernel.width();
          int y = t / kernel.width() % kernel.height();
          int c = t / kernel.width() / kernel.height();
          offsets[used] = first + (c * height + y) * width + x;
          weights[used++] = weight;
        }
      }
      // The rest of a group of four multiplies any code by zero.
      Arrays.fill(offsets, used, offsets.length, first);
    }

    /** Sums in a raster of padded rows; those beyond a row's columns mean nothing. */
    long[] narrow(int[] in, int length) {
      long[] sums = new long[length];
      int[] run = new int[RUN];
      for (int start = 0; start < length; start += RUN) {
        int count = Math.min(RUN, length - start);
        Arrays.fill(run, 0);
        for (int t = 0; t < used; t += 4) {
          accumulate(run, count, in, start, t);
        }
        for (int i = 0; i < count; i++) {
          sums[start + i] = run[i];
        }
      }
      return sums;
    }

    private void accumulate(int[] run, int count, int[] in, int start, int t) {
      int o0 = start + offsets[t];
      int o1 = start + offsets[t + 1];
      int o2 = start + offsets[t + 2];
      int o3 = start + offsets[t + 3];
      int w0 = weights[t];
      int w1 = weights[t + 1];
      int w2 = weights[t + 2];
      int w3 = weights[t + 3];
      for (int i = 0; i < count; i++) {
        run[i] += w0 * in[i + o0] + w1 * in[i + o1] + w2 * in[i + o2] + w3 * in[i + o3];
      }
    }

    /** The same for sums that 32 bits do not hold. */
    long[] wide(int[] in, int length) {
      long[] sums = new long[length];
      for (int t = 0; t < used; t++) {
        long weight = weights[t];
        for (int i = 0; i < length; i++) {
          sums[i] += weight * in[i + offsets[t]];
        }
      }
      return sums;
    }
  }

  private static void hand(
      Stride stride, int o, long[] sums, int width, int[] classes, Codes out, Sink sink) {
    int at = o * out.size();
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        int k = classes == null ? 0 : classes[y * out.width() + x];
        sink.take(o, at++, sums[y * stride.rows() * width + x * stride.columns()], k);
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
  private static int[] classes(Node.QConv conv, Codes in, int rows, int columns) {
    if (conv.requant().borderClasses() == 1) {
      return null;
    }
    Pads pads = conv.pads();
    IntKernel k = conv.kernel();
    int across = 1 + pads.left() + pads.right();
    int[] classes = new int[rows * columns];
    for (int y = 0; y < rows; y++) {
      int first = y * conv.stride().rows() - pads.top();
      int row = axisClass(first, first + k.height() - in.height(), pads.top());
      for (int x = 0; x < columns; x++) {
        int left = x * conv.stride().columns() - pads.left();
        classes[y * columns + x] =
            row * across + axisClass(left, left + k.width() - in.width(), pads.left());
      }
    }
    return classes;
  }

  /** The class of a window by its first pixel and the number of pixels beyond the end. */
  private static int axisClass(int first, int beyond, int before) {
    if (first < 0) {
      return -first;
    }
    return beyond > 0 ? before + beyond : 0;
  }
}
