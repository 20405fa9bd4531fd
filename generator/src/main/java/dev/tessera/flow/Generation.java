package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.DesignFile;
import dev.tessera.hw.Design;
import dev.tessera.hw.Size;
import dev.tessera.hw.TileGrid;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.pass.Lowered;
import dev.tessera.pass.PassManager;
import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import dev.tessera.plan.Enlarging;
import dev.tessera.plan.LiveTiming;
import dev.tessera.plan.MemoryPlanner;
import dev.tessera.plan.Plan;
import dev.tessera.plan.PlanReport;
import dev.tessera.plan.PlanRequest;
import dev.tessera.plan.TileOption;
import dev.tessera.quantize.Calibration;
import dev.tessera.quantize.QuantOptions;
import dev.tessera.quantize.Quantized;
import dev.tessera.quantize.Quantizer;
import dev.tessera.report.DesignSummaries;
import dev.tessera.report.DesignSummary;
import dev.tessera.report.HtmlReport;
import dev.tessera.report.Json;
import dev.tessera.unit.Resizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The way from a model file to a design folder. */
public final class Generation {
  /** Where nobody names a board. */
  public static final String DEFAULT_BOARD = "zcu102";

  /** Steps of progress. */
  public static final int STEPS = 5;

  /** Name of the complete design inside its folder. */
  public static final String DESIGN_FILE = "design.tessera";

  private final Request request;
  private final Progress progress;
  private final List<String> notes = new ArrayList<>();

