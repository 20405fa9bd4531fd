package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.TableCodes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** From a float graph, as the passes leave it, to an integer graph. */
public final class Quantizer {
  /** Patches on which single layers are tried. */
  private static final int QUICK_PATCHES = 3;

  /**
   * The integer graph of {@code graph}, calibrated through ONNX Runtime.
   *
   * @throws dev.tessera.base.TesseraException with a code {@code quantize...} where the network has
   *     no integer form
   */
  public static Quantized quantize(Graph graph, Calibration calibration, QuantOptions options) {
    return quantize(graph, calibration, options, FloatSource::onnxRuntime);
  }

  /**
   * The integer graph of {@code graph}.
   *
   * @param floats makes the float reference of a graph
   */
  static Quantized quantize(
      Graph graph,
      Calibration calibration,
      QuantOptions options,
      Function<Graph, FloatSource> floats) {
    return new Quantizer(graph, calibration, floats, calibration.image(), options.stored())
        .search(options);
  }

  /**
   * The integer graph of a network whose output is no picture: it leaves in 8 bits, unsigned, on a
   * grid of its own, and nothing is raised for it.
   *
   * @throws dev.tessera.base.TesseraException with a code {@code quantize...} where the network has
   *     no integer form
   */
  public static Quantized quantizeFeatures(
      Graph graph, Calibration calibration, QuantOptions options) {
    return plain(graph, calibration, options, null);
  }

  /**
   * The integer graph of a statistics branch: its output leaves rounded in codes of tables, nothing
   * is raised for it.
   *
   * @param graph as {@link TableHead} completes it
   * @throws dev.tessera.base.TesseraException with a code {@code quantize...} where the branch has
   *     no integer form
   */
  public static Quantized quantizeTables(
      Graph graph, Calibration calibration, QuantOptions options) {
    int channels = graph.type(graph.output()).channels();
    double[] ones = new double[channels];
    Arrays.fill(ones, 1);
    ValueQuant codes = new ValueQuant(TableCodes.TYPE, ones, new int[channels]);
    return plain(graph, calibration, options, codes);
  }

  private static Quantized plain(
      Graph graph, Calibration calibration, QuantOptions options, ValueQuant port) {
    Quantizer quantizer =
        new Quantizer(graph, calibration, FloatSource::onnxRuntime, port, options.stored());
    Attempt plain = quantizer.attempt(options, calibration.patches().size(), null);
    return quantized(plain, plain, List.of());
  }

  /**
   * Enough for networks that normalise over the frame: they make pictures of their own, and what
   * their statistics miss weighs more (33 to 45 dB between one frame and the next).
   */
  private static final double NORMALISED_PSNR = 38;

  private final Calibration calibration;
  private final Preparation prepared;
  private final Statistics statistics;
  private final List<float[]> reference;

  private Quantizer(
      Graph graph,
      Calibration calibration,
      Function<Graph, FloatSource> floats,
      ValueQuant port,
      boolean stored) {
    this.calibration = calibration;
    prepared = new Preparation(graph, calibration.image(), port, stored);
    try (FloatSource source = floats.apply(prepared.graph())) {
      statistics = new Statistics(prepared.graph(), calibration, source);
    }
    // Without the model's own quantisation the prepared graph is the float network itself.
    boolean same = graph.nodes().stream().noneMatch(n -> n instanceof Node.FakeQuant);
    reference = same ? statistics.outputs() : outputs(graph, calibration, floats);
  }

  private static List<float[]> outputs(
      Graph graph, Calibration calibration, Function<Graph, FloatSource> floats) {
    try (FloatSource source = floats.apply(graph)) {
      return calibration.patches().stream()
          .map(p -> source.run(calibration.scaled(p), p.height(), p.width()))
          .map(values -> values.get(graph.output()))
          .toList();
    }
  }

  private Quantized search(QuantOptions asked) {
    QuantOptions options = normalises() ? asked.targetAtMost(NORMALISED_PSNR) : asked;
    Attempt plain = attempt(options, calibration.patches().size(), null);
    if (plain.psnr() >= options.targetPsnr()) {
      return quantized(plain, plain, List.of());
    }
    Raising raising =
        new Raising(
            prepared.graph(),
            plain,
            (wishes, known) ->
                attempt(wishes, Math.min(QUICK_PATCHES, calibration.patches().size()), known),
            (wishes, known) -> attempt(wishes, calibration.patches().size(), known));
    return quantized(raising.best(), plain, raising.raised());
  }

  private boolean normalises() {
    return prepared.graph().nodes().stream().anyMatch(n -> n instanceof Node.Normalize);
  }

  private static Quantized quantized(Attempt best, Attempt plain, List<QuantReport.Raised> raised) {
    QuantReport report =
        new QuantReport(best.lowering().layers(), raised, best.psnr(), plain.psnr());
    return new Quantized(best.lowering().result(), report);
  }

  /**
   * Quantises with {@code options}.
   *
   * @param known an attempt to take over from, or null
   */
  private Attempt attempt(QuantOptions options, int patches, Attempt known) {
    GridPlan grids = new GridPlan(prepared.graph(), prepared.fixed(), options, statistics);
    List<Calibration.Patch> shown = calibration.patches().subList(0, patches);
    Lowering earlier = known == null ? null : known.lowering();
    Lowering lowering = new Lowering(prepared.graph(), grids, options, shown, earlier);
    double psnr = Attempt.psnr(lowering.outputs(), reference, grids.of(prepared.graph().output()));
    return new Attempt(options, grids, lowering, psnr);
  }
}
