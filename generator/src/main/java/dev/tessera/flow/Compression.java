package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.flow.CodedNetwork.Tally;
import dev.tessera.hw.Frame;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.num.FixedType;
import dev.tessera.pass.PassManager;
import dev.tessera.quantize.Calibration;
import dev.tessera.quantize.Quantized;
import dev.tessera.quantize.Quantizer;
import dev.tessera.report.CompressionSummary;
import dev.tessera.unit.codec.Codec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Measures what codecs make of the feature maps of a network. */
public final class Compression {
  /** Steps of progress. */
  public static final int STEPS = 4;

  private final Request request;
  private final Progress progress;
  private String name;
  private CodedNetwork network;
  private List<Subject> subjects;

  private Compression(Request request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * What the user asked for.
   *
   * @param codecs to compare
   * @param auto whether to choose a codec per map
   * @param psnr what the choice must keep of the output, in dB
   */
  public record Request(
      Path model,
      Optional<String> until,
      Optional<FrameSize> frame,
      Path photos,
      Optional<Path> truth,
      List<Codec> codecs,
      boolean auto,
      OptionalDouble psnr,
      Precision precision,
      ColorChoice color) {}

  /** Runs it. */
  public static CompressionSummary run(Request request, Progress progress) {
    return new Compression(request, progress).run();
  }

  private CompressionSummary run() {
    progress.step("reading");
    Network read = Network.read(request.model(), request.until(), request.frame(), false);
    List<Path> files = CalibrationPhotos.files(request.photos());
    progress.step("calibration");
    Quantized quantized = FileFault.in(request.model(), () -> quantized(read.graph(), files));
    name = read.graph().name();
    network = new CodedNetwork(quantized.graph());
    progress.step("maps");
    List<Codec> codecs = measured();
    Tally[][] tallies = new Tally[network.maps().size()][codecs.size()];
    String[] shapes = new String[network.maps().size()];
    for (Tally[] row : tallies) {
      for (int c = 0; c < row.length; c++) {
        row[c] = new Tally();
      }
    }
    ColorMode mode = ColorMode.choose(request.color(), channels(read.graph()));
    subjects = new ArrayList<>();
    for (Path file : files) {
      subjects.add(subject(file, read.graph(), mode, codecs, tallies, shapes));
    }
    progress.step("outputs");
    return summary(codecs, tallies, shapes);
  }

  /** Those that a search tries first. */
  private List<Codec> measured() {
    Set<Codec> all = new LinkedHashSet<>(request.auto() ? CodecSearch.candidates() : List.of());
    all.addAll(request.codecs());
    return List.copyOf(all);
  }

  private Quantized quantized(Graph model, List<Path> files) {
    Graph graph = PassManager.run(model);
    List<Rgb> photos = CalibrationPhotos.load(request.photos());
    Calibration calibration = Calibration.of(photos, graph);
    return request.until().isEmpty()
        ? Quantizer.quantize(graph, calibration, request.precision().options())
        : Quantizer.quantizeFeatures(graph, calibration, request.precision().options());
  }

  private static int channels(Graph model) {
    return model.type(model.input().output()).channels();
  }

  private Subject subject(
      Path file,
      Graph model,
      ColorMode mode,
      List<Codec> codecs,
      Tally[][] tallies,
      String[] shapes) {
    FrameRange frames = frames(model);
    Optional<Path> truthFile = request.truth().map(folder -> folder.resolve(file.getFileName()));
    truthFile.filter(f -> !Files.exists(f)).ifPresent(Compression::missing);
    Photo photo = Photo.load(file, frames, Optional.empty(), 1);
    Frame input = mode.frame(photo.picture());
    Frame output =
        network.run(
            input,
            (m, map) -> {
              FixedType type = network.type(network.maps().get(m));
              if (shapes[m] == null) {
                shapes[m] = map.channels() + "x" + map.height() + "x" + map.width();
              }
              for (int c = 0; c < codecs.size(); c++) {
                tallies[m][c].coded(codecs.get(c), type, map);
              }
            });
    int factor = Math.max(1, output.width() / input.width());
    Optional<Rgb> truth =
        truthFile.isEmpty()
            ? Optional.empty()
            : Photo.load(file, frames, truthFile, factor).truth();
    return new Subject(photo.picture(), mode, input, output, truth);
  }

  private static void missing(Path file) {
    throw FileFault.of(
        file,
        TesseraException.input(
            "truth.missing",
            "",
            "there is no ground truth of this photo",
            "give a folder with a picture of the same name for every photo"));
  }

  /** Whole photos as far as the strides of the network divide them, or the frame asked for. */
  private FrameRange frames(Graph model) {
    Extent height = model.type(model.input().output()).height();
    Extent width = model.type(model.input().output()).width();
    int step = 1;
    for (Node node : model.nodes()) {
      if (node instanceof Node.Conv conv) {
        step *= conv.stride().rows();
      } else if (node instanceof Node.Pool pool) {
        step *= pool.stride().rows();
      }
    }
    FrameSize asked = request.frame().orElse(new FrameSize(FrameSize.LARGEST, FrameSize.LARGEST));
    FrameSize most =
        new FrameSize(
            width.isConstant() ? width.add() : asked.width(),
            height.isConstant() ? height.add() : asked.height());
    boolean fixed = width.isConstant() && height.isConstant();
    FrameSize unit = fixed ? most : new FrameSize(step, step);
    return new FrameRange(unit, most, unit);
  }

  private CompressionSummary summary(List<Codec> codecs, Tally[][] tallies, String[] shapes) {
    List<CompressionSummary.Total> totals = new ArrayList<>();
    for (Codec codec : request.codecs()) {
      totals.add(total(codec.name(), value -> codec));
    }
    List<Codec> chosen = new ArrayList<>();
    if (request.auto()) {
      chosen.addAll(
          new CodecSearch(network, subjects, tallies).choose(request.psnr(), outputVsTruth()));
      totals.add(total("auto", value -> chosen.get(network.maps().indexOf(value))));
    }
    List<CompressionSummary.Map> maps = new ArrayList<>();
    for (int m = 0; m < shapes.length; m++) {
      FixedType type = network.type(network.maps().get(m));
      Set<Codec> shown = new LinkedHashSet<>(request.codecs());
      if (!chosen.isEmpty()) {
        shown.add(chosen.get(m));
      }
      List<CompressionSummary.Coded> coded = new ArrayList<>();
      for (Codec codec : shown) {
        coded.add(coded(codec, type, tallies[m][codecs.indexOf(codec)]));
      }
      String choice = chosen.isEmpty() ? null : chosen.get(m).name();
      maps.add(
          new CompressionSummary.Map(
              network.maps().get(m), shapes[m], type.toString(), choice, coded));
    }
    Double truth = outputVsTruth().isPresent() ? outputVsTruth().getAsDouble() : null;
    return new CompressionSummary(name, subjects.size(), truth, maps, totals);
  }

  private static CompressionSummary.Coded coded(Codec codec, FixedType type, Tally tally) {
    return new CompressionSummary.Coded(
        codec.name(),
        (double) tally.rawBits() / tally.codedBits(),
        (double) tally.codedBits() / tally.values(),
        tally.largest(),
        Subject.decibels(tally.meanSquare(), type.max() - type.min()));
  }

  /** Mean PSNR of the output without codecs against the ground truth. */
  private OptionalDouble outputVsTruth() {
    return request.truth().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            mean(i -> subjects.get(i).vsTruth(subjects.get(i).output()).orElseThrow()));
  }

  private double mean(IntToDoubleFunction figure) {
    return IntStream.range(0, subjects.size()).mapToDouble(figure).average().orElseThrow();
  }

  private CompressionSummary.Total total(String codec, Function<String, Codec> choice) {
    Tally tally = new Tally();
    List<Frame> outputs =
        subjects.stream().map(s -> network.run(s.input(), choice, tally)).toList();
    boolean picture = subjects.get(0).ssim(outputs.get(0)).isPresent();
    return new CompressionSummary.Total(
        codec,
        tally.rawBits() / Byte.SIZE,
        tally.codedBits() / Byte.SIZE,
        (double) tally.rawBits() / tally.codedBits(),
        tally.largest(),
        mean(i -> subjects.get(i).psnr(outputs.get(i))),
        picture ? mean(i -> subjects.get(i).ssim(outputs.get(i)).orElseThrow()) : null,
        request.truth().isEmpty()
            ? null
            : mean(i -> subjects.get(i).vsTruth(outputs.get(i)).orElseThrow()));
  }
}
