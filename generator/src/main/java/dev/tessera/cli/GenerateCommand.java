package dev.tessera.cli;

import dev.tessera.flow.ColorChoice;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Generation;
import dev.tessera.flow.GenerationOptions;
import dev.tessera.flow.NormSource;
import dev.tessera.flow.OutputFolder;
import dev.tessera.flow.Precision;
import dev.tessera.flow.Progress;
import dev.tessera.flow.TileChoice;
import dev.tessera.plan.Enlarging;
import dev.tessera.report.DesignSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles a model into a folder with Verilog, figures and a report. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compile a trained network into Verilog.")
final class GenerateCommand implements Callable<Integer> {
  /** What is around the network. */
  enum Top {
    stream,
    memory,
    registers
  }

  /** Words for {@link Enlarging}. */
  enum EnlargeChoice {
    auto,
    replay,
    reorder
  }

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "the trained network")
  private Path model;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the top module (the model's own)")
  private String name;

  @Option(
      names = "--until",
      paramLabel = "NAME",
      description = "end with this value or node of the model; its codes leave as they are")
  private String until;

  @Option(
      names = "--board",
      paramLabel = "NAME",
      defaultValue = Generation.DEFAULT_BOARD,
      description =
          "board to plan for, or a .json file like those in constraints/ (${DEFAULT-VALUE})")
  private String board;

  @Option(
      names = "--frame",
      paramLabel = "WxH",
      converter = Converters.Frame.class,
      description = "input frame (the model's own where it is fixed, else 320x180)")
  private FrameSize frame;

  @Option(
      names = "--top",
      paramLabel = "KIND",
      defaultValue = "stream",
      description =
          "stream: AXI4-Stream video in and out; memory: an AXI4 master that reads frames from memory"
              + " and writes them there, started by pins; registers: the same, started and watched by"
              + " software through AXI4-Lite, with a driver in C (${DEFAULT-VALUE})")
  private Top top;

  @Option(
      names = "--axi-bits",
      paramLabel = "N",
      description =
          "data width of the AXI4 masters of --top memory or registers and of --norm exact: 64, 128, 256 or 512"
              + " (128)")
  private Integer axiBits;

  @Option(
      names = "--resizable",
      description = "take frames of any size up to --frame, one after the other")
  private boolean resizable;

  @Option(
      names = "--tile",
      paramLabel = "auto|WxH",
      defaultValue = "auto",
      converter = Converters.Tile.class,
      description =
          "cut frames into tiles of this many input pixels without their halo (${DEFAULT-VALUE}: only"
              + " frames that do not fit at once)")
  private TileChoice tile;

  @Option(
      names = "--norm",
      paramLabel = "SOURCE",
      description =
          "who fills the tables of a network that normalises over the frame: host, through registers;"
              + " temporal, sums over the frame before the previous one; learned, a branch of the"
              + " model that looks at that frame; thumbnail, sums over nine crops that go through"
              + " before the frame; or exact, sums over the frame itself, whose maps are stored in"
              + " DRAM meanwhile (learned where the model has a branch, else host)")
  private NormSource norm;

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description =
          "codec of the maps that --norm exact stores, where it takes them: raw, zvc, dctcm:S with S bits"
              + " dropped from each coefficient, 0 to 4, med:D with errors of D at most, 0 to 15, or"
              + " auto: what moves least without a loss, auto:DB: what moves least while the output keeps"
              + " so many dB (raw)")
  private String codec;

  @Option(
      names = "--banks",
      paramLabel = "N",
      description = "tables held for each normalised layer, of which every frame names one (4)")
  private Integer banks;

  @Option(
      names = "--crop",
      paramLabel = "WxH",
      converter = Converters.Frame.class,
      description =
          "input pixels of the crops that --norm thumbnail measures (64x64, or a third of the frame)")
  private FrameSize crop;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description =
          "layers that --norm thumbnail measures, front to back, each in a pass over the crops; the"
              + " others have typical tables (all)")
  private Integer passes;

  @Option(
      names = "--fps",
      paramLabel = "N",
      description = "reach this frame rate with as little hardware as possible")
  private Double fps;

  @Option(
      names = "--live",
      description = "the source cannot wait: plan against its line period at --fps")
  private boolean live;

  @Option(
      names = "--multipliers",
      paramLabel = "N",
      description =
          "at most this many multipliers in the MAC arrays, in place of the board's limits")
  private Integer multipliers;

  @Option(
      names = "--calibrate",
      paramLabel = "DIR",
      description = "PNG photos like those the network will see")
  private Path calibrate;

  @Option(
      names = "--precision",
      paramLabel = "intN",
      defaultValue = "int8",
      converter = Converters.Bits.class,
      description = "bits of weights and feature maps, int4 to int15 (${DEFAULT-VALUE})")
  private Precision precision;

  @Option(
      names = "--color",
      paramLabel = "MODE",
      defaultValue = "auto",
      description = "what the network sees: auto, rgb or y (${DEFAULT-VALUE})")
  private ColorChoice color;

  @Option(
      names = "--enlarge",
      paramLabel = "ORDER",
      defaultValue = "auto",
      description =
          "who orders the phases of enlarging convolutions: replay (they walk rows again), reorder (a"
              + " pixel shuffle) or auto, which takes less memory (${DEFAULT-VALUE})")
  private EnlargeChoice enlarge;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "output folder (rtl-out/<name of the model>)")
  private Path out;

  @Option(names = "--json", description = "print design.json instead of a summary")
  private boolean json;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Generation.Request request = request();
    Generation.Result result;
    try (Progress progress = console.progress("generate", Generation.STEPS)) {
      result = Generation.run(request, progress);
    }
    result.notes().forEach(note -> console.err().println("note: " + note));
    if (json) {
      console.out().print(Files.readString(result.folder().resolve(OutputFolder.MARK)));
    } else {
      print(result);
    }
    return ExitCodes.OK;
  }

  private Generation.Request request() {
    GenerationOptions options =
        new GenerationOptions(
            model,
            name,
            until,
            board,
            frame,
            top != Top.stream,
            top == Top.registers,
            axiBits,
            resizable,
            tile,
            norm,
            codec,
            banks,
            crop,
            passes,
            fps,
            live,
            multipliers,
            calibrate,
            precision,
            color,
            Enlarging.valueOf(enlarge.name().toUpperCase(Locale.ROOT)),
            List.of(),
            out);
    return Usage.checked(spec, options::request);
  }

  private void print(Generation.Result result) {
    PrintWriter text = console.out();
    DesignSummary design = result.design();
    DesignSummary.Predicted predicted = design.predicted();
    long pixels = (long) design.frame().width() * design.frame().height();
    TextTable facts = new TextTable("DESIGN", design.name());
    facts.row(
        "frame",
        size(design.frame()) + " to " + size(design.outputFrame()) + ", board " + design.board());
    if (design.resizable()) {
      facts.row("other frames", "from " + size(design.minFrame()) + steps(design.frameStep()));
    }
    facts.row("multipliers", design.multipliers());
    facts.row("cycles per frame", predicted.cyclesPerFrame());
    facts.row(
        "cycles per input pixel",
        TextTable.decimal((double) predicted.cyclesPerFrame() / pixels, 3));
    facts.row("limited by", design.limit());
    facts.row(
        "latency",
        SimulateCommand.latency(predicted.latency()) + " from first pixel in to first out");
    facts.row(
        "multipliers busy",
        design.multipliers() == 0
            ? "-"
            : TextTable.decimal(
                    100.0
                        * design.macsPerFrame()
                        / ((double) predicted.cyclesPerFrame() * design.multipliers()),
                    1)
                + " %");
    facts.row(
        "frames per second",
        TextTable.decimal(predicted.fps(), 1)
            + " at "
            + TextTable.decimal(design.clockMHz(), 0)
            + " MHz");
    facts.row(
        "resources",
        predicted.dsp()
            + " DSP, "
            + predicted.lut()
            + " LUT, "
            + predicted.ff()
            + " FF, "
            + TextTable.decimal(predicted.bram36(), 1)
            + " BRAM36, "
            + predicted.uram()
            + " URAM");
    if (predicted.dramReadBytesPerFrame() > 0) {
      long bytes = predicted.dramReadBytesPerFrame() + predicted.dramWriteBytesPerFrame();
      facts.row(
          "memory per frame",
          predicted.dramReadBytesPerFrame()
              + " bytes read, "
              + predicted.dramWriteBytesPerFrame()
              + " written, "
              + TextTable.decimal(bytes * predicted.fps() / 1e9, 3)
              + " GB/s");
    }
    facts.row("planner", String.join("; ", design.notes()));
    facts.row("integers against float", TextTable.decimal(result.quantisationPsnr(), 2) + " dB");
    facts.row("written to", result.folder());
    facts.print(text);
    if (!design.tilings().isEmpty()) {
      TilingTable.of(design.tilings()).print(text);
    }
    if (!design.enlargings().isEmpty()) {
      EnlargingTable.of(design.enlargings()).print(text);
    }
  }

  private static String steps(DesignSummary.Size step) {
    boolean any = step.width() == 1 && step.height() == 1;
    return any ? ", any width and height" : ", multiples of " + size(step);
  }

  private static String size(DesignSummary.Size size) {
    return size.width() + "x" + size.height();
  }
}
