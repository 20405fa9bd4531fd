package dev.tessera.cli;

import dev.tessera.report.DesignSummary.Enlarging;
import java.util.List;
import java.util.Locale;

/** The forms of enlarging layers, as a table for people. */
final class EnlargingTable {
  private EnlargingTable() {}

  static TextTable of(List<Enlarging> forms) {
    TextTable table =
        new TextTable(
            "ENLARGING", "FORM", "PRODUCTS", "CYCLES", "ROWS", "MOVED", "US", "UJ", "VERDICT");
    for (Enlarging e : forms) {
      table.row(
          e.layer(),
          e.form(),
          e.multiplications(),
          e.cycles(),
          e.memoryBytes(),
          e.dramBytes(),
          String.format(Locale.ROOT, "%.1f", e.microseconds()),
          String.format(Locale.ROOT, "%.2f", e.microjoules()),
          e.verdict());
    }
    return table;
  }
}
