package dev.tessera.api;

import dev.tessera.emit.TopInterface;
import dev.tessera.flow.Choices;
import dev.tessera.flow.Evaluation;
import dev.tessera.flow.Generation;
import dev.tessera.flow.GoldenVideo;
import dev.tessera.flow.OutputFolder;
import dev.tessera.flow.Progress;
import dev.tessera.flow.SimulationRun;
import dev.tessera.flow.SynthesisRun;
import dev.tessera.golden.DesignFile;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.report.DesignSummary;
import dev.tessera.report.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A design in its folder. */
public final class GeneratedDesign {
  private static final String RTL = "rtl";

  private final Path folder;
  private final Design design;
  private final DesignSummary summary;

  private GeneratedDesign(Path folder, Design design, DesignSummary summary) {
    this.folder = folder;
    this.design = design;
    this.summary = summary;
  }

  static GeneratedDesign in(Path folder) {
    return TesseraFailure.telling(
        () ->
            new GeneratedDesign(
                folder,
                DesignFile.read(folder.resolve(Generation.DESIGN_FILE)),
                Json.read(folder.resolve(OutputFolder.MARK), DesignSummary.class)));
  }

  /** The folder that holds it. */
  public Path folder() {
    return folder;
  }

  /** Its name. */
  public String name() {
    return design.name();
  }

  /** A short hash of all that it is: equal for equal designs. */
  public String hash() {
    return DesignFile.hash(design);
  }

  /** Contents of {@code design.json}: decisions and predictions. */
  public String json() {
    return Json.text(summary);
  }

  /** The pins of its top module. */
  public DesignInterface ports() {
    return DesignInterface.of(TopInterface.of(design));
  }

  /** Columns of the frame that goes in. */
  public int frameWidth() {
    return design.picture().width();
  }

  /** Rows of the frame that goes in. */
  public int frameHeight() {
    return design.picture().height();
  }

  /** Columns of the frame that comes out. */
  public int outputWidth() {
    return design.madePicture().width();
  }

  /** Rows of the frame that comes out. */
  public int outputHeight() {
    return design.madePicture().height();
  }

  /** Components of a pixel that goes in: 1 or 3. */
  public int components() {
    return design.source().spec().outputs().get(0).channels();
  }

  /** Components of a pixel that comes out. */
  public int outputComponents() {
    return design.sink().spec().inputs().get(0).channels();
  }

  /** Planned clock in MHz. */
  public double clockMhz() {
    return design.clockMhz();
  }

  /** Predicted distance of frames in clock cycles. */
  public long cyclesPerFrame() {
    return summary.predicted().cyclesPerFrame();
  }

  /** Verilog and SystemVerilog files, in the order in which tools read them. */
  public List<Path> sources() {
    Path list = folder.resolve(RTL).resolve(design.name() + ".f");
    return TesseraFailure.telling(
        () -> Files.readAllLines(list).stream().map(list::resolveSibling).toList());
  }

  /** Memory images and what else the sources read, by name only, when simulation begins. */
  public List<Path> images() {
    List<Path> sources = sources();
    return TesseraFailure.telling(
        () -> {
          try (var files = Files.list(folder.resolve(RTL))) {
            return files
                .filter(f -> !sources.contains(f) && !f.toString().endsWith(".f"))
                .sorted()
                .toList();
          }
        });
  }

  /**
   * Copies sources and images to {@code target}, which is made if need be; what is there already
   * with the same contents stays.
   *
   * @return the sources' copies
   * @throws TesseraFailure {@code out.collision} if another file of a name is there: another design
   *     of the same name
   */
  public List<Path> copyTo(Path target) {
    return TesseraFailure.telling(
        () -> {
          Files.createDirectories(target);
          List<Path> made = new ArrayList<>();
          for (Path file : sources()) {
            made.add(copy(file, target));
          }
          copyImages(target);
          return made;
        });
  }

  /**
   * Copies the images only, for tools that write the sources themselves; otherwise as {@link
   * #copyTo}.
   */
  public void copyImages(Path target) {
    TesseraFailure.telling(
        () -> {
          Files.createDirectories(target);
          for (Path file : images()) {
            copy(file, target);
          }
          return null;
        });
  }

