package dev.tessera.plan;

import dev.tessera.hw.Size;
import dev.tessera.hw.TileGrid;
import java.util.Comparator;

/**
 * One way to cut a frame into tiles and what it costs.
 *
 * @param grid the tiles
 * @param channelsIn bytes of an input pixel
 * @param channelsOut bytes of an output pixel
 * @param lineBytes what the rows of all windows and pixel shuffles take on the chip
 * @param fifoBytes what waits on skip paths
 */
public record TileOption(
    TileGrid grid, int channelsIn, int channelsOut, long lineBytes, long fifoBytes) {
  /** DRAM bytes first, recomputation second, memory third. */
  static final Comparator<TileOption> BEST_FIRST =
      Comparator.comparingLong(TileOption::bytes)
          .thenComparingDouble(TileOption::recompute)
          .thenComparingLong(o -> o.lineBytes() + o.fifoBytes());

  /** Bytes of pixels read for a frame whose home is the DRAM, halos included. */
  public long readBytes() {
    return grid.pixelsRead() * channelsIn;
  }

  /** Bytes of pixels written for a frame whose home is the DRAM. */
  public long writeBytes() {
    return grid.pixelsMade() * channelsOut;
  }

  /** Bytes in and out. */
  public long bytes() {
    return readBytes() + writeBytes();
  }

  /** NBR: bytes in and out over bytes out. */
  public double traffic() {
    return (double) bytes() / writeBytes();
  }

  /** NCR: pixels worked on over pixels of the frame. */
  public double recompute() {
    return grid.recompute();
  }

  /** The way in words. */
  public String words() {
    if (grid.isWhole()) {
      return "whole frame";
    }
    Size core = new Size(grid.columns().core(), grid.rows().core());
    boolean stripes = grid.rows().count() == 1;
    return stripes ? "stripes of " + core.width() + " columns" : "tiles of " + core;
  }
}
