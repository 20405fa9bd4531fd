package dev.tessera.unit.video;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;

/** What both video ports demand of a stream. */
final class Pixels {
  private Pixels() {}

  static void require(String name, StreamType type, int positions) {
    boolean components = type.channels() == 1 || type.channels() == 3;
    boolean ppc = positions == 1 || positions == 2 || positions == 4;
    boolean bytes = type.type().equals(FixedType.UINT8) && type.lanes() == type.channels();
    if (!components || !ppc || !bytes) {
      throw new IllegalArgumentException(
          name + ": a video port has 1 or 3 components of 8 bits, 1, 2 or 4 pixels: " + type);
    }
  }
}
