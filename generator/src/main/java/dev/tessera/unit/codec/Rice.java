package dev.tessera.unit.codec;

/**
 * Rice codes: {@code n >> k} zeros, a one, the k low bits of n; from {@link MedCodec#ESCAPE} zeros
 * on these alone and n in full.
 */
final class Rice {
  private Rice() {}

  /** Bits of the code of {@code n}. */
  static int length(int n, int k, int width) {
    int zeros = n >> k;
    return zeros < MedCodec.ESCAPE ? zeros + 1 + k : MedCodec.ESCAPE + width;
  }

  static void append(int n, int k, int width, int lane, LaneWriter lanes) {
    int zeros = n >> k;
    if (zeros < MedCodec.ESCAPE) {
      lanes.append(lane, 1 << zeros, zeros + 1);
      lanes.append(lane, n, k);
    } else {
      lanes.append(lane, 0, MedCodec.ESCAPE);
      lanes.append(lane, n, width);
    }
  }

  static int take(int k, int width, int lane, LaneReader lanes) {
    int zeros = lanes.takeZeros(lane, MedCodec.ESCAPE);
    return zeros < MedCodec.ESCAPE ? zeros << k | lanes.take(lane, k) : lanes.take(lane, width);
  }
}
