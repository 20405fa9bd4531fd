package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.cosim.Area;
import dev.tessera.cosim.Family;
import dev.tessera.cosim.IceStorm;
import dev.tessera.cosim.Synthesis;
import dev.tessera.cosim.VendorTool;
import dev.tessera.emit.TopInterface;
import dev.tessera.golden.DesignFile;
import dev.tessera.hw.Design;
import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import dev.tessera.report.DesignSummary;
import dev.tessera.report.Json;
import dev.tessera.report.PlacementSummary;
import dev.tessera.report.SynthesisSummary;
import dev.tessera.report.SynthesisSummary.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Synthesises a generated design and puts what it takes beside the prediction. */
public final class SynthesisRun {
  /** Steps of progress. */
  public static final int STEPS = 3;

  /** What a synthesis took, inside the design folder. */
  public static final String SYNTHESISED = "synthesis.json";

  /** What placement and routing took, inside the design folder. */
  public static final String PLACED = "placement.json";

  private static final String RTL = "rtl";
  private static final String WORK = "build";
  private static final String REST = "(buffers)";

  private SynthesisRun() {}

  /** Tools. */
  public enum Tool {
    yosys,
    vivado,
    quartus,
    icestorm
  }

  /**
   * What the user asked for.
   *
   * @param family to map to, with Yosys; empty for the board's
   */
  public record Request(Path folder, Tool tool, Optional<Family> family) {
    public Request {
      if (family.isPresent() && tool != Tool.yosys) {
        throw new IllegalArgumentException("--family is for --tool yosys: others have their part");
      }
    }
  }

  /**
   * What came out.
   *
   * @param summary contents of synthesis.json; empty where the tool writes reports of its own
   * @param placement contents of placement.json, where a bitstream was made
   * @param work where files of the tool lie
   */
  public record Result(
      Optional<SynthesisSummary> summary, Optional<PlacementSummary> placement, Path work) {}

  /**
   * Synthesises; Yosys alone writes synthesis.json and the report as well, the tools that make a
   * bitstream placement.json.
   *
   * @throws TesseraException {@code synth.part} if the tool has nothing to do with the design's
   *     device
   */
  public static Result run(Request request, Progress progress) throws IOException {
    return FileFault.in(request.folder(), () -> start(request, progress));
  }

  private static Result start(Request request, Progress progress) throws IOException {
    progress.step("reading");
    Path folder = request.folder();
    OutputFolder.requireDesign(folder);
    DesignSummary planned = Json.read(folder.resolve(OutputFolder.MARK), DesignSummary.class);
    Design design = DesignFile.read(folder.resolve(Generation.DESIGN_FILE));
    Path work = folder.resolve(WORK).resolve(request.tool().name());
    progress.step("synthesis");
    if (request.tool() == Tool.icestorm) {
      PlacementSummary placement = placed(folder, planned, design, work);
      progress.step("writing");
      OutputFolder.measured(folder, PLACED, placement);
      return new Result(Optional.empty(), Optional.of(placement), work);
    }
    if (request.tool() != Tool.yosys) {
      VendorTool.valueOf(request.tool().name()).run(folder, work);
      return new Result(Optional.empty(), Optional.empty(), work);
    }
    Family family = request.family().orElseGet(() -> family(planned.board()));
    SynthesisSummary summary = summary(planned, family, mapped(folder, design, family, work));
    progress.step("writing");
    OutputFolder.measured(folder, SYNTHESISED, summary);
    return new Result(Optional.of(summary), Optional.empty(), work);
  }

  private static PlacementSummary placed(
      Path folder, DesignSummary planned, Design design, Path work) throws IOException {
    String part = Boards.load(planned.board()).part();
    if (!IceStorm.makes(part)) {
      throw TesseraException.input(
          "synth.part",
          "",
          "the design is for " + part + ", and icestorm makes bitstreams for iCE40 devices",
          "generate it with --board icebreaker, or choose another --tool");
    }
    Path rtl = folder.resolve(RTL);
    String top = TopInterface.module(design);
    IceStorm.Result made =
        IceStorm.run(top, rtl, sources(rtl, design), part, design.clockMhz(), work);
    return new PlacementSummary(
        Tool.icestorm.name(),
        part,
        made.cells(),
        made.dsp(),
        made.memories(),
        planned.predicted().dsp(),
        made.clockMhz(),
        design.clockMhz(),
        made.clockMhz() * 1e6 / planned.predicted().cyclesPerFrame(),
        folder.toAbsolutePath().relativize(made.bitstream()).toString(),
        Files.size(made.bitstream()));
  }

  private static List<String> sources(Path rtl, Design design) throws IOException {
    return Files.readAllLines(rtl.resolve(design.name() + ".f"));
  }

  private static Family family(String name) {
    Board board = Boards.load(name);
    return Family.of(board.vendor(), board.dsp().kind());
  }

  private static Synthesis.Result mapped(Path folder, Design design, Family family, Path work)
      throws IOException {
    Path rtl = folder.resolve(RTL);
    String inside = TopInterface.inside(design);
    return Synthesis.run(
        TopInterface.module(design), inside, rtl, sources(rtl, design), family, work);
  }

  private static SynthesisSummary summary(
      DesignSummary planned, Family family, Synthesis.Result made) {
    Map<String, Area> parts = new LinkedHashMap<>(made.parts());
    List<Unit> units = new ArrayList<>();
    Area known = Area.NOTHING;
    for (DesignSummary.Unit unit : planned.units()) {
      Area area = Optional.ofNullable(parts.remove("u_" + unit.name())).orElse(Area.NOTHING);
      Area predicted = new Area(unit.dsp(), unit.lut(), unit.ff(), unit.bram36(), 0);
      known = known.plus(predicted);
      units.add(new Unit(unit.name(), area, predicted));
    }
    Area rest = parts.values().stream().reduce(Area.NOTHING, Area::plus);
    DesignSummary.Predicted p = planned.predicted();
    Area predicted = new Area(p.dsp(), p.lut(), p.ff(), p.bram36(), p.uram());
    units.add(new Unit(REST, rest, predicted.minus(known)));
    Area all = made.all();
    return new SynthesisSummary(
        Tool.yosys.name(),
        family.word(),
        all.dsp(),
        all.lut(),
        all.ff(),
        all.bram36(),
        all.uram(),
        made.logicLevels(),
        made.deepest().replaceFirst("^u_", ""),
        predicted,
        units);
  }
}
