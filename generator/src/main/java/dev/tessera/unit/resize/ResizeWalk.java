package dev.tessera.unit.resize;

import dev.tessera.ir.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of the hardware along one axis: that of a frame, or one behind the other those of the
 * tiles of a frame.
 *
 * @param table entries of all tiles
 * @param starts first entry of each tile
 * @param made outputs of each tile; 0 if the size of the frame tells
 * @param factor outputs of a pixel where the size of the frame tells
 */
record ResizeWalk(ResizeAxis.Table table, List<Integer> starts, List<Integer> made, int factor) {
  static ResizeWalk columns(ResizeSpec spec) {
    return of(spec, spec.columns(), spec.columnTiles());
  }

  static ResizeWalk rows(ResizeSpec spec) {
    return of(spec, spec.rows(), spec.rowTiles());
  }

  private static ResizeWalk of(ResizeSpec spec, ResizeAxis axis, List<Section> tiles) {
    if (tiles.isEmpty()) {
      int factor = Math.max(1, axis.factor());
      return new ResizeWalk(axis.table(), List.of(0), List.of(0), factor);
    }
    List<ResizeAxis.Entry> entries = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    List<Integer> made = new ArrayList<>();
    for (Section tile : tiles) {
      starts.add(entries.size());
      made.add(tile.sizeOut());
      entries.addAll(new ResizeAxis(spec.sampling(), tile, spec.weightBits()).entries());
    }
    return new ResizeWalk(new ResizeAxis.Table(entries, 0), starts, made, 1);
  }
}
