package dev.tessera.ir;

/**
 * How a resized map is read from the one before, along both axes, and how large it is.
 *
 * <p>Output i of n, made from m pixels, lies at {@code ((2 i + 1) m - n) / (2 n)} (HALF_PIXEL), at
 * {@code i m / n} (ASYMMETRIC) or at {@code i (m - 1) / (n - 1)} (ALIGN_CORNERS; 0 where n is 1) of
 * the map before: an exact rational, as in the Resize operator of ONNX with sizes.
 *
 * @param mode NEAREST takes the pixel there, LINEAR weighs the two around it
 * @param coordinates where outputs lie
 * @param rounding which pixel is the nearest; FLOOR where it does not matter
 * @param height rows that are made
 * @param width columns that are made
 */
public record Sampling(
    Mode mode, Coordinates coordinates, Rounding rounding, Extent height, Extent width) {
  /** What is read around a place. */
  public enum Mode {
    NEAREST,
    LINEAR
  }

  /** Where the outputs lie in the map before. */
  public enum Coordinates {
    HALF_PIXEL,
    ASYMMETRIC,
    ALIGN_CORNERS
  }

  /** Which pixel is the nearest. */
  public enum Rounding {
    FLOOR,
    CEIL,
    ROUND_PREFER_FLOOR,
    ROUND_PREFER_CEIL
  }

  /**
   * What one output reads along an axis: {@code (one - weight) * pixel[first] + weight *
   * pixel[second]}, divided by {@code one}.
   *
   * @param first a pixel of the map before
   * @param second the same or the next
   * @param weight 0 to {@code one}, rounded half up
   */
  public record Tap(int first, int second, int weight) {}

  /**
   * What output {@code i} reads along one axis, its place clamped to the map before.
   *
   * @param i 0 to {@code out - 1}
   * @param in pixels before
   * @param out pixels made
   * @param weightBits {@code one} is 2 to this power
   */
  public Tap tap(int i, int in, int out, int weightBits) {
    long num = numerator(i, in, out);
    long den = denominator(out);
    if (mode == Mode.NEAREST) {
      int pixel = (int) Math.max(0, Math.min(in - 1L, nearest(num, den)));
      return new Tap(pixel, pixel, 0);
    }
    long clamped = Math.max(0, Math.min((in - 1L) * den, num));
    int first = (int) (clamped / den);
    long rest = clamped % den;
    int weight = (int) ((2 * (rest << weightBits) + den) / (2 * den));
    return new Tap(first, Math.min(first + 1, in - 1), weight);
  }

  /** Pixels made of each one on frames of every size, or 0 if that is no whole number. */
  public int columnFactor(Extent before) {
    return factor(before, width);
  }

  /** Rows made of each one on frames of every size, or 0 if that is no whole number. */
  public int rowFactor(Extent before) {
    return factor(before, height);
  }

  private int factor(Extent before, Extent made) {
    int factor = (int) Math.round(made.perFrame() / before.perFrame());
    boolean whole = !before.isConstant() && factor > 0 && before.times(factor).equals(made);
    return whole && !(coordinates == Coordinates.ALIGN_CORNERS && factor > 1) ? factor : 0;
  }

  private long numerator(int i, int in, int out) {
    return switch (coordinates) {
      case HALF_PIXEL -> (2L * i + 1) * in - out;
      case ASYMMETRIC -> (long) i * in;
      case ALIGN_CORNERS -> out == 1 ? 0 : i * (in - 1L);
    };
  }

  private long denominator(int out) {
    return switch (coordinates) {
      case HALF_PIXEL -> 2L * out;
      case ASYMMETRIC -> out;
      case ALIGN_CORNERS -> Math.max(1, out - 1);
    };
  }

  private long nearest(long num, long den) {
    return switch (rounding) {
      case FLOOR -> Math.floorDiv(num, den);
      case CEIL -> -Math.floorDiv(-num, den);
      case ROUND_PREFER_FLOOR -> -Math.floorDiv(den - 2 * num, 2 * den);
      case ROUND_PREFER_CEIL -> Math.floorDiv(2 * num + den, 2 * den);
    };
  }
}
