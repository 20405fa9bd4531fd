package dev.tessera.hw;

import dev.tessera.base.Bits;

/**
 * Where a scene ends: between frames whose histograms of codes differ in more than a quarter of all
 * values.
 *
 * @param type the stream of frames
 */
public record SceneCut(StreamType type) {
  /** Bins of a histogram, by the upper bits of a code. */
  public static final int BINS = 16;

  /** Beats of the shortest frame: bins are compared one by one while the next one is counted. */
  public static final int LEAST_BEATS = BINS + 8;

  private static final int BIN_BITS = Bits.indexWidth(BINS);

  /** Values of a frame. */
  public long values() {
    return (long) type.width() * type.height() * type.channels();
  }

  /** The largest sum of absolute differences within a scene; each moved value counts twice. */
  public long limit() {
    return values() / 2;
  }

  /** Whether a scene begins with {@code frame}. */
  public boolean between(Frame before, Frame frame) {
    long[] one = histogram(before);
    long[] other = histogram(frame);
    long sum = 0;
    for (int b = 0; b < BINS; b++) {
      sum += Math.abs(one[b] - other[b]);
    }
    return sum > limit();
  }

  private long[] histogram(Frame frame) {
    long[] counts = new long[BINS];
    for (int code : frame.data()) {
      counts[code >> (type.type().bits() - BIN_BITS) & (BINS - 1)]++;
    }
    return counts;
  }
}
