package dev.tessera.hw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A frame in tiles, row by row from the top left. A tile goes through the pipeline as a small frame
 * of its own; whatever its edges spoil lies in the halo and is dropped.
 *
 * @param columns how rows of pixels are cut
 * @param rows how columns of pixels are cut
 */
public record TileGrid(TileAxis columns, TileAxis rows) {
  /**
   * A tile.
   *
   * @param column its place along a row
   * @param row its place along a column
   */
  public record Tile(TileAxis.Span column, TileAxis.Span row) {
    /** What of it goes through the pipeline. */
    public Size size() {
      return new Size(column.size(), row.size());
    }
  }

  /** The frame in one tile. */
  public static TileGrid whole(int width, int height, int madeWidth, int madeHeight) {
    return new TileGrid(TileAxis.whole(width, madeWidth), TileAxis.whole(height, madeHeight));
  }

  /** Whether the frame is one tile. */
  public boolean isWhole() {
    return count() == 1;
  }

  /** Number of tiles. */
  public int count() {
    return columns.count() * rows.count();
  }

  /** All tiles in the order in which they are worked on. */
  public List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    for (int y = 0; y < rows.count(); y++) {
      for (int x = 0; x < columns.count(); x++) {
        tiles.add(new Tile(columns.span(x), rows.span(y)));
      }
    }
    return tiles;
  }

  /** How many tiles there are of every size, in the order of first use. */
  public Map<Size, Integer> sizes() {
    Map<Size, Integer> sizes = new LinkedHashMap<>();
    tiles().forEach(tile -> sizes.merge(tile.size(), 1, Integer::sum));
    return sizes;
  }

  /** The smallest frame that holds every tile: what the pipeline is built for. */
  public Size largest() {
    return new Size(columns.widest(), rows.widest());
  }

  /** Input pixels that are read for a frame. */
  public long pixelsRead() {
    return columns.read() * rows.read();
  }

  /** Output pixels that are kept of a frame. */
  public long pixelsMade() {
    return (long) columns.made() * rows.made();
  }

  /** Pixels worked on per pixel of the frame: 1 and what the halos repeat. */
  public double recompute() {
    return (double) pixelsRead() / ((long) columns.frame() * rows.frame());
  }

  /** The widest halo on any side. */
  public int halo() {
    int across = Math.max(columns.before(), columns.after());
    return Math.max(across, Math.max(rows.before(), rows.after()));
  }

  /** What of {@code frame} goes through the pipeline as {@code tile}. */
  public Frame cut(Frame frame, Tile tile) {
    return frame.cut(tile.column().start(), tile.row().start(), tile.size());
  }

  /**
   * The frame that the kept parts of all tiles are.
   *
   * @param made what the network made of each tile, in order; a tile that is missing leaves zeros
   */
  public Frame join(List<Frame> made) {
    Frame whole = new Frame(made.get(0).channels(), rows.made(), columns.made());
    List<Tile> tiles = tiles();
    for (int i = 0; i < made.size(); i++) {
      Tile tile = tiles.get(i);
      for (int c = 0; c < whole.channels(); c++) {
        for (int y = 0; y < tile.row().madeSize(); y++) {
          int from = made.get(i).index(c, tile.row().skipped() + y, tile.column().skipped());
          int to = whole.index(c, tile.row().madeStart() + y, tile.column().madeStart());
          System.arraycopy(made.get(i).data(), from, whole.data(), to, tile.column().madeSize());
        }
      }
    }
    return whole;
  }
}
