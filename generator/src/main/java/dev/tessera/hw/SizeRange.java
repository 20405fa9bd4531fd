package dev.tessera.hw;

/**
 * The frames that a resizable design takes: from {@code least} to {@code most}, multiples of a step
 * on each axis.
 *
 * @param least smallest frame, itself a multiple of the steps
 * @param most largest frame: the one that the design was generated for
 * @param widthStep power of two that divides every width
 * @param heightStep power of two that divides every height
 */
public record SizeRange(Size least, Size most, int widthStep, int heightStep) {
  public SizeRange {
    if (Integer.bitCount(widthStep) != 1 || Integer.bitCount(heightStep) != 1) {
      throw new IllegalArgumentException(widthStep + " and " + heightStep + " are no steps");
    }
  }

  /** Whether {@code size} is one of them. */
  public boolean holds(Size size) {
    return fits(size.width(), least.width(), most.width(), widthStep)
        && fits(size.height(), least.height(), most.height(), heightStep);
  }

  private static boolean fits(int n, int least, int most, int step) {
    return n >= least && n <= most && n % step == 0;
  }

  /** Such as {@code 8x4 to 64x48, width a multiple of 2}. */
  @Override
  public String toString() {
    return least
        + " to "
        + most
        + (widthStep > 1 ? ", width a multiple of " + widthStep : "")
        + (heightStep > 1 ? ", height a multiple of " + heightStep : "");
  }
}
