package dev.tessera.flow;

import dev.tessera.hw.Frame;

/** Between picture codes (0 to 255) and a network's own values. */
final class CodeUnit {
  private CodeUnit() {}

  /** The network's values of a frame of codes. */
  static float[] values(Frame codes, double unit) {
    float[] values = new float[codes.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (codes.data()[i] * unit);
    }
    return values;
  }

  /** The codes, not rounded, of a network's values. */
  static float[] codes(float[] values, double unit) {
    float[] codes = new float[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) (values[i] / unit);
    }
    return codes;
  }
}
