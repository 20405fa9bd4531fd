package dev.tessera.cli;

import dev.tessera.report.DesignSummary.Tiling;
import java.util.List;
import java.util.Locale;

/** The ways to cut a frame, as a table for people. */
final class TilingTable {
  private TilingTable() {}

  static TextTable of(List<Tiling> tilings) {
    TextTable table =
        new TextTable("TILES", "COUNT", "NBR", "NCR", "BYTES", "LINES", "FIFOS", "VERDICT");
    for (Tiling t : tilings) {
      table.row(
          t.name(),
          t.tiles(),
          String.format(Locale.ROOT, "%.3f", t.nbr()),
          String.format(Locale.ROOT, "%.3f", t.ncr()),
          t.readBytes() + t.writeBytes(),
          t.lineBytes(),
          t.fifoBytes(),
          t.verdict());
    }
    return table;
  }
}
