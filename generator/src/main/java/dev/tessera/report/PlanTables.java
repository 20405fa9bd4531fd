package dev.tessera.report;

import java.util.List;

/** The parts of the report on block memories and on the ways to cut a frame. */
final class PlanTables {
  private PlanTables() {}

  /** Appends both. */
  static void write(Html html, DesignSummary design) {
    html.table(
        List.of("block memory", "taken", "available"),
        design.memories().stream()
            .map(m -> List.of(m.kind(), Html.number(m.blocks(), 1), Html.count(m.available())))
            .toList());
    html.section("Tiles");
    html.paragraph(
        "Ways to cut the frame. NBR: bytes of pixels in and out over bytes out; NCR: pixels worked"
            + " on over pixels of the frame; bytes in and out are those of a frame whose home is"
            + " the DRAM; lines and FIFOs are bytes on the chip.");
    html.table(
        List.of("cut", "tiles", "NBR", "NCR", "in", "out", "lines", "FIFOs", "verdict"),
        design.tilings().stream().map(PlanTables::row).toList());
  }

  private static List<String> row(DesignSummary.Tiling tiling) {
    return List.of(
        tiling.name(),
        Html.count(tiling.tiles()),
        Html.number(tiling.nbr(), 3),
        Html.number(tiling.ncr(), 3),
        Html.count(tiling.readBytes()),
        Html.count(tiling.writeBytes()),
        Html.count(tiling.lineBytes()),
        Html.count(tiling.fifoBytes()),
        tiling.verdict());
  }
}
