package dev.tessera.api;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.UserCache;
import dev.tessera.cosim.UnitContract;
import dev.tessera.flow.Compression;
import dev.tessera.flow.Generation;
import dev.tessera.flow.Progress;
import dev.tessera.flow.UpsamplingComparison;
import dev.tessera.flow.Version;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.hw.StreamType;
import dev.tessera.pass.Inspector;
import dev.tessera.plan.Boards;
import dev.tessera.report.Json;
import dev.tessera.unit.custom.CustomSpec;
import dev.tessera.unit.custom.CustomUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the command line does, in process. Faults are {@link TesseraFailure}s. */
public final class Tessera {
  private static final int INPUT = 1;
  private static final int MISMATCH = 4;

  private Tessera() {}

  /** Version of the program. */
  public static String version() {
    return Version.number();
  }

  /** Boards that designs can be planned for. */
  public static List<Board> boards() {
    return Boards.all().stream()
        .map(
            b ->
                new Board(
                    b.name(), b.title(), b.part(), b.clockMhz(), b.dsp().count(), b.lut(), b.ff()))
        .toList();
  }

  /** What {@code model} holds, as {@code tessera inspect} sees it. */
  public static Inspection inspect(Path model) {
    return inspect(model, Optional.empty());
  }

  /** The same of a part of it, up to the value or node {@code until}. */
  public static Inspection inspect(Path model, String until) {
    return inspect(model, Optional.of(until));
  }

  private static Inspection inspect(Path model, Optional<String> until) {
    var seen =
        TesseraFailure.telling(() -> Inspector.inspect(model, new ReadOptions(until, false)));
    return new Inspection(
        seen.name(),
        seen.accepted(),
        seen.output(),
        seen.macsPerInputPixel(),
        seen.parameters(),
        seen.refused().stream().map(d -> refusal(model, d)).toList());
  }

  private static TesseraFailure refusal(Path model, Diagnostic d) {
    return TesseraFailure.of(model.toString(), d.code(), d.place(), d.sentence(), d.hint(), INPUT);
  }

  /**
   * What {@code tessera inspect --upsampling} compares, as JSON: the forms in which the enlarging
   * layers of {@code model} could be computed.
   *
   * @param multipliers that work at once
   * @param macEnergy energy of a product in pJ
   */
  public static String upsampling(Path model, int multipliers, double macEnergy) {
    return TesseraFailure.telling(
        () -> {
          var machine =
              TesseraFailure.parsed(multipliers, n -> UpsamplingComparison.machine(n, macEnergy));
          return Json.text(UpsamplingComparison.of(model, Optional.empty(), multipliers, machine));
        });
  }

  /** What {@code tessera compress} measures, as JSON. */
  public static String compress(CompressOptions options) {
    Compression.Request request = options.request();
    return TesseraFailure.telling(() -> Json.text(Compression.run(request, Progress.SILENT)));
  }

  /** Makes a design in {@code folder}, whole or not at all, as {@code tessera generate} does. */
  public static GeneratedDesign generate(GenerateOptions options, Path folder) {
    Generation.Request request = options.request(folder);
    TesseraFailure.telling(() -> Generation.run(request, Progress.SILENT));
    return GeneratedDesign.in(folder);
  }

  /**
   * The design in the folder {@code cache} that was made of the same options, the same contents of
   * the model and of all files that the options name, by the same program; made now if there is
   * none.
   */
  public static GeneratedDesign cached(GenerateOptions options, Path cache) {
    Path folder = cache.resolve(ContentKey.of(options));
    return DesignCache.get(folder, () -> generate(options, folder));
  }

  /** The design in the folder {@code cache} of the user. */
  public static GeneratedDesign cached(GenerateOptions options) {
    return cached(options, UserCache.folder());
  }

  /**
   * Runs the contract tests of units on a user's own layer, which is on the class path: its Verilog
   * against its golden function on random frames, with and without pauses of source and sink, with
   * a reset in the middle of a frame and back to back; the cycle of every beat against its
   * schedule; no warning of the linter.
   *
   * @param samples what the layer reads, one list of streams per sample
   * @param work folder for sources and objects of the simulation
   * @throws TesseraFailure {@code layer.contract} naming the first sample that fails, and where;
   *     {@code tool.missing} without Verilator
   */
  public static void proveLayer(
      String kind, String settings, List<List<StreamType>> samples, Path work) {
    List<CustomSpec> specs = new ArrayList<>();
    for (List<StreamType> streams : samples) {
      specs.add(new CustomSpec(kind + specs.size(), kind, settings, streams));
    }
    TesseraFailure.telling(
        () -> {
          UnitContract contract = new UnitContract().add(new CustomUnit(), specs).build(work);
          contract.names().forEach(name -> prove(contract, name, kind));
          return null;
        });
  }

  private static void prove(UnitContract contract, String name, String kind) {
    try {
      contract.prove(name);
    } catch (AssertionError broken) {
      TesseraFailure failure =
          TesseraFailure.of(
              "tessera",
              "layer.contract",
              "layer of kind '" + kind + "', sample " + name,
              String.valueOf(broken.getMessage()),
              "its component, golden function and schedule must tell the same",
              MISMATCH);
      failure.initCause(broken);
      throw failure;
    }
  }

  /** The design in {@code folder}, where it was generated before. */
  public static GeneratedDesign open(Path folder) {
    return GeneratedDesign.in(folder);
  }
}
