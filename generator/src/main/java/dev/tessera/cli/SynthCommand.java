package dev.tessera.cli;

import dev.tessera.cosim.Area;
import dev.tessera.cosim.Family;
import dev.tessera.cosim.IceStorm;
import dev.tessera.flow.Progress;
import dev.tessera.flow.SynthesisRun;
import dev.tessera.report.Json;
import dev.tessera.report.PlacementSummary;
import dev.tessera.report.SynthesisSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Synthesises a generated design. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Synthesise a generated design and compare what it takes with the prediction.")
final class SynthCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder that tessera generate wrote")
  private Path folder;

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      defaultValue = "yosys",
      description =
          "yosys, or vivado or quartus, which run the design's own script and write their reports, or"
              + " icestorm, which places and routes for iCE40 devices and makes a bitstream"
              + " (${DEFAULT-VALUE})")
  private SynthesisRun.Tool tool;

  @Option(
      names = "--family",
      paramLabel = "NAME",
      description =
          "family that yosys maps to: xc7, xcup, cyclonev or ice40 (the nearest to the board's)")
  private Family family;

  @Option(
      names = "--json",
      description = "print synthesis.json or placement.json instead of a summary")
  private boolean json;

  SynthCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SynthesisRun.Request request =
        Usage.checked(
            spec, () -> new SynthesisRun.Request(folder, tool, Optional.ofNullable(family)));
    SynthesisRun.Result result;
    try (Progress progress = console.progress("synth", SynthesisRun.STEPS)) {
      result = SynthesisRun.run(request, progress);
    }
    if (result.placement().isPresent()) {
      PlacementSummary placed = result.placement().get();
      if (json) {
        console.out().print(Json.text(placed));
      } else {
        print(placed);
      }
    } else if (result.summary().isEmpty()) {
      console.out().println("reports of " + tool + " lie in " + result.work());
    } else if (json) {
      console.out().print(Json.text(result.summary().get()));
    } else {
      print(result.summary().get());
    }
    return ExitCodes.OK;
  }

  private void print(SynthesisSummary made) {
    TextTable table =
        new TextTable(
            "UNIT", "DSP", "PLAN", "LUT", "PLAN", "FF", "PLAN", "BRAM", "PLAN", "URAM", "PLAN");
    for (SynthesisSummary.Unit unit : made.units()) {
      row(table, unit.name(), unit.synthesised(), unit.predicted());
    }
    Area all = new Area(made.dsp(), made.lut(), made.ff(), made.bram36(), made.uram());
    row(table, "all", all, made.predicted());
    table.print(console.out());
    console.out().println();
    console
        .out()
        .println(
            made.tool()
                + " for "
                + made.family()
                + ": at most "
                + made.logicLevels()
                + " LUT levels between registers, in "
                + made.deepest());
  }

  private void print(PlacementSummary placed) {
    TextTable table = new TextTable("PLACED", placed.part());
    table.row("logic cells", of(placed.cells()));
    table.row("multipliers", of(placed.dsp()) + ", planned " + placed.plannedDsp());
    table.row("memories", of(placed.memories()));
    table.row(
        "clock",
        TextTable.decimal(placed.clockMhz(), 1)
            + " MHz after routing, planned "
            + TextTable.decimal(placed.plannedClockMhz(), 1));
    table.row("frames per second", TextTable.decimal(placed.framesPerSecond(), 1));
    table.row("bitstream", placed.bitstream() + ", " + placed.bitstreamBytes() + " bytes");
    table.print(console.out());
  }

  private static String of(IceStorm.Use use) {
    return use.used() + " of " + use.available();
  }

  private static void row(TextTable table, String name, Area made, Area planned) {
    table.row(
        name,
        decimal(made.dsp()),
        decimal(planned.dsp()),
        made.lut(),
        planned.lut(),
        made.ff(),
        planned.ff(),
        decimal(made.bram36()),
        decimal(planned.bram36()),
        made.uram(),
        planned.uram());
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }
}
