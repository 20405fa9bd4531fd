package dev.tessera.unit.conv;

import dev.tessera.base.Bits;
import dev.tessera.hw.Frame;
import dev.tessera.hw.SumArea;
import dev.tessera.ir.IntKernel;
import dev.tessera.num.Moments;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

/** What a convolution computes, in exact integers: pads, correlates and requantises row by row. */
final class ConvGolden {
  private static final int LANES = RowCorrelation.LANES;
  private static final RowCorrelation FAST = fastest();

  private final ConvSpec spec;
  private final ConvGeometry geometry;
  private final RowCorrelation rows;
  private final int pitch;
  private final int planeSize;
  private final int[] padded;
  private final int[] taps;
  private final int accPitch;
  private final int perGroup;
  private final int denseWidth;

  private ConvGolden(ConvSpec spec, Frame input, RowCorrelation rows) {
    this.spec = spec;
    this.geometry = spec.geometry();
    this.rows = rows;
    this.pitch = geometry.width() + spec.pads().left() + spec.pads().right();
    this.planeSize = pitch * (geometry.height() + spec.pads().top() + spec.pads().bottom());
    this.padded = pad(input);
    this.taps = tapOffsets();
    this.denseWidth = pitch - geometry.kernelWidth() + 1;
    this.accPitch = Bits.ceilDiv(denseWidth, RowCorrelation.BLOCK) * RowCorrelation.BLOCK;
    this.perGroup = geometry.outChannels() / geometry.groups();
  }

  /** The output frame, through the fastest loop that this machine offers. */
  static Frame run(ConvSpec spec, Frame input) {
    return run(spec, input, FAST);
  }

  /** The output frame, through the given loop where 32 bits suffice. */
  static Frame run(ConvSpec spec, Frame input, RowCorrelation rows) {
    return new ConvGolden(spec, input, rows).run();
  }

  private static RowCorrelation fastest() {
    try {
      return ServiceLoader.load(RowCorrelation.class).findFirst().orElse(RowCorrelation.PLAIN);
    } catch (ServiceConfigurationError | LinkageError e) {
      // The vector module is an incubator: absent unless the launcher adds it.
      return RowCorrelation.PLAIN;
    }
  }

  /**
   * Sums over {@code area} of what the requantiser multiplies.
   *
   * @throws ArithmeticException if a sum exceeds 63 bits
   */
  static Moments moments(ConvSpec spec, Frame input, View view, SumArea area) {
    int channels = spec.geometry().outChannels();
    int rows = area.height();
    long[][] sums = new long[rows][channels];
    long[][] squares = new long[rows][channels];
    int left = area.left();
    int right = area.right();
    new ConvGolden(spec, input, FAST)
        .each(
            (channel, row, x, acc) -> {
              if (x >= left && x < right) {
                long v = view.of(acc, channel);
                sums[row][channel] += v;
                squares[row][channel] = Math.addExact(squares[row][channel], v * v);
              }
            });
    Moments all = Moments.none(channels);
    for (int row = 0; row < rows; row++) {
      if (area.holds(row)) {
        all = all.plus(new Moments(right - left, sums[row], squares[row]));
      }
    }
    return all;
  }

  private Frame run() {
    Frame out = new Frame(geometry.outChannels(), geometry.outHeight(), geometry.outWidth());
    Requant requant = spec.requant();
    boolean one = requant.borderClasses() == 1;
    each(
        (channel, row, x, acc) -> {
          int borderClass = one ? 0 : geometry.borderClass(row, x);
          out.data()[out.index(channel, row, x)] = requant.apply(acc, channel, borderClass);
        });
    return geometry.replays() ? out.shuffled(geometry.block(), false) : out;
  }

  /** What is summed of an accumulator. */
  interface View {
    /** The value of accumulator {@code acc} of output channel {@code c}. */
    long of(long acc, int c);
  }

