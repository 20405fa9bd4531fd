package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.cosim.BenchResult;
import dev.tessera.cosim.MemoryPlan;
import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.frontend.FloatReference;
import dev.tessera.golden.DesignFile;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import dev.tessera.report.DesignSummary;
import dev.tessera.report.Json;
import dev.tessera.report.SimulationSummary;
import dev.tessera.report.SimulationSummary.Activity;
import dev.tessera.report.SimulationSummary.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way from a design folder and photos to measurements, pictures and a report. */
public final class SimulationRun {
  /** Steps of progress. */
  public static final int STEPS = 4;

  /** File of the measurements inside the design folder. */
  public static final String MEASURED = "simulation.json";

  /** The page inside the design folder. */
  public static final String REPORT = "report.html";

  private static final String PICTURES = "pictures";

  /** Objects of the simulation; kept, so that the next run of the same design starts at once. */
  private static final String WORK = "build";

  private static final long PATTERN_SEED = 1;

  private static final int MOST_FRAMES = 1000;
  private static final int DEFAULT_FRAMES = 3;
  private static final int MOST_LATENCY = 10_000;

  private final Request request;
  private final Progress progress;

  private SimulationRun(Request request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /** What the user asked for. */
  public record Request(
      Path folder,
      List<Path> images,
      Optional<Path> output,
      Optional<Path> truth,
      int frames,
      double stall,
      long seed,
      Optional<Path> trace,
      int memoryLatency,
      double memoryRate) {
    /** Refuses, in words of the command line, what is out of its range. */
    public Request {
      images = List.copyOf(images);
      require(stall >= 0 && stall < 1, "--stall " + stall + " is not a probability below 1");
      require(
          frames >= 1 && frames <= MOST_FRAMES,
          "--frames " + frames + " is not 1 to " + MOST_FRAMES);
      require(
          frames >= images.size(),
          "--frames " + frames + " leaves out some of " + images.size() + " photos");
      require(truth.isEmpty() || !images.isEmpty(), "--truth needs an --image");
      require(
          memoryLatency >= 0 && memoryLatency <= MOST_LATENCY && memoryRate >= 0,
          "--dram-latency is 0 to " + MOST_LATENCY + ", --dram-rate 0 or more");
    }

    private static void require(boolean holds, String sentence) {
      if (!holds) {
        throw new IllegalArgumentException(sentence);
      }
    }
  }

  /** Frames to simulate: {@code asked}, or without a wish three, or as many as there are photos. */
  public static int frames(Integer asked, int photos) {
    return asked == null ? Math.max(DEFAULT_FRAMES, photos) : asked;
  }

  /**
   * What came out.
   *
   * @param design contents of design.json
   * @param measured contents of simulation.json
   * @param picture file of the first photo's result
   */
  public record Result(DesignSummary design, SimulationSummary measured, Path picture) {}

  /** Simulates, compares and writes simulation.json, pictures and report. */
  public static Result run(Request request, Progress progress) throws IOException {
    return FileFault.in(request.folder(), () -> new SimulationRun(request, progress).run());
  }

  private Result run() throws IOException {
    progress.step("reading");
    OutputFolder.requireDesign(request.folder());
    request.output().ifPresent(SimulationRun::requirePlace);
    request.trace().ifPresent(SimulationRun::requirePlace);
    DesignSummary summary =
        Json.read(request.folder().resolve(OutputFolder.MARK), DesignSummary.class);
    Design design = DesignFile.read(request.folder().resolve(Generation.DESIGN_FILE));
    NetworkFile network = NetworkFile.read(request.folder());
    List<Photo> photos = photos(summary);
    boolean video = design.norm().filter(NormTop::follows).isPresent();
    List<Rgb> pictures =
        video ? Photo.video(photos, request.frames()) : Photo.sequence(photos, request.frames());
    List<Frame> frames = pictures.stream().map(network.color()::frame).toList();

    requireBanks(design, frames.size());

    progress.step("simulating");
    Simulation simulation = simulate(design, frames);

    progress.step("comparing");
    // Codes of features are nothing to look at: that they are those of the golden model is all.
    List<Comparison> comparisons =
        network.picture()
            ? compare(photos, frames, shown(simulation, photos.size(), video), network)
            : List.of();

    progress.step("reporting");
    return write(summary, design, simulation, comparisons);
  }

  private static void requireBanks(Design design, int frames) {
    int banks = design.norm().filter(NormTop::host).map(NormTop::banks).orElse(frames);
    if (frames > banks) {
      throw TesseraException.input(
          "norm.banks",
          "",
          "holds tables for " + banks + " different frames, and " + frames + " are to be simulated",
          "give fewer --frames, or generate it with --banks " + frames);
    }
  }

  /** Refuses a place for a file before hours of simulation, not after. */
  private static void requirePlace(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(file)) {
      throw FileFault.of(
          file,
          TesseraException.input("out.unwritable", "", "is a folder", "name a file to write"));
    }
    if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
      throw FileFault.of(
          file,
          TesseraException.input(
              "out.unwritable",
              "",
              "the folder of this file does not exist or takes no files",
              "make the folder, or choose another place"));
    }
  }

  private List<Photo> photos(DesignSummary design) {
    FrameRange frames = FrameRange.of(design);
    if (request.images().isEmpty()) {
      return List.of(Photo.pattern(frames.most(), PATTERN_SEED));
    }
    int factor = Math.max(1, design.outputFrame().width() / design.frame().width());
    List<Photo> photos = new ArrayList<>();
    for (Path image : request.images()) {
      Optional<Path> truth = photos.isEmpty() ? request.truth() : Optional.empty();
      photos.add(Photo.load(image, frames, truth, factor));
    }
    return photos;
  }

  private Simulation simulate(Design design, List<Frame> frames) throws IOException {
    Path work = Files.createDirectories(request.folder().resolve(WORK)).toAbsolutePath();
    Simulator simulator =
        new Simulator(Verilator.find(), design, request.folder().toAbsolutePath(), work);
    Path trace = request.trace().map(Path::toAbsolutePath).orElse(null);
    SimulationOptions options =
        new SimulationOptions(
            request.frames(), request.stall(), request.seed(), 0, trace, memory(design));
    return simulator.run(frames, options);
  }

  private MemoryPlan memory(Design design) {
    return design
        .memory()
        .map(top -> MemoryPlan.aligned(top, request.memoryLatency(), request.memoryRate()))
        .orElseGet(() -> MemoryPlan.ofMaps(request.memoryLatency(), request.memoryRate()));
  }

  /** What came of each photo; a video holds its last one, whose last frame is the settled one. */
  private static List<Frame> shown(Simulation simulation, int photos, boolean video) {
    List<Frame> all = simulation.actual();
    List<Frame> first = new ArrayList<>(all.subList(0, Math.min(photos, all.size())));
    if (video && all.size() > photos) {
      first.set(photos - 1, all.get(all.size() - 1));
    }
    return first;
  }

  /** Every photo as hardware and float network make it; only what came out of the hardware. */
  private List<Comparison> compare(
      List<Photo> photos, List<Frame> frames, List<Frame> made, NetworkFile network) {
    List<Comparison> comparisons = new ArrayList<>();
    try (FloatReference reference = new FloatReference(NetworkFile.model(request.folder()))) {
      for (int i = 0; i < made.size(); i++) {
        comparisons.add(
            Comparison.of(network, photos.get(i), frames.get(i), made.get(i), reference));
      }
    }
    return comparisons;
  }

  private Result write(
      DesignSummary summary, Design design, Simulation simulation, List<Comparison> comparisons)
      throws IOException {
    Path folder = request.folder();
    Path pictures = Files.createDirectories(folder.resolve(PICTURES));
    List<Picture> shown =
        comparisons.isEmpty() ? List.of() : comparisons.get(0).write(pictures, folder);
    Path picture = pictures.resolve("output.png");
    if (request.output().isPresent() && !comparisons.isEmpty()) {
      picture = request.output().get();
      Png.write(picture, comparisons.get(0).hardware().picture());
    }
    SimulationSummary measured =
        Measurements.of(
            summary,
            simulation,
            comparisons,
            activity(design, simulation.result()),
            shown,
            request.stall(),
            request.seed());
    OutputFolder.measured(folder, MEASURED, measured);
    return new Result(summary, measured, picture);
  }

  private static List<Activity> activity(Design design, BenchResult result) {
    List<Activity> units = new ArrayList<>();
    for (Instance instance : design.instances()) {
      if (!instance.outputs().isEmpty()) {
        String link = instance.outputs().get(0);
        result.links().stream()
            .filter(seen -> seen.name().equals(link))
            .findFirst()
            .ifPresent(
                seen ->
                    units.add(new Activity(instance.spec().name(), seen.moved(), seen.blocked())));
      }
    }
    return units;
  }
}
