package dev.tessera.ir;

/**
 * A symbolic size: {@code floor((of * mul + add) / div)} pixels, the frame's width or height being
 * known later.
 *
 * @param of the size it follows from, or null for that of the frame
 * @param mul numerator of the scale, 1 or more; 0 for a size that does not depend on the frame
 * @param div denominator of the scale, 1 or more
 * @param add what is added before the division
 */
public record Extent(Extent of, int mul, int div, int add) {
  /** The frame itself. */
  public static final Extent FRAME = new Extent(1, 1, 0);

  /** A size that follows from that of the frame. */
  public Extent(int mul, int div, int add) {
    this(null, mul, div, add);
  }

  /** A constant size. */
  public static Extent constant(int size) {
    return new Extent(0, 1, size);
  }

  /** Whether the size is the same for every frame. */
  public boolean isConstant() {
    return mul == 0;
  }

  /** The size for a frame of {@code frame} pixels. */
  public int at(int frame) {
    int from = of == null ? frame : of.at(frame);
    return Math.toIntExact(Math.floorDiv((long) from * mul + add, (long) div));
  }

  /** The smallest frame for which this size is {@code size} or more; it depends on the frame. */
  public long frameFor(long size) {
    long from = Math.floorDiv(size * div - add + mul - 1, (long) mul);
    return of == null ? from : of.frameFor(from);
  }

  /** This size and {@code pixels} more. */
  public Extent plus(int pixels) {
    return new Extent(of, mul, div, Math.addExact(add, Math.multiplyExact(pixels, div)));
  }

  /** This size, {@code factor} times. */
  public Extent times(int factor) {
    if (div == 1 || factor == 1) {
      return new Extent(of, Math.multiplyExact(mul, factor), div, Math.multiplyExact(add, factor));
    }
    return new Extent(this, factor, 1, 0);
  }

  /**
   * The whole part of this size divided by {@code divisor}: {@code floor(floor(a / b) / c)} is
   * {@code floor(a / (b c))}.
   */
  public Extent dividedBy(int divisor) {
    if (isConstant()) {
      return constant(Math.floorDiv(add, divisor));
    }
    boolean whole = div == 1 && mul % divisor == 0 && add % divisor == 0;
    return whole
        ? new Extent(of, mul / divisor, 1, add / divisor)
        : new Extent(of, mul, Math.multiplyExact(div, divisor), add);
  }

  /** Outputs of a window of {@code taps} pixels that slides over this size and its padding. */
  public Extent window(int taps, int padding, int stride) {
    return plus(padding - taps).dividedBy(stride).plus(1);
  }

  /** Pixels for every pixel of the frame, borders aside. */
  public double perFrame() {
    return (double) mul / div * (of == null ? 1 : of.perFrame());
  }

  @Override
  public String toString() {
    if (isConstant()) {
      return Integer.toString(add);
    }
    String from = of == null ? "N" : "(" + of + ")";
    String sign = add > 0 ? "+" : "";
    String scaled = (mul == 1 ? "" : mul) + from + (add == 0 ? "" : sign + add);
    if (div == 1) {
      return scaled;
    }
    return (add == 0 ? scaled : "(" + scaled + ")") + "/" + div;
  }
}