  private Path copy(Path file, Path target) throws IOException {
    Path place = target.resolve(file.getFileName());
    try {
      Files.copy(file, place);
    } catch (FileAlreadyExistsException there) {
      if (!Arrays.equals(Files.readAllBytes(file), Files.readAllBytes(place))) {
        throw TesseraFailure.of(
            place.toString(),
            "out.collision",
            "",
            "is there already, with other contents than that of " + design.name(),
            "give each design a name of its own, or empty the folder",
            1);
      }
    }
    return place;
  }

  /**
   * What the design makes of {@code frames}, which follow each other from the first after a reset.
   *
   * @param frames pixels in raster order, the components of a pixel in the order in which they lie
   *     in the video stream, least significant first
   * @return frames in the same form
   * @throws IllegalArgumentException if a frame has not the design's size
   */
  public List<byte[]> golden(List<byte[]> frames) {
    List<Frame> made = GoldenVideo.run(design, frames.stream().map(this::frame).toList());
    return made.stream().map(GeneratedDesign::bytes).toList();
  }

  private Frame frame(byte[] pixels) {
    Size size = design.picture();
    int channels = components();
    if (pixels.length != channels * size.width() * size.height()) {
      throw new IllegalArgumentException(
          pixels.length + " bytes for a frame of " + size + " with " + channels + " components");
    }
    Frame frame = new Frame(channels, size.height(), size.width());
    int plane = size.width() * size.height();
    for (int i = 0; i < pixels.length; i++) {
      frame.data()[i % channels * plane + i / channels] = Byte.toUnsignedInt(pixels[i]);
    }
    return frame;
  }

  private static byte[] bytes(Frame frame) {
    byte[] pixels = new byte[frame.data().length];
    int plane = frame.width() * frame.height();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) frame.data()[i % frame.channels() * plane + i / frame.channels()];
    }
    return pixels;
  }

  /**
   * Synthesises it, as {@code tessera synth} does.
   *
   * @param tool {@code yosys}, {@code vivado}, {@code quartus} or {@code icestorm}
   * @return contents of {@code synthesis.json}, or of {@code placement.json} from {@code icestorm};
   *     empty where the tool writes reports of its own
   */
  public Optional<String> synthesise(String tool) {
    SynthesisRun.Request request =
        TesseraFailure.parsed(
            tool,
            word ->
                new SynthesisRun.Request(
                    folder, Choices.of("--tool", SynthesisRun.Tool.class, word), Optional.empty()));
    return TesseraFailure.telling(
        () -> {
          SynthesisRun.Result made = SynthesisRun.run(request, Progress.SILENT);
          return made.summary().map(Json::text).or(() -> made.placement().map(Json::text));
        });
  }

  /**
   * Compares its pictures of many photos with those of the float network, as {@code tessera
   * evaluate} does.
   *
   * @param photos folder of PNG photos
   * @param hold frames in which each photo is held, where tables follow from earlier ones
   * @return what {@code tessera evaluate --json} prints
   */
  public String evaluate(Path photos, int hold) {
    Evaluation.Request request =
        TesseraFailure.parsed(photos, place -> new Evaluation.Request(folder, place, hold));
    return TesseraFailure.telling(() -> Json.text(Evaluation.run(request, Progress.SILENT)));
  }

  /** Simulates it in Verilator and compares every value, as {@code tessera simulate} does. */
  public SimulationResult simulate(SimulateOptions options) {
    SimulationRun.Request request = options.request(folder);
    SimulationRun.Result result =
        TesseraFailure.telling(() -> SimulationRun.run(request, Progress.SILENT));
    Long cycles = result.measured().cyclesPerFrame();
    return new SimulationResult(
        result.measured().bitExact(),
        result.measured().mismatches(),
        result.measured().frames(),
        cycles == null ? OptionalLong.empty() : OptionalLong.of(cycles),
        result.picture(),
        Json.text(result.measured()));
  }
}
