package dev.tessera.ir;

/**
 * A symbolic size: {@code frame * mul / div + add} pixels, the frame's width or height being known
 * later.
 *
 * @param mul scale numerator, 1 or more; 0 for a size that does not depend on the frame
 * @param div scale denominator, 1 or more
 * @param add constant part
 */
public record Extent(int mul, int div, int add) {
  /** The frame itself. */
  public static final Extent FRAME = new Extent(1, 1, 0);

  /** A constant size. */
  public static Extent constant(int size) {
    return new Extent(0, 1, size);
  }

  /** The size for a frame of {@code frame} pixels. */
  public int at(int frame) {
    return Math.toIntExact((long) frame * mul / div + add);
  }

  /** This size and {@code pixels} more. */
  public Extent plus(int pixels) {
    return new Extent(mul, div, add + pixels);
  }

  /** This size, {@code factor} times. */
  public Extent times(int factor) {
    return new Extent(mul * factor, div, add * factor);
  }

  @Override
  public String toString() {
    String scaled = mul == 0 ? "" : (mul == 1 ? "" : mul) + "N" + (div == 1 ? "" : "/" + div);
    String sign = add > 0 && mul != 0 ? "+" : "";
    return add == 0 && mul != 0 ? scaled : scaled + sign + add;
  }
}
