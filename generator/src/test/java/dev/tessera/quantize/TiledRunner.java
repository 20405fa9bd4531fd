package dev.tessera.quantize;

import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import java.util.Arrays;

/** Runs every tile of a frame as a frame of its own and puts together what is kept of each. */
final class TiledRunner {
  private TiledRunner() {}

  /**
   * The frame that the tiles make; -1 where they make nothing.
   *
   * @param whole a frame of the output's size
   */
  static Codes run(Graph graph, Codes frame, Codes whole, TileGrid grid) {
    Codes joined = new Codes(whole.channels(), whole.height(), whole.width());
    Arrays.fill(joined.data(), -1);
    for (TileGrid.Tile tile : grid.tiles()) {
      Codes made = IntegerRunner.run(graph, crop(frame, tile));
      if (tile.column().skipped() + tile.column().madeSize() > made.width()) {
        return joined;
      }
      for (int c = 0; c < whole.channels(); c++) {
        for (int y = 0; y < tile.row().madeSize(); y++) {
          int from = (c * made.height() + tile.row().skipped() + y) * made.width();
          int to = (c * whole.height() + tile.row().madeStart() + y) * whole.width();
          System.arraycopy(
              made.data(),
              from + tile.column().skipped(),
              joined.data(),
              to + tile.column().madeStart(),
              tile.column().madeSize());
        }
      }
    }
    return joined;
  }

  private static Codes crop(Codes frame, TileGrid.Tile tile) {
    Codes part = new Codes(frame.channels(), tile.row().size(), tile.column().size());
    for (int c = 0; c < frame.channels(); c++) {
      for (int y = 0; y < part.height(); y++) {
        int from = (c * frame.height() + tile.row().start() + y) * frame.width();
        int to = (c * part.height() + y) * part.width();
        System.arraycopy(frame.data(), from + tile.column().start(), part.data(), to, part.width());
      }
    }
    return part;
  }
}
