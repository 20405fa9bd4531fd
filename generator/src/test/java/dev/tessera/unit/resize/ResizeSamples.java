package dev.tessera.unit.resize;

import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Sampling.Coordinates;
import dev.tessera.ir.Sampling.Mode;
import dev.tessera.ir.Sampling.Rounding;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whole, broken and mixed factors, every rule for places and rounding, one pixel and many. */
public final class ResizeSamples {
  private static final FixedType U8 = FixedType.UINT8;
  private static final FixedType S8 = new FixedType(true, 8);

  private ResizeSamples() {}

  /** All samples; the same at every call. */
  public static List<ResizeSpec> all() {
    List<ResizeSpec> all = new ArrayList<>();
    linear(all, "double", in(4, 2, U8, 5, 4), new Size(10, 8), Coordinates.HALF_PIXEL);
    linear(all, "thirds", in(3, 3, S8, 4, 3), new Size(12, 9), Coordinates.ASYMMETRIC);
    linear(all, "attention", in(4, 1, U8, 6, 5), new Size(31, 23), Coordinates.HALF_PIXEL);
    linear(all, "corners", in(2, 2, S8, 5, 4), new Size(13, 9), Coordinates.ALIGN_CORNERS);
    linear(all, "wide", in(5, 2, U8, 7, 4), new Size(7, 6), Coordinates.HALF_PIXEL);
    linear(all, "tall", in(1, 1, U8, 8, 5), new Size(20, 5), Coordinates.ASYMMETRIC);
    linear(all, "same", in(1, 1, S8, 6, 5), new Size(6, 5), Coordinates.HALF_PIXEL);
    linear(all, "dot", in(8, 4, U8, 1, 1), new Size(4, 3), Coordinates.HALF_PIXEL);
    linear(all, "uneven", in(2, 1, U8, 3, 2), new Size(9, 8), Coordinates.HALF_PIXEL);
    linear(all, "long", in(2, 1, U8, 40, 3), new Size(60, 6), Coordinates.HALF_PIXEL);
    nearest(all, "double", in(4, 2, U8, 5, 4), new Size(10, 8), 0, Rounding.ROUND_PREFER_FLOOR);
    nearest(all, "floor", in(3, 1, S8, 5, 4), new Size(7, 9), 1, Rounding.FLOOR);
    nearest(all, "ceil", in(3, 3, U8, 4, 3), new Size(12, 6), 1, Rounding.CEIL);
    nearest(all, "round", in(2, 1, S8, 5, 6), new Size(10, 6), 2, Rounding.ROUND_PREFER_CEIL);
    nearest(all, "half", in(1, 1, U8, 6, 3), new Size(12, 9), 1, Rounding.ROUND_PREFER_CEIL);
    nearest(all, "copy", in(1, 1, U8, 6, 3), new Size(6, 3), 0, Rounding.FLOOR);
    return all;
  }

  private static StreamType in(int channels, int lanes, FixedType type, int width, int height) {
    return new StreamType(channels, lanes, type, width, height);
  }

  private static void linear(
      List<ResizeSpec> all, String name, StreamType in, Size size, Coordinates coordinates) {
    Sampling sampling = sampling(Mode.LINEAR, coordinates, Rounding.FLOOR, size);
    boolean plain = all.size() % 3 == 0;
    Requant q = requant(in, 16, plain, all.size());
    StreamType out = ResizeSpec.made(in, in.type(), size);
    all.add(new ResizeSpec("linear_" + name, in, out, sampling, 8, q));
  }

  /** With and without requantisation. */
  private static void nearest(
      List<ResizeSpec> all,
      String name,
      StreamType in,
      Size size,
      int coordinates,
      Rounding rounding) {
    Sampling sampling = sampling(Mode.NEAREST, Coordinates.values()[coordinates], rounding, size);
    StreamType out = ResizeSpec.made(in, in.type(), size);
    for (boolean plain : new boolean[] {true, false}) {
      Requant q = requant(in, 12, plain, all.size());
      String full = "nearest_" + name + (plain ? "" : "_scaled");
      all.add(new ResizeSpec(full, in, out, sampling, 0, q));
    }
  }

  private static Sampling sampling(Mode mode, Coordinates c, Rounding r, Size size) {
    return new Sampling(mode, c, r, Extent.constant(size.height()), Extent.constant(size.width()));
  }

  private static Requant requant(StreamType in, int shift, boolean plain, int seed) {
    Random random = new Random(seed);
    int channels = in.channels();
    int[] factor = new int[channels];
    long[][] offset = new long[1][channels];
    for (int c = 0; c < channels; c++) {
      factor[c] = plain ? 1 << (shift == 16 ? 8 : shift) : (c % 2 == 0 ? 180 : -200) << (shift - 8);
      factor[c] = shift == 16 && !plain ? factor[c] >> 8 : factor[c];
      long half = 1L << ((shift == 16 ? 24 : shift) - 1);
      long centre = (in.type().min() + in.type().max() + 1) / 2 + random.nextInt(30);
      offset[0][c] = plain ? half : half * (c % 2 == 0 ? 1 : 2 * centre * 2 + 1);
    }
    int lo = (int) in.type().min();
    int hi = (int) in.type().max();
    return new Requant(0, shift == 16 ? 24 : shift, factor, offset, null, null, null, lo, hi);
  }
}
