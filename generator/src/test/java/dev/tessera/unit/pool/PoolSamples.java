package dev.tessera.unit.pool;

import dev.tessera.hw.StreamType;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Windows from one pixel to the whole map, strides below and above them, every kind of padding. */
public final class PoolSamples {
  private static final FixedType U8 = FixedType.UINT8;
  private static final FixedType S8 = new FixedType(true, 8);
  private static final Pads NONE = Pads.NONE;

  private PoolSamples() {}

  /** All samples; the same at every call. */
  public static List<PoolSpec> all() {
    List<PoolSpec> all = new ArrayList<>();
    max(all, "halves", in(4, 4, U8, 8, 6), 2, 2, new Stride(2, 2), NONE, true);
    max(all, "stem", in(5, 2, U8, 9, 8), 3, 3, new Stride(2, 2), new Pads(1, 1, 1, 1), true);
    max(all, "attention", in(3, 1, S8, 19, 17), 7, 7, new Stride(3, 3), NONE, false);
    max(all, "same", in(2, 2, S8, 6, 5), 3, 3, Stride.ONE, new Pads(1, 1, 1, 1), true);
    max(all, "sparse", in(2, 1, U8, 9, 8), 2, 2, new Stride(4, 3), NONE, true);
    max(all, "rest", in(1, 1, U8, 8, 8), 2, 3, new Stride(3, 4), NONE, false);
    max(all, "late", in(3, 2, S8, 5, 4), 4, 4, Stride.ONE, new Pads(0, 1, 3, 2), true);
    max(all, "rows", in(4, 4, U8, 5, 6), 3, 1, new Stride(2, 1), new Pads(1, 0, 1, 0), true);
    max(all, "columns", in(4, 2, U8, 6, 3), 1, 3, new Stride(1, 2), new Pads(0, 2, 0, 1), true);
    max(all, "long", in(2, 1, U8, 70, 6), 3, 2, new Stride(1, 2), new Pads(1, 0, 1, 0), true);
    average(all, "map", in(6, 3, U8, 7, 7), 7, 7, Stride.ONE, NONE, false);
    average(all, "eleven", in(2, 2, U8, 12, 13), 11, 11, new Stride(2, 1), NONE, false);
    average(all, "padded", in(3, 2, S8, 7, 6), 3, 3, new Stride(2, 2), new Pads(1, 1, 1, 1), true);
    average(all, "around", in(4, 4, U8, 6, 5), 3, 3, Stride.ONE, new Pads(1, 1, 1, 1), true);
    average(all, "uneven", in(1, 1, S8, 6, 7), 5, 4, new Stride(1, 3), new Pads(4, 0, 2, 3), true);
    average(all, "quarter", in(8, 4, U8, 8, 4), 2, 2, new Stride(2, 2), NONE, false);
    inside(all, "same", in(5, 2, U8, 6, 5), 3, 3, Stride.ONE, new Pads(1, 1, 1, 1));
    inside(all, "halves", in(3, 3, S8, 7, 6), 3, 3, new Stride(2, 2), new Pads(1, 1, 1, 1));
    inside(all, "uneven", in(4, 1, U8, 9, 6), 4, 3, new Stride(1, 2), new Pads(2, 0, 1, 2));
    return all;
  }

  private static StreamType in(int channels, int lanes, FixedType type, int width, int height) {
    return new StreamType(channels, lanes, type, width, height);
  }

  private static void max(
      List<PoolSpec> all,
      String name,
      StreamType in,
      int height,
      int width,
      Stride stride,
      Pads pads,
      boolean plain) {
    int channels = in.channels();
    int[] factor = new int[channels];
    long[][] offset = new long[1][channels];
    Random random = new Random(all.size());
    for (int c = 0; c < channels; c++) {
      factor[c] = plain ? 256 : 180 + random.nextInt(150);
      offset[0][c] = plain ? 128 : random.nextInt(4000);
    }
    int lo = (int) in.type().min();
    int hi = (int) in.type().max();
    Requant q = new Requant(0, 8, factor, offset, null, null, null, lo, hi);
    all.add(new PoolSpec("max_" + name, in, height, width, stride, pads, true, q, in.type()));
  }

  /** Averages with a zero point of their input, which each border class meets in its own way. */
  private static void average(
      List<PoolSpec> all,
      String name,
      StreamType in,
      int height,
      int width,
      Stride stride,
      Pads pads,
      boolean classes) {
    Random random = new Random(all.size());
    int rows = classes ? 1 + pads.top() + pads.bottom() : 1;
    int columns = classes ? 1 + pads.left() + pads.right() : 1;
    int channels = in.channels();
    int[] factor = new int[channels];
    long[][] offset = new long[rows * columns][channels];
    for (int c = 0; c < channels; c++) {
      factor[c] = (1 << 18) / (height * width) * (3 + random.nextInt(2)) / 4;
    }
    for (long[] row : offset) {
      for (int c = 0; c < channels; c++) {
        row[c] = (random.nextInt(60) << 18) + (1L << 17);
      }
    }
    FixedType type = new FixedType(in.type().signed(), 9);
    int lo = (int) type.min() + 3;
    int hi = (int) type.max() - 5;
    boolean leaky = all.size() % 2 == 0;
    int[] other = factor.clone();
    other[0] = -factor[0];
    long middle = (long) height * width * (in.type().min() + in.type().max()) / 2;
    long[] threshold = new long[channels];
    Arrays.fill(threshold, middle);
    Requant q =
        leaky
            ? new Requant(0, 18, factor, offset, threshold, other, offset, lo, hi)
            : new Requant(0, 18, factor, offset, null, null, null, lo, hi);
    all.add(new PoolSpec("average_" + name, in, height, width, stride, pads, false, q, type));
  }

  /** Averages of the pixels inside the frame: each border class has a factor of its own. */
  private static void inside(
      List<PoolSpec> all,
      String name,
      StreamType in,
      int height,
      int width,
      Stride stride,
      Pads pads) {
    Random random = new Random(all.size());
    int rows = 1 + pads.top() + pads.bottom();
    int columns = 1 + pads.left() + pads.right();
    int[] factor = new int[rows * columns * in.channels()];
    long[][] offset = new long[1][factor.length];
    for (int i = 0; i < factor.length; i++) {
      int pixels = 1 + random.nextInt(height * width);
      factor[i] = (1 << 17) / Math.max(2, pixels);
      offset[0][i] = (random.nextInt(30) << 16) + (1L << 15);
    }
    FixedType type = new FixedType(in.type().signed(), 9);
    int lo = (int) type.min();
    int hi = (int) type.max();
    Requant q = new Requant(0, 16, factor, offset, null, null, null, lo, hi);
    all.add(new PoolSpec("inside_" + name, in, height, width, stride, pads, false, q, type));
  }
}
