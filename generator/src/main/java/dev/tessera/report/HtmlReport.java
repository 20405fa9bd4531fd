package dev.tessera.report;

import dev.tessera.cosim.Area;
import dev.tessera.cosim.IceStorm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code report.html}: one self-contained page about a design directory, made from its JSON files
 * and pictures alone, so that every figure on it stands in one of them.
 */
public final class HtmlReport {
  private final DesignSummary design;
  private final Optional<SimulationSummary> simulation;
  private final Path dir;

  private HtmlReport(DesignSummary design, Optional<SimulationSummary> simulation, Path dir) {
    this.design = design;
    this.simulation = simulation;
    this.dir = dir;
  }

  /**
   * Writes {@code report.html} into {@code dir}, which holds design.json and perhaps
   * simulation.json.
   */
  public static void write(Path dir) throws IOException {
    DesignSummary design = Json.read(dir.resolve("design.json"), DesignSummary.class);
    Path measured = dir.resolve("simulation.json");
    Optional<SimulationSummary> simulation =
        Files.exists(measured)
            ? Optional.of(Json.read(measured, SimulationSummary.class))
            : Optional.empty();
    Files.writeString(dir.resolve("report.html"), new HtmlReport(design, simulation, dir).page());
  }

  private String page() throws IOException {
    Html html = new Html();
    html.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.raw("<title>" + Html.text(design.name()) + " \u2013 Tessera</title>");
    html.raw("<style>" + resource("style.css") + "</style></head><body><main>");
    heading(html);
    cards(html);
    pictures(html);
    html.section("Pipeline");
    html.raw(PipelineDrawing.of(design));
    html.paragraph(
        "Boxes are units, curves are streams; a thick curve carries a buffer of more than 64 words"
            + " (hold the pointer over it for its depth).");
    plan(html);
    activity(html);
    comparison(html);
    folding(html);
    resources(html);
    synthesis(html);
    placement(html);
    PlanTables.write(html, design);
    quantization(html);
    buffers(html);
    return html.raw("</main></body></html>").toString();
  }

  private void heading(Html html) {
    html.raw("<header><h1>" + Html.text(design.name()) + "</h1>");
    String verdict =
        simulation
            .map(
                s ->
                    s.bitExact()
                        ? "<span class=\"good\">bit-exact in simulation</span>"
                        : "<span class=\"bad\">" + s.mismatches() + " values differ</span>")
            .orElse("<span class=\"open\">not simulated yet</span>");
    html.raw(
        String.format(
            Locale.ROOT,
            "<p>%s%d\u00d7%d \u2192 %d\u00d7%d on %s at %s MHz %s</p></header>",
            design.resizable() ? smallest() : "",
            design.frame().width(),
            design.frame().height(),
            design.outputFrame().width(),
            design.outputFrame().height(),
            Html.text(design.board()),
            Html.number(design.clockMHz(), 0),
            verdict));
    simulation
        .map(SimulationSummary::firstMismatch)
        .ifPresent(where -> html.raw("<p class=\"bad\">" + Html.text(where) + "</p>"));
  }

  private String smallest() {
    DesignSummary.Size least = design.minFrame();
    return String.format(
        Locale.ROOT, "any frame from %d\u00d7%d up to ", least.width(), least.height());
  }

  private void cards(Html html) {
    Map<String, String> cards = new LinkedHashMap<>();
    cards.put("frames per second (predicted)", Html.number(design.predicted().fps(), 1));
    cards.put("multipliers", Html.count(design.multipliers()));
    simulation.ifPresentOrElse(
        s -> {
          if (s.multiplierUtilization() != null) {
            cards.put("of them busy", Html.percent(s.multiplierUtilization()));
          }
          if (s.cyclesPerInputPixel() != null) {
            cards.put("cycles per input pixel", Html.number(s.cyclesPerInputPixel(), 2));
          }
          if (!s.pictures().isEmpty()) {
            cards.put("dB against the float network", Html.number(s.psnrVsReference(), 2));
          }
          if (s.psnrVsTruth() != null) {
            cards.put("dB against the ground truth", Html.number(s.psnrVsTruth(), 2));
            cards.put("dB bicubic", Html.number(s.psnrBicubicVsTruth(), 2));
          }
        },
        () -> cards.put("of them busy (predicted)", Html.percent(predictedUtilization())));
    html.raw("<div class=\"cards\">");
    cards.forEach(
        (label, value) ->
            html.raw("<div><b>" + value + "</b><span>" + Html.text(label) + "</span></div>"));
    html.raw("</div>");
  }

