package dev.tessera.flow;

import dev.tessera.report.DesignSummary;

/**
 * The frames that a design takes.
 *
 * @param least smallest
 * @param most largest
 * @param step what divides width and height
 */
record FrameRange(FrameSize least, FrameSize most, FrameSize step) {
  /** The frames of {@code design}. */
  static FrameRange of(DesignSummary design) {
    return new FrameRange(of(design.minFrame()), of(design.frame()), of(design.frameStep()));
  }

  private static FrameSize of(DesignSummary.Size size) {
    return new FrameSize(size.width(), size.height());
  }

  /**
   * The largest of them inside a picture; one that is too large for a picture that is too small.
   */
  FrameSize inside(int width, int height) {
    return new FrameSize(
        side(width, least.width(), most.width(), step.width()),
        side(height, least.height(), most.height(), step.height()));
  }

  private static int side(int size, int least, int most, int step) {
    return Math.max(least, Math.min(most, size / step * step));
  }

  @Override
  public String toString() {
    return least.equals(most) ? most.toString() : least + " to " + most;
  }
}
