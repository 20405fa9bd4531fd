package dev.tessera.hw;

import dev.tessera.base.Bits;

/**
 * The part of a map that sums are taken of: all of it, or all but as many positions at each border.
 * A unit makes {@code step} neighbours of a row at once, so columns are left out by whole steps; it
 * may walk a row more than once before the next one.
 *
 * @param width columns of the map
 * @param height rows of the map
 * @param step columns that are made together
 * @param walks how often a row is walked
 * @param rowless whether the next row begins in the step in which one ends
 * @param sides steps left out at the left and at the right
 * @param ends rows left out at the top and at the bottom
 */
public record SumArea(
    int width, int height, int step, int walks, boolean rowless, int sides, int ends) {
  public SumArea {
    if (step < 1 || walks < 1 || sides < 0 || ends < 0) {
      throw new IllegalArgumentException("sums over steps of " + step + ", " + walks + " walks");
    }
    if (Bits.ceilDiv(width, step) <= 2 * sides || height <= 2 * ends) {
      throw new IllegalArgumentException("nothing is left to sum of " + width + "x" + height);
    }
  }

  /** All of a map. */
  public static SumArea whole(int width, int height, int step, int walks, boolean rowless) {
    return new SumArea(width, height, step, walks, rowless, 0, 0);
  }

  /**
   * The same map without a {@code share}-th of its columns and rows at each border, rounded; all of
   * it if steps lie across the ends of rows.
   */
  public SumArea within(int share) {
    if (rowless && width % step != 0) {
      return this;
    }
    int columns = part(width, share * step);
    return new SumArea(width, height, step, walks, rowless, columns, part(height, share));
  }

  private static int part(int whole, int divisor) {
    return (2 * whole + divisor) / (2 * divisor);
  }

  /** Steps of a row. */
  public int steps() {
    return Bits.ceilDiv(width, step);
  }

  /** First column that is summed. */
  public int left() {
    return sides * step;
  }

  /** The column behind the last one that is summed. */
  public int right() {
    return Math.min(width, (steps() - sides) * step);
  }

  /** Positions that are summed. */
  public long positions() {
    return (long) (right() - left()) * (height - 2 * ends);
  }

  /** Whether row {@code y} is summed. */
  public boolean holds(int y) {
    return y >= ends && y < height - ends;
  }
}
