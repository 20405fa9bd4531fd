package dev.tessera.cli;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import dev.tessera.cosim.MemoryPlan;
import dev.tessera.flow.FileFault;
import dev.tessera.flow.Progress;
import dev.tessera.flow.SimulationRun;
import dev.tessera.report.DesignSummary;
import dev.tessera.report.Latency;
import dev.tessera.report.SimulationSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a generated design in Verilator and compares it with the golden model. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Run a generated design in Verilator and compare every pixel.")
final class SimulateCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder that tessera generate wrote")
  private Path folder;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description =
          "PNG photo; its middle is taken where it is larger than the frame, all of it where the"
              + " design takes smaller frames (repeatable)")
  private List<Path> images = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write the first photo's result here")
  private Path output;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "ground truth of the first photo, to measure against")
  private Path truth;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "frames back to back (3, or as many as there are photos)")
  private Integer frames;

  @Option(
      names = "--stall",
      paramLabel = "P",
      defaultValue = "0",
      description = "chance per cycle and port that a pause begins (${DEFAULT-VALUE})")
  private double stall;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "seed of the pauses (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--dram-latency",
      paramLabel = "CYCLES",
      defaultValue = "" + MemoryPlan.LATENCY,
      description =
          "latency of the memory of a design with --top memory; with --stall up to twice as much"
              + " (${DEFAULT-VALUE})")
  private int memoryLatency;

  @Option(
      names = "--dram-rate",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "bytes that this memory moves per cycle at most; 0 for any (${DEFAULT-VALUE})")
  private double memoryRate;

  @Option(names = "--trace", paramLabel = "FILE", description = "write an FST waveform here (slow)")
  private Path trace;

  @Option(names = "--json", description = "print simulation.json instead of a summary")
  private boolean json;

  SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SimulationRun.Request request = Usage.checked(spec, this::request);
    SimulationRun.Result result;
    try (Progress progress = console.progress("simulate", SimulationRun.STEPS)) {
      result = SimulationRun.run(request, progress);
    }
    if (json) {
      console.out().print(Files.readString(folder.resolve(SimulationRun.MEASURED)));
    } else {
      print(result);
    }
    return result.measured().bitExact() ? ExitCodes.OK : report(result);
  }

  private SimulationRun.Request request() {
    return new SimulationRun.Request(
        folder,
        images,
        Optional.ofNullable(output),
        Optional.ofNullable(truth),
        SimulationRun.frames(frames, images.size()),
        stall,
        seed,
        Optional.ofNullable(trace),
        memoryLatency,
        memoryRate);
  }

  private int report(SimulationRun.Result result) {
    SimulationSummary measured = result.measured();
    TesseraException fault =
        new TesseraException(
            TesseraException.Kind.MISMATCH,
            new Diagnostic(
                "simulation.mismatch",
                String.valueOf(measured.firstMismatch()),
                measured.mismatches() + " values differ from the golden model",
                "the report shows where; --trace FILE records the waveform"));
    return new ErrorPrinter(console.err()).print(FileFault.of(folder, fault));
  }

  private void print(SimulationRun.Result result) {
    SimulationSummary measured = result.measured();
    DesignSummary design = result.design();
    long predicted = design.predicted().cyclesPerFrame();
    TextTable facts = new TextTable("SIMULATION", design.name());
    facts.row("bit-exact", measured.bitExact() ? "yes" : measured.mismatches() + " values differ");
    facts.row("frames", measured.frames() + " back to back");
    facts.row(
        "first frame", measured.firstFrameCycles() + " cycles from the start to its last pixel");
    if (measured.latency() != null) {
      facts.row(
          "latency",
          latency(measured.latency())
              + " (predicted "
              + design.predicted().latency().cycles()
              + ")");
    }
    facts.row("cycles per frame", cyclesPerFrame(measured, predicted));
    if (measured.cyclesPerInputPixel() != null) {
      facts.row("cycles per input pixel", TextTable.decimal(measured.cyclesPerInputPixel(), 3));
    }
    if (measured.multiplierUtilization() != null) {
      facts.row("multiplierUtilization", TextTable.decimal(measured.multiplierUtilization(), 4));
    }
    if (measured.dramReadBytesPerFrame() > 0) {
      DesignSummary.Predicted plan = design.predicted();
      facts.row(
          "DRAM bytes read", bytes(measured.dramReadBytesPerFrame(), plan.dramReadBytesPerFrame()));
      facts.row(
          "DRAM bytes written",
          bytes(measured.dramWriteBytesPerFrame(), plan.dramWriteBytesPerFrame()));
    }
    if (measured.frameCrcs() != null) {
      facts.row("register FRAME_CRC", String.join(", ", measured.frameCrcs()));
    }
    facts.row(
        "simulated cycles per second", TextTable.decimal(measured.simulatedCyclesPerSecond(), 0));
    if (!measured.pictures().isEmpty()) {
      facts.row("PSNR against the float network", decibel(measured.psnrVsReference()));
    }
    if (measured.psnrVsTruth() != null) {
      facts.row("PSNR against the ground truth", decibel(measured.psnrVsTruth()));
      facts.row("float network against it", decibel(measured.psnrReferenceVsTruth()));
      facts.row("bicubic against it", decibel(measured.psnrBicubicVsTruth()));
    }
    if (!measured.pictures().isEmpty()) {
      facts.row("picture", result.picture());
    }
    facts.row("report", folder.resolve(SimulationRun.REPORT));
    facts.print(console.out());
  }

  /** A latency in words. */
  static String latency(Latency latency) {
    return String.format(
        Locale.ROOT,
        "%d cycles, %.1f input rows, %.1f us",
        latency.cycles(),
        latency.rows(),
        latency.microseconds());
  }

  private static String cyclesPerFrame(SimulationSummary measured, long predicted) {
    if (measured.cyclesPerFrame() == null) {
      String why =
          measured.frames() > 1 ? "the frames differ in size" : "it takes --frames 2 or more";
      return "not measured: " + why + " (predicted " + predicted + ")";
    }
    long cycles = measured.cyclesPerFrame();
    return measured.stallProbability() > 0
        ? cycles + " under stalls (predicted without " + predicted + ")"
        : String.format(
            Locale.ROOT,
            "%d (predicted %d, %+.2f %%)",
            cycles,
            predicted,
            100.0 * (cycles - predicted) / predicted);
  }

  private static String bytes(long measured, long predicted) {
    return measured + " per frame (predicted " + predicted + ")";
  }

  private static String decibel(double value) {
    return TextTable.decimal(value, 2) + " dB";
  }
}
