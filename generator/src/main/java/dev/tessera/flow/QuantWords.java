package dev.tessera.flow;

import dev.tessera.quantize.QuantReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The quantiser's decisions as lines of the report. */
final class QuantWords {
  private QuantWords() {}

  static List<String> of(QuantReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "integers against float on the calibration photos: %.2f dB",
            report.psnr()));
    for (QuantReport.Raised raised : report.raised()) {
      lines.add(
          raised.what()
              + " raised from "
              + raised.from()
              + " to "
              + raised.to()
              + ", "
              + raised.multipliersPerProduct()
              + " multipliers per product");
    }
    if (!report.raised().isEmpty()) {
      lines.add(
          String.format(Locale.ROOT, "before anything was raised: %.2f dB", report.plainPsnr()));
    }
    for (QuantReport.Layer layer : report.layers()) {
      lines.add(
          layer.name()
              + ": "
              + layer.input()
              + " x s"
              + layer.weightBits()
              + " to "
              + layer.output()
              + ", sums of "
              + layer.accumulatorBits()
              + " bits"
              + (layer.borderClasses() == 1
                  ? ""
                  : ", " + layer.borderClasses() + " border classes"));
    }
    return lines;
  }
}
