package dev.tessera.ir;

import dev.tessera.ir.Sampling.Tap;

/**
 * One axis of a resize to the size of another map, in frames of one size: its places depend on
 * where in the frame they lie.
 *
 * @param in pixels of the frame's map before
 * @param made size of the map made
 * @param lead outputs at the start of a tile that may not lie where the frame has them, because a
 *     walk over the tile begins at its first pixel
 * @param tail such outputs at the end of a tile, because the walk ends at its last pixel
 * @param frame pixels of the frame
 */
record SizedResize(Sampling sampling, int in, Extent made, long lead, long tail, int frame) {
  /** Bits of weights that no difference of places is too small for. */
  private static final int FINE = 24;

  /**
   * The resize of tiles that start and end at multiples of {@code alignment}.
   *
   * @throws ArithmeticException if a walk does not come to where the frame's places are
   */
  static SizedResize of(Sampling sampling, Extent before, Extent made, int frame, int alignment) {
    int in = before.at(frame);
    int out = made.at(frame);
    long ahead = 0;
    long behind = 0;
    for (int at = alignment; at < frame; at += alignment) {
      int start = out - made.at(frame - at);
      if (start < out) {
        int first = in - before.at(frame - at);
        ahead = Math.max(ahead, sampling.tap(start, in, out, FINE).first() - first);
      }
      int end = made.at(at);
      if (end > 0) {
        int last = sampling.tap(end - 1, in, out, FINE).first();
        behind = Math.max(behind, before.at(at) - 1 - last);
      }
    }
    return new SizedResize(
        sampling, in, made, outputs(ahead, in, out), outputs(behind, in, out), frame);
  }

  /** Outputs in which a walk makes up for {@code pixels}: each takes it at most one further. */
  private static long outputs(long pixels, int in, int out) {
    if (pixels <= 0) {
      return 0;
    }
    if (out <= in) {
      throw new ArithmeticException(out + " of " + in);
    }
    return -Math.floorDiv(-(pixels + 1) * out, (long) out - in);
  }

  private int inside(long output) {
    return Math.toIntExact(Math.max(0, Math.min(made.at(frame) - 1, output)));
  }

  /** First pixel before that outputs from {@code lo} on read. */
  long first(long lo) {
    return sampling.tap(inside(lo), in, made.at(frame), FINE).first();
  }

  /** Last pixel before that outputs up to {@code hi} read. */
  long last(long hi) {
    Tap tap = sampling.tap(inside(hi), in, made.at(frame), FINE);
    return tap.weight() > 0 ? tap.second() : tap.first();
  }

  /** The output at which a tile must start at the latest, to make outputs from {@code lo} on. */
  long start(long lo) {
    return inside(lo - lead);
  }

  /** The last pixel of a tile that makes outputs up to {@code hi}. */
  long end(long hi) {
    return made.frameFor(inside(hi + tail) + 1L) - 1;
  }
}
