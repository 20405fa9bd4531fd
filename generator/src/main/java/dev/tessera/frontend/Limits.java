package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Extent;
import dev.tessera.ir.GraphPrinter;
import dev.tessera.ir.TensorType;

/** Sizes beyond which a model is refused instead of being worked on. */
final class Limits {
  static final long FILE_BYTES = 1L << 29;
  static final int NODES = 10_000;
  static final int CHANNELS = 1 << 12;
  static final int SIDE = 1 << 16;
  static final int SCALE = 64;

  private Limits() {}

  /** Refuses feature maps of absurd size. */
  static void requireMap(TensorType type, String place) {
    if (type.channels() > CHANNELS || absurd(type.height()) || absurd(type.width())) {
      throw TesseraException.input(
          "onnx.size",
          place,
          "a feature map of " + GraphPrinter.shape(type) + " is too large",
          "maps may have " + CHANNELS + " channels, sides of " + SIDE + " and a scale of " + SCALE);
    }
  }

  private static boolean absurd(Extent extent) {
    return extent.mul() > SCALE || extent.add() > SIDE || extent.add() < -SIDE;
  }
}
