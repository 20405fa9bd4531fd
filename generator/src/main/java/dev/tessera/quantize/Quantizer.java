package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import java.util.List;
import java.util.function.Function;

/** From a float graph, as the passes leave it, to an integer graph. */
public final class Quantizer {
  private Quantizer() {}

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
    ValueQuant image =
        new ValueQuant(FixedType.UINT8, new double[] {calibration.unit()}, new int[] {0});
    Preparation prepared = new Preparation(graph, image);
    List<float[]> reference = outputs(graph, calibration, floats);
    Statistics statistics = statistics(prepared.graph(), calibration, floats);
    GridPlan grids = new GridPlan(prepared.graph(), prepared.fixed(), options, statistics);
    Lowering lowering = new Lowering(prepared.graph(), grids, options, calibration);
    double psnr = psnr(lowering.outputs(), reference, calibration.unit());
    return new Quantized(
        lowering.result(), new QuantReport(lowering.layers(), List.of(), psnr, psnr));
  }

  private static List<float[]> outputs(
      Graph graph, Calibration calibration, Function<Graph, FloatSource> floats) {
    try (FloatSource source = floats.apply(graph)) {
      return calibration.patches().stream()
          .map(p -> source.run(p.scaled(calibration.unit()), p.height(), p.width()))
          .map(values -> values.get(graph.output()))
          .toList();
    }
  }

  private static Statistics statistics(
      Graph graph, Calibration calibration, Function<Graph, FloatSource> floats) {
    try (FloatSource source = floats.apply(graph)) {
      return new Statistics(graph, calibration, source);
    }
  }

  /** PSNR of codes against float outputs clipped to the range of codes. */
  private static double psnr(List<Codes> outputs, List<float[]> floats, double unit) {
    double sum = 0;
    long count = 0;
    for (int p = 0; p < floats.size(); p++) {
      int[] codes = outputs.get(p).data();
      for (int i = 0; i < codes.length; i++) {
        double d = codes[i] - Math.max(0, Math.min(255, floats.get(p)[i] / unit));
        sum += d * d;
      }
      count += codes.length;
    }
    return 10 * Math.log10(255.0 * 255.0 * count / sum);
  }
}
