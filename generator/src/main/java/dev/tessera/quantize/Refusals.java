package dev.tessera.quantize;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Node;
import java.util.Locale;

/** What cannot become integers, in words. */
final class Refusals {
  private Refusals() {}

  static TesseraException operator(Node node) {
    return TesseraException.input(
        "quantize.operator",
        place(node),
        "the operator has no integer form",
        "the passes have to fold it into a convolution first");
  }

  static TesseraException width(Node node, String what, int bits, int most) {
    return TesseraException.input(
        "quantize.width",
        place(node),
        String.format(Locale.ROOT, "the %s needs %d bits, hardware has %d", what, bits, most),
        "choose fewer bits for this layer or its input");
  }

  static TesseraException multiplier(Node node, double factor) {
    return TesseraException.input(
        "quantize.multiplier",
        place(node),
        String.format(Locale.ROOT, "the scale factor %.3g exceeds the requantiser", factor),
        "the ranges of input and output differ too much; check the calibration photos");
  }

  static TesseraException mixed(String value, String one, String other) {
    return TesseraException.input(
        "quantize.mixed",
        "value '" + value + "'",
        "values of types " + one + " and " + other + " are wired together",
        "give the joined values one type in the quantised model");
  }

  static String place(Node node) {
    return "node '" + node.name() + "'";
  }
}
