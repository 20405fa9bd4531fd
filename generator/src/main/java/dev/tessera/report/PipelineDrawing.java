package dev.tessera.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pipeline as an SVG drawing: units in columns by their distance from the source, streams as
 * curves whose labels give the depth of the buffer.
 */
final class PipelineDrawing {
  private static final int COLUMN = 148;
  private static final int ROW = 74;
  private static final int BOX_WIDTH = 112;
  private static final int BOX_HEIGHT = 46;
  private static final int MARGIN = 16;
  private static final int NAME_LENGTH = 17;

  private record Place(int column, int row) {
    int x() {
      return MARGIN + column * COLUMN;
    }

    int y() {
      return MARGIN + row * ROW;
    }

    int middle() {
      return y() + BOX_HEIGHT / 2;
    }
  }

  private final DesignSummary design;
  private final Map<String, DesignSummary.Unit> makers = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  private PipelineDrawing(DesignSummary design) {
    this.design = design;
    for (DesignSummary.Unit unit : design.units()) {
      unit.outputs().forEach(link -> makers.put(link, unit));
    }
    place();
  }

  /** The drawing as one svg element. */
  static String of(DesignSummary design) {
    return new PipelineDrawing(design).draw();
  }

  private void place() {
    Map<Integer, Integer> filled = new LinkedHashMap<>();
    for (DesignSummary.Unit unit : design.units()) {
      int column = 0;
      for (String link : unit.inputs()) {
        DesignSummary.Unit maker = makers.get(link);
        if (maker != null && places.containsKey(maker.name())) {
          column = Math.max(column, places.get(maker.name()).column() + 1);
        }
      }
      int row = filled.merge(column, 1, Integer::sum) - 1;
      places.put(unit.name(), new Place(column, row));
    }
  }

  private String draw() {
    List<String> parts = new ArrayList<>();
    for (DesignSummary.Unit unit : design.units()) {
      unit.inputs().forEach(link -> parts.add(edge(link, unit)));
    }
    design.units().forEach(unit -> parts.add(box(unit)));
    int width = MARGIN + places.values().stream().mapToInt(Place::x).max().orElse(0) + BOX_WIDTH;
    int height = MARGIN + places.values().stream().mapToInt(Place::y).max().orElse(0) + BOX_HEIGHT;
    return String.format(
        Locale.ROOT,
        "<div class=\"wide\"><svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " role=\"img\" aria-label=\"Pipeline\">%n%s</svg></div>",
        width,
        height + MARGIN,
        width,
        height + MARGIN,
        String.join("\n", parts));
  }

  private String edge(String link, DesignSummary.Unit reader) {
    DesignSummary.Unit maker = makers.get(link);
    if (maker == null) {
      return "";
    }
    Place from = places.get(maker.name());
    Place to = places.get(reader.name());
    int x0 = from.x() + BOX_WIDTH;
    int x1 = to.x();
    int bend = Math.max(18, (x1 - x0) / 2);
    int depth = depthOf(link);
    String strong = depth > 64 ? " class=\"edge deep\"" : " class=\"edge\"";
    return String.format(
        Locale.ROOT,
        "<path%s d=\"M%d %d C%d %d %d %d %d %d\"><title>%s, buffer %d</title></path>",
        strong,
        x0,
        from.middle(),
        x0 + bend,
        from.middle(),
        x1 - bend,
        to.middle(),
        x1,
        to.middle(),
        Html.text(link),
        depth);
  }

  private int depthOf(String link) {
    return design.links().stream()
        .filter(l -> l.name().equals(link))
        .mapToInt(DesignSummary.Buffer::depth)
        .findFirst()
        .orElse(0);
  }

  private String box(DesignSummary.Unit unit) {
    Place at = places.get(unit.name());
    String shown =
        unit.name().length() <= NAME_LENGTH
            ? unit.name()
            : unit.name().substring(0, NAME_LENGTH - 1) + "\u2026";
    String detail = unit.multipliers() > 0 ? unit.multipliers() + " mult." : unit.kind();
    return String.format(
        Locale.ROOT,
        "<g class=\"unit %s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
            + " rx=\"6\"/><text x=\"%d\" y=\"%d\">%s</text><text class=\"dim\" x=\"%d\""
            + " y=\"%d\">%s</text></g>",
        Html.text(unit.kind()),
        Html.text(unit.name()),
        at.x(),
        at.y(),
        BOX_WIDTH,
        BOX_HEIGHT,
        at.x() + 8,
        at.y() + 20,
        Html.text(shown),
        at.x() + 8,
        at.y() + 36,
        Html.text(detail));
  }
}