  private double predictedUtilization() {
    double offered = (double) design.predicted().cyclesPerFrame() * design.multipliers();
    return offered == 0 ? 0 : design.macsPerFrame() / offered;
  }

  private void pictures(Html html) throws IOException {
    if (simulation.isEmpty() || simulation.get().pictures().isEmpty()) {
      return;
    }
    html.section("Pictures");
    html.raw("<div class=\"pictures\">");
    for (SimulationSummary.Picture picture : simulation.get().pictures()) {
      Path file = dir.resolve(picture.file()).normalize();
      if (!file.startsWith(dir.normalize()) || !Files.isRegularFile(file)) {
        continue;
      }
      String data = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
      html.raw(
          "<figure><img alt=\""
              + Html.text(picture.title())
              + "\" src=\"data:image/png;base64,"
              + data
              + "\"><figcaption>"
              + Html.text(picture.title())
              + "</figcaption></figure>");
    }
    html.raw("</div>");
  }

  private void plan(Html html) {
    html.paragraph(
        "The plan is limited by "
            + design.limit()
            + ". The first pixel comes out "
            + Html.count(design.predicted().latency().cycles())
            + " cycles ("
            + Html.number(design.predicted().latency().rows(), 1)
            + " input rows, "
            + Html.number(design.predicted().latency().microseconds(), 1)
            + " microseconds) after the first pixel went in.");
    html.list(design.notes());
  }

  private void activity(Html html) {
    html.section("Busy and idle cycles");
    long total =
        simulation
            .map(SimulationSummary::cyclesPerFrame)
            .orElse(design.predicted().cyclesPerFrame());
    html.raw("<div class=\"bars\">");
    for (DesignSummary.Unit unit : design.units()) {
      double busy = Math.min(1, (double) unit.cyclesPerFrame() / Math.max(1, total));
      html.raw(
          String.format(
              Locale.ROOT,
              "<div class=\"bar\"><span>%s</span><i class=\"%s\"><u style=\"width:%s%%\"></u></i>"
                  + "<span>%s busy, %s idle</span></div>",
              Html.text(unit.name()),
              unit.multipliers() > 0 ? "mac" : "wire",
              Html.number(100 * busy, 2),
              Html.count(Math.min(total, unit.cyclesPerFrame())),
              Html.count(Math.max(0, total - unit.cyclesPerFrame()))));
    }
    html.raw("</div>");
  }

