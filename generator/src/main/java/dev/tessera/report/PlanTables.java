package dev.tessera.report;

import java.util.List;

/**
 * The parts of the report on block memories, ways to cut a frame, stored maps, and forms of
 * enlarging layers.
 */
final class PlanTables {
  private PlanTables() {}

  /** Appends them. */
  static void write(Html html, DesignSummary design) {
    html.table(
        List.of("block memory", "taken", "available"),
        design.memories().stream()
            .map(m -> List.of(m.kind(), Html.number(m.blocks(), 1), Html.count(m.available())))
            .toList());
    if (!design.tilings().isEmpty()) {
      tilings(html, design);
    }
    if (!design.cuts().isEmpty()) {
      cuts(html, design);
    }
    if (!design.enlargings().isEmpty()) {
      enlargings(html, design);
    }
  }

  private static void tilings(Html html, DesignSummary design) {
    html.section("Tiles");
    html.paragraph(
        "Ways to cut the frame. NBR: bytes of pixels in and out over bytes out; NCR: pixels worked"
            + " on over pixels of the frame; bytes in and out are those of a frame whose home is"
            + " the DRAM; lines and FIFOs are bytes on the chip.");
    html.table(
        List.of("cut", "tiles", "NBR", "NCR", "in", "out", "lines", "FIFOs", "verdict"),
        design.tilings().stream().map(PlanTables::row).toList());
  }

  private static void cuts(Html html, DesignSummary design) {
    html.section("Stored maps");
    html.paragraph(
        "Maps that stay in DRAM until their frame is over, in bytes: values of a frame, what it moves"
            + " there at most (and as much back), the first place from the base of all maps on, and"
            + " from place to place. A place holds a frame.");
    html.table(
        List.of("map", "codec", "values", "moved", "begins at", "place", "places", "word bits"),
        design.cuts().stream().map(PlanTables::row).toList());
  }

  private static List<String> row(DesignSummary.Cut cut) {
    return List.of(
        cut.name(),
        cut.codec(),
        Html.count(cut.rawBytes()),
        Html.count(cut.bytes()),
        Html.count(cut.offset()),
        Html.count(cut.stride()),
        Html.count(cut.slots()),
        Html.count(cut.busBits()));
  }

  private static void enlargings(Html html, DesignSummary design) {
    html.section("Enlarging layers");
    html.paragraph(
        "Products and cycles are those of a frame, or of the largest tile, with the multipliers of the"
            + " layer; rows are bytes on the chip beside the window of the small map; bytes moved are"
            + " those of a machine that stores every map in DRAM. Time is the longer one of computing"
            + " and moving, energy the sum of both, with 1 pJ assumed for a product.");
    html.table(
        List.of(
            "layer",
            "form",
            "products",
            "cycles",
            "rows",
            "moved",
            "time us",
            "energy uJ",
            "verdict"),
        design.enlargings().stream().map(PlanTables::row).toList());
  }

  private static List<String> row(DesignSummary.Enlarging e) {
    return List.of(
        e.layer(),
        e.form(),
        Html.count(e.multiplications()),
        Html.count(e.cycles()),
        Html.count(e.memoryBytes()),
        Html.count(e.dramBytes()),
        Html.number(e.microseconds(), 1),
        Html.number(e.microjoules(), 1),
        e.verdict());
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