  private Generation(Request request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /** What the user asked for. */
  public record Request(
      Path model,
      Optional<String> name,
      Optional<String> until,
      String board,
      Optional<FrameSize> frame,
      boolean resizable,
      TileChoice tile,
      OptionalInt axiBits,
      boolean registers,
      int cutBits,
      String codec,
      NormChoice norm,
      OptionalInt multipliers,
      OptionalDouble fps,
      boolean live,
      Optional<Path> calibrate,
      Precision precision,
      ColorChoice color,
      Enlarging enlarging,
      List<Insertion> layers,
      Optional<Path> out) {
    public Request {
      layers = List.copyOf(layers);
    }
  }

  /**
   * What was made.
   *
   * @param folder the design folder
   * @param design contents of its design.json
   * @param quantisationPsnr integers against float on the calibration photos in dB
   * @param notes what the user should know
   */
  public record Result(
      Path folder, DesignSummary design, double quantisationPsnr, List<String> notes) {}

  /** Makes the design folder, whole or not at all. */
  public static Result run(Request request, Progress progress) throws IOException {
    return new Generation(request, progress).run();
  }

  private Result run() throws IOException {
    progress.step("reading");
    Network network = Network.read(request);
    Board board = Boards.load(request.board());
    List<Rgb> photos = photos();
    Path place = request.out().orElseGet(() -> Path.of("rtl-out", name(network.graph())));
    try (OutputFolder folder = FileFault.in(place, () -> OutputFolder.create(place))) {
      Result result = FileFault.in(request.model(), () -> fill(folder, network, board, photos));
      folder.publish();
      return new Result(place, result.design(), result.quantisationPsnr(), List.copyOf(notes));
    }
  }

  private Result fill(OutputFolder folder, Network network, Board board, List<Rgb> photos)
      throws IOException {
    Graph model = network.graph();
    FrameSize frame = network.frame();
    progress.step("passes");
    Graph graph = PassManager.run(model);
    progress.step("calibration");
    ColorMode mode = ColorMode.choose(request.color(), channels(model));
    Calibration calibration = Calibration.of(photos, graph);
    Quantized quantized = quantized(graph, calibration);
    progress.step("planning");
    long macs =
        Math.min(
            Macs.perFrame(model, frame.width(), frame.height()),
            Macs.perFrame(graph, frame.width(), frame.height()));
    PlanRequest wish = planRequest(name(model), frame, macs);
    Graph integers = Layers.insert(quantized.graph(), request.layers());
    PlannedTables tables = new PlannedTables(request, board, photos, calibration, notes::add);
    Plan planned = tables.plan(network, integers, wish);
    Plan sized = request.resizable() ? resizable(planned) : planned;
    Plan plan = shell(tables.given(sized));
    progress.step("writing");
    boolean picture = request.until().isEmpty();
    NetworkFile facts = new NetworkFile(mode, calibration.unit(), picture);
    facts.write(folder.path(), network.file());
    Lowered lowered = new Lowered(model, graph);
    DesignSummary summary = folder.filled(() -> write(folder.path(), plan, quantized, lowered));
    return new Result(folder.path(), summary, quantized.report().psnr(), notes);
  }

  private Quantized quantized(Graph graph, Calibration calibration) {
    QuantOptions plain = request.precision().options();
    QuantOptions options = request.norm().exactly() ? plain.withStored() : plain;
    return request.until().isEmpty()
        ? Quantizer.quantize(graph, calibration, options)
        : Quantizer.quantizeFeatures(graph, calibration, options);
  }

  /** The plan behind an AXI4 master if one is asked for. */
  private Plan shell(Plan plan) {
    if (request.axiBits().isEmpty()) {
      plan.design().tiles().ifPresent(this::tell);
      return plan;
    }
    int bits = request.axiBits().getAsInt();
    return new Plan(MemoryPlanner.behind(plan.design(), bits, request.registers()), plan.report());
  }

  private void tell(TileGrid grid) {
    notes.add(
        "each frame goes through in "
            + grid.count()
            + " tiles, one after the other; the source sends them with their halo, the reader keeps"
            + " their cores");
  }

  /** The plan with hardware for smaller frames as well. */
  private Plan resizable(Plan plan) {
    Optional<String> whole = Layers.whole(request.layers());
    if (whole.isPresent()) {
      throw notResizable(
          "the layer '" + whole.get() + "' looks at frames of one size", "leave --resizable out");
    }
    try {
      return new Plan(Resizing.resizable(plan.design()), plan.report());
    } catch (IllegalArgumentException refused) {
      throw notResizable(
          "the network does not take frames of other sizes: " + refused.getMessage(),
          "leave --resizable out, or try another --frame");
    }
  }

  private static TesseraException notResizable(String sentence, String hint) {
    return TesseraException.input("plan.resizable", "", sentence, hint);
  }

  private DesignSummary write(Path folder, Plan plan, Quantized quantized, Lowered network)
      throws IOException {
    Design design = plan.design();
    EmitContext context = new EmitContext(Version.number(), DesignFile.hash(design), command());
    Emitter.emit(design, folder, context);
    DesignFile.write(design, folder.resolve(DESIGN_FILE));
    DesignSummary summary =
        DesignSummaries.of(
            design,
            forecast(plan, network),
            QuantWords.of(quantized.report()),
            quantized.graph().quants().get(quantized.graph().output()));
    Files.writeString(folder.resolve(OutputFolder.MARK), Json.text(summary));
    HtmlReport.write(folder);
    return summary;
  }

  private static DesignSummaries.Forecast forecast(Plan plan, Lowered network) {
    PlanReport report = plan.report();
    return new DesignSummaries.Forecast(
        report.cyclesPerFrame(),
        report.latencyCycles(),
        report.board(),
        report.resources().dspBlocks(report.board()),
        report.limit(),
        report.memories().stream()
            .map(m -> new DesignSummary.Memory(m.kind(), m.blocks(), m.available()))
            .toList(),
        report.tilings().stream().map(Generation::tiling).toList(),
        EnlargingForms.of(plan, network),
        report.notes());
  }

  private static DesignSummary.Tiling tiling(PlanReport.Tiling tiling) {
    TileOption option = tiling.option();
    return new DesignSummary.Tiling(
        option.words(),
        option.grid().count(),
        option.traffic(),
        option.recompute(),
        option.readBytes(),
        option.writeBytes(),
        option.lineBytes(),
        option.fifoBytes(),
        tiling.verdict());
  }

  private PlanRequest planRequest(String name, FrameSize frame, long macs) {
    PlanRequest plan = PlanRequest.fastest(name, frame.width(), frame.height(), macs);
    if (request.multipliers().isPresent()) {
      plan = plan.withMultipliers(request.multipliers().getAsInt());
    }
    if (request.fps().isPresent()) {
      plan = plan.withFps(request.fps().getAsDouble());
    }
    if (request.until().isPresent()) {
      plan = plan.withFeatures();
    } else if (!request.resizable() && !request.norm().exactly()) {
      plan = plan.withCuts();
    }
    if (request.tile().core().isPresent()) {
      FrameSize core = request.tile().core().get();
      plan = plan.withCore(new Size(core.width(), core.height()));
    }
    plan = plan.withEnlarging(request.enlarging()).withStorage(storage(), request.cutBits());
    if (request.live()) {
      plan = plan.withLive(LiveTiming.of(frame.width(), frame.height()));
    }
    return plan;
  }

  /** The codec to plan for: where the slowest one that loses nothing keeps up, the others do. */
  private String storage() {
    return StoredCodecs.isAuto(request.codec()) ? StoredCodecs.PLANNED : request.codec();
  }

  private List<Rgb> photos() {
    if (request.calibrate().isPresent()) {
      return CalibrationPhotos.load(request.calibrate().get());
    }
    notes.add("calibrated on built-in photos; --calibrate DIR with photos like your own is better");
    return CalibrationPhotos.builtIn();
  }

  private String name(Graph model) {
    return request.name().orElse(model.name());
  }

  private static int channels(Graph model) {
    return model.type(model.input().output()).channels();
  }

  /** The command that makes the same files, without folders of this machine. */
  private String command() {
    StringBuilder words = new StringBuilder("tessera generate ").append(fileName(request.model()));
    request.name().ifPresent(name -> words.append(" --name ").append(name));
    request.until().ifPresent(value -> words.append(" --until ").append(value));
    words.append(" --board ").append(fileName(Path.of(request.board())));
    request.frame().ifPresent(size -> words.append(" --frame ").append(size));
    request.tile().core().ifPresent(core -> words.append(" --tile ").append(core));
    words.append(request.resizable() ? " --resizable" : "");
    String top = request.registers() ? " --top registers" : " --top memory";
    request.axiBits().ifPresent(bits -> words.append(top + " --axi-bits ").append(bits));
    words.append(request.norm().words());
    boolean told = request.axiBits().isPresent() || !request.norm().exactly();
    words.append(told ? "" : " --axi-bits " + request.cutBits());
    words.append(request.norm().exactly() ? " --codec " + request.codec() : "");
    request.multipliers().ifPresent(bound -> words.append(" --multipliers ").append(bound));
    request.fps().ifPresent(rate -> words.append(" --fps ").append(rate));
    words.append(request.live() ? " --live" : "");
    if (request.enlarging() != Enlarging.AUTO) {
      words.append(" --enlarge ").append(request.enlarging().name().toLowerCase(Locale.ROOT));
    }
    request.calibrate().ifPresent(folder -> words.append(" --calibrate ").append(fileName(folder)));
    for (Insertion layer : request.layers()) {
      words.append(" (layer ").append(layer.kind()).append(" behind ");
      words.append(layer.value()).append(')');
    }
    words.append(" --precision int").append(request.precision().bits());
    return words.toString();
  }

  private static String fileName(Path path) {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
  }
}
