package dev.tessera.quantize;

import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    List<TileGrid.Tile> tiles = grid.tiles();
    for (int i = 0; i < tiles.size(); i++) {
      TileGrid.Tile tile = tiles.get(i);
      Codes made = run(graph, crop(frame, tile), grid, i);
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

  /** A tile, whose maps of given sizes are parts of those of the frame. */
  private static Codes run(Graph graph, Codes tile, TileGrid grid, int index) {
    Map<String, Codes> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<Codes> in = node.inputs().stream().map(values::get).toList();
      Codes made;
      if (node instanceof Node.Input) {
        made = tile;
      } else if (node instanceof Node.QResize resize && !follows(graph, resize)) {
        TensorType before = graph.type(resize.input());
        Sampling to = resize.sampling();
        int columns = grid.columns().count();
        made =
            IntegerWindows.resize(
                resize,
                in.get(0),
                grid.rows().sections(before.height()::at, to.height()::at).get(index / columns),
                grid.columns().sections(before.width()::at, to.width()::at).get(index % columns));
      } else {
        made = IntegerRun.run(node, in, tile);
      }
      values.put(node.output(), made);
    }
    return values.get(graph.output());
  }

  /** Whether a map grows alike on frames of every size. */
  private static boolean follows(Graph graph, Node.QResize resize) {
    TensorType before = graph.type(resize.input());
    Sampling to = resize.sampling();
    return to.columnFactor(before.width()) > 0 && to.rowFactor(before.height()) > 0;
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
