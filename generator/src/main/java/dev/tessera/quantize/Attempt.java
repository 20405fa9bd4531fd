package dev.tessera.quantize;

import dev.tessera.ir.ValueQuant;
import java.util.List;

/**
 * A network quantised with certain options.
 *
 * @param options what was asked for
 * @param grids types and scales
 * @param lowering the integer nodes
 * @param psnr of the integer output against the float one on the calibration patches, in dB
 */
record Attempt(QuantOptions options, GridPlan grids, Lowering lowering, double psnr) {
  /** PSNR of codes on {@code grid} against float outputs clipped to the range of 8-bit codes. */
  static double psnr(List<Codes> outputs, List<float[]> floats, ValueQuant grid) {
    double sum = 0;
    long count = 0;
    for (int p = 0; p < outputs.size(); p++) {
      int[] codes = outputs.get(p).data();
      int size = outputs.get(p).size();
      for (int i = 0; i < codes.length; i++) {
        int c = i / size;
        double wanted = floats.get(p)[i] / grid.scaleOf(c) + grid.zeroOf(c);
        double d = codes[i] - Math.max(0, Math.min(255, wanted));
        sum += d * d;
      }
      count += codes.length;
    }
    return 10 * Math.log10(255.0 * 255.0 * count / sum);
  }
}
