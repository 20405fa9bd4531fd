package dev.tessera.ir;

/**
 * Padding of a feature map in pixels.
 *
 * @param top rows above
 * @param left columns before
 * @param bottom rows below
 * @param right columns after
 */
public record Pads(int top, int left, int bottom, int right) {
  /** No padding. */
  public static final Pads NONE = new Pads(0, 0, 0, 0);

  /** Whether nothing is padded. */
  public boolean isNone() {
    return top == 0 && left == 0 && bottom == 0 && right == 0;
  }

  /** Border classes that it can make: rows and columns of a window outside the frame. */
  public int borderClasses() {
    return (1 + top + bottom) * (1 + left + right);
  }

  /** Padding after padding. */
  public Pads plus(Pads other) {
    return new Pads(top + other.top, left + other.left, bottom + other.bottom, right + other.right);
  }
}