  private void comparison(Html html) {
    if (simulation.isEmpty()) {
      return;
    }
    SimulationSummary s = simulation.get();
    DesignSummary.Predicted p = design.predicted();
    html.section("Prediction and measurement");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "cycles per frame",
            Html.count(p.cyclesPerFrame()),
            s.cyclesPerFrame() == null ? "-" : Html.count(s.cyclesPerFrame())));
    rows.add(
        List.of(
            "multiplier utilisation",
            Html.percent(predictedUtilization()),
            s.multiplierUtilization() == null ? "-" : Html.percent(s.multiplierUtilization())));
    Latency seen = s.latency();
    rows.add(
        List.of(
            "latency in cycles",
            Html.count(p.latency().cycles()),
            seen == null ? "-" : Html.count(seen.cycles())));
    rows.add(row("DRAM bytes read", p.dramReadBytesPerFrame(), s.dramReadBytesPerFrame()));
    rows.add(row("DRAM bytes written", p.dramWriteBytesPerFrame(), s.dramWriteBytesPerFrame()));
    html.table(List.of("figure", "predicted", "simulated"), rows);
    html.paragraph(
        s.frames()
            + " frames back to back, stall probability "
            + Html.number(s.stallProbability(), 2)
            + ", seed "
            + s.seed()
            + "; the first frame is complete after "
            + Html.count(s.firstFrameCycles())
            + " cycles.");
  }

  private static List<String> row(String label, long predicted, long measured) {
    return List.of(label, Html.count(predicted), Html.count(measured));
  }

  private void folding(Html html) {
    html.section("Folding");
    List<List<String>> rows = new ArrayList<>();
    for (DesignSummary.Unit unit : design.units()) {
      if (unit.fold() == null || unit.multipliers() == 0) {
        continue;
      }
      double useful = (double) unit.macs() / ((double) unit.cyclesPerFrame() * unit.multipliers());
      rows.add(
          List.of(
              unit.name(),
              unit.shape() == null ? "" : unit.shape(),
              Html.count(unit.positions()),
              Html.count(unit.groups()),
              Html.count(unit.pe()),
              Html.count(unit.simd()),
              Html.count(unit.fold()),
              Html.count(unit.multipliers()),
              Html.count(unit.cyclesPerFrame()),
              Html.percent(useful)));
    }
    html.table(
        List.of(
            "unit",
            "shape",
            "positions",
            "groups",
            "PE",
            "SIMD",
            "fold",
            "multipliers",
            "cycles per frame",
            "useful"),
        rows);
  }

  private void resources(Html html) {
    html.section("Resources (predicted)");
    List<List<String>> rows = new ArrayList<>();
    for (DesignSummary.Unit unit : design.units()) {
      rows.add(
          resourceRow(unit.name(), unit.kind(), unit.dsp(), unit.lut(), unit.ff(), unit.bram36()));
    }
    DesignSummary.Predicted p = design.predicted();
    rows.add(resourceRow("all, buffers included", "", p.dsp(), p.lut(), p.ff(), p.bram36()));
    html.table(List.of("unit", "kind", "DSP", "LUT", "FF", "BRAM36"), rows);
  }

  /** What a synthesis took, where there was one. */
  private void synthesis(Html html) throws IOException {
    Path file = dir.resolve("synthesis.json");
    if (!Files.exists(file)) {
      return;
    }
    SynthesisSummary made = Json.read(file, SynthesisSummary.class);
    html.section("Resources (synthesised by " + made.tool() + " for " + made.family() + ")");
    List<List<String>> rows = new ArrayList<>();
    for (SynthesisSummary.Unit unit : made.units()) {
      Area area = unit.synthesised();
      rows.add(areaRow(unit.name(), area));
    }
    rows.add(
        areaRow("all", new Area(made.dsp(), made.lut(), made.ff(), made.bram36(), made.uram())));
    rows.add(areaRow("predicted", made.predicted()));
    html.table(List.of("unit", "DSP", "LUT", "FF", "block memories", "URAM"), rows);
    html.paragraph(
        "At most "
            + made.logicLevels()
            + " look-up tables lie between two registers, in "
            + made.deepest()
            + ".");
  }

  /** What placing and routing took, where that was done. */
  private void placement(Html html) throws IOException {
    Path file = dir.resolve("placement.json");
    if (!Files.exists(file)) {
      return;
    }
    PlacementSummary made = Json.read(file, PlacementSummary.class);
    html.section("Resources (placed and routed by " + made.tool() + " for " + made.part() + ")");
    html.table(
        List.of("", "taken", "of the device"),
        List.of(
            useRow("logic cells", made.cells()),
            useRow("multipliers", made.dsp()),
            useRow("memories", made.memories())));
    html.paragraph(
        "The slowest path allows "
            + Html.number(made.clockMhz(), 1)
            + " MHz, "
            + Html.number(made.plannedClockMhz(), 1)
            + " were planned: "
            + Html.number(made.framesPerSecond(), 1)
            + " frames per second. The bitstream is "
            + made.bitstream()
            + ".");
  }

  private static List<String> useRow(String name, IceStorm.Use use) {
    return List.of(name, Html.count(use.used()), Html.count(use.available()));
  }

  private static List<String> areaRow(String name, Area area) {
    return List.of(
        name,
        Html.number(area.dsp(), 1),
        Html.count(area.lut()),
        Html.count(area.ff()),
        Html.number(area.bram36(), 1),
        Html.count(area.uram()));
  }

  private static List<String> resourceRow(
      String name, String kind, int dsp, int lut, int ff, double bram) {
    return List.of(
        name, kind, Html.count(dsp), Html.count(lut), Html.count(ff), Html.number(bram, 1));
  }

  private void quantization(Html html) {
    html.section("Quantisation");
    html.list(design.quantization());
  }

  private void buffers(Html html) {
    html.raw("<details><summary>Streams and their buffers</summary>");
    List<List<String>> rows = new ArrayList<>();
    for (DesignSummary.Buffer link : design.links()) {
      rows.add(
          List.of(
              link.name(),
              Html.count(link.channels()),
              Html.count(link.lanes()),
              link.type(),
              Html.count(link.depth())));
    }
    html.table(List.of("stream", "channels", "lanes", "type", "depth"), rows);
    html.raw("</details>");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("/report/" + name)) {
      if (in == null) {
        throw new IllegalStateException("resource report/" + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
