package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.FloatReference;
import dev.tessera.golden.DesignFile;
import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.report.DesignSummary;
import dev.tessera.report.EvaluationSummary;
import dev.tessera.report.Json;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a design makes of many photos, against the float network. The golden model stands for the
 * hardware, which {@code simulate} proves to be the same bit for bit.
 */
public final class Evaluation {
  /** Steps of progress. */
  public static final int STEPS = 2;

  private static final int MOST_FRAMES = 1000;

  private final Request request;
  private final Design design;
  private final NetworkFile network;

  private Evaluation(Request request, Design design, NetworkFile network) {
    this.request = request;
    this.design = design;
    this.network = network;
  }

  /**
   * What the user asked for.
   *
   * @param folder of the design
   * @param photos folder of PNG photos, of which the middle is taken
   * @param frames in which each photo is held, from a reset on; the last one is judged
   */
  public record Request(Path folder, Path photos, int frames) {
    /** Refuses, in words of the command line, what is out of its range. */
    public Request {
      if (frames < 1 || frames > MOST_FRAMES) {
        throw new IllegalArgumentException("--hold " + frames + " is not 1 to " + MOST_FRAMES);
      }
    }
  }

  /**
   * Judges every photo.
   *
   * @throws TesseraException {@code evaluate.codes} if the design makes no picture, or what reading
   *     design and photos throws
   */
  public static EvaluationSummary run(Request request, Progress progress) {
    progress.step("reading");
    Path folder = request.folder();
    OutputFolder.requireDesign(folder);
    DesignSummary summary = Json.read(folder.resolve(OutputFolder.MARK), DesignSummary.class);
    Design design = DesignFile.read(folder.resolve(Generation.DESIGN_FILE));
    NetworkFile network = NetworkFile.read(folder);
    if (!network.picture()) {
      throw FileFault.of(
          folder,
          TesseraException.input(
              "evaluate.codes",
              "",
              "the design makes codes of feature maps, which are nothing to look at",
              "generate it without --until"));
    }
    FrameRange range = FrameRange.of(summary);
    List<Photo> photos =
        CalibrationPhotos.all(request.photos()).stream()
            .map(file -> Photo.load(file, range, Optional.empty(), 1))
            .toList();
    progress.step("evaluating");
    Evaluation evaluation = new Evaluation(request, design, network);
    try (FloatReference reference = new FloatReference(NetworkFile.model(folder))) {
      return EvaluationSummary.of(
          design.name(),
          summary.norm(),
          request.frames(),
          photos.parallelStream().map(photo -> evaluation.judged(photo, reference)).toList());
    }
  }

  private EvaluationSummary.Photo judged(Photo photo, FloatReference reference) {
    Frame frame = network.color().frame(photo.picture());
    Comparison comparison = Comparison.of(network, photo, frame, made(frame), reference);
    return new EvaluationSummary.Photo(
        photo.name(), comparison.hardwareVsReference(), comparison.ssimVsReference());
  }

  /** The last frame of those in which a photo is held; software writes exact tables. */
  private Frame made(Frame frame) {
    if (design.norm().filter(NormTop::host).isPresent()) {
      return GoldenModel.run(Tables.applied(design, Tables.exact(design, frame)), frame);
    }
    int frames = design.norm().filter(NormTop::follows).isPresent() ? request.frames() : 1;
    return GoldenVideo.run(design, Collections.nCopies(frames, frame)).get(frames - 1);
  }
}
