package dev.tessera.quantize;

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
  /** PSNR of codes against float outputs clipped to the range of codes. */
  static double psnr(List<Codes> outputs, List<float[]> floats, double unit) {
    double sum = 0;
    long count = 0;
    for (int p = 0; p < outputs.size(); p++) {
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