  /** Takes accumulators; no two threads have those of one channel and row. */
  private interface Sink {
    void take(int channel, int row, int x, long acc);
  }

  private void each(Sink sink) {
    Range range = spec.accumulator();
    boolean narrow = range.lo() >= Integer.MIN_VALUE && range.hi() <= Integer.MAX_VALUE;
    int blocks = Bits.ceilDiv(perGroup, LANES);
    IntStream.range(0, geometry.groups() * blocks * geometry.outHeight())
        .parallel()
        .forEach(
            i -> {
              int row = i % geometry.outHeight();
              int block = i / geometry.outHeight() % blocks;
              int group = i / geometry.outHeight() / blocks;
              if (narrow) {
                block(sink, group, block, row);
              } else {
                wideBlock(sink, group, block, row);
              }
            });
  }

  private void block(Sink sink, int group, int block, int row) {
    int first = group * perGroup + block * LANES;
    int count = Math.min(LANES, perGroup - block * LANES);
    IntKernel kernel = spec.kernel();
    int[] weights = new int[taps.length * LANES];
    for (int j = 0; j < count; j++) {
      for (int t = 0; t < taps.length; t++) {
        weights[t * LANES + j] = kernel.weights()[(first + j) * taps.length + t];
      }
    }
    int[] acc = new int[LANES * accPitch];
    rows.row(padded, base(group, row), taps, weights, denseWidth, accPitch, acc);
    for (int j = 0; j < count; j++) {
      for (int x = 0; x < geometry.outWidth(); x++) {
        sink.take(first + j, row, x, acc[j * accPitch + x * spec.stride().columns()]);
      }
    }
  }

  private void wideBlock(Sink sink, int group, int block, int row) {
    int first = group * perGroup + block * LANES;
    int count = Math.min(LANES, perGroup - block * LANES);
    int base = base(group, row);
    for (int o = first; o < first + count; o++) {
      for (int x = 0; x < geometry.outWidth(); x++) {
        long sum = 0;
        for (int t = 0; t < taps.length; t++) {
          int at = base + taps[t] + x * spec.stride().columns();
          sum += (long) spec.kernel().weights()[o * taps.length + t] * padded[at];
        }
        sink.take(o, row, x, sum);
      }
    }
  }

  private int base(int group, int row) {
    return group * geometry.inPerGroup() * planeSize + row * spec.stride().rows() * pitch;
  }

  /** Offsets in the order of the kernel's weights: input channel, row, column. */
  private int[] tapOffsets() {
    int[] offsets = new int[geometry.windowTaps()];
    int t = 0;
    for (int c = 0; c < geometry.inPerGroup(); c++) {
      for (int y = 0; y < geometry.kernelHeight(); y++) {
        for (int x = 0; x < geometry.kernelWidth(); x++) {
          offsets[t++] = c * planeSize + y * pitch + x;
        }
      }
    }
    return offsets;
  }

  private int[] pad(Frame in) {
    int[] data = new int[in.channels() * planeSize + RowCorrelation.BLOCK];
    int height = planeSize / pitch;
    for (int c = 0; c < in.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int fromRow = source(y - spec.pads().top(), in.height());
        for (int x = 0; x < pitch; x++) {
          int fromColumn = source(x - spec.pads().left(), in.width());
          boolean outside = fromRow < 0 || fromColumn < 0;
          data[c * planeSize + y * pitch + x] =
              outside ? spec.padCode()[c] : in.at(c, fromRow, fromColumn);
        }
      }
    }
    return data;
  }

  /** The index that a padded index shows, or -1 for the pad code. */
  private int source(int index, int size) {
    if (index >= 0 && index < size) {
      return index;
    }
    boolean below = index < 0;
    return switch (spec.border()) {
      case VALUE -> -1;
      case EDGE -> below ? 0 : size - 1;
      case REFLECT -> below ? -index : 2 * (size - 1) - index;
    };
  }
}
