package dev.tessera.unit.codec;

import dev.tessera.hw.StreamType;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps a coder within its bound: says of every beat whether its values go as they are. Encoder and
 * decoder ask alike, of sizes that both know.
 *
 * <p>The bits that may be lost in total are known from the start. Half of them are spent freely,
 * the rest only while coding has paid lately. The answer for a beat follows from the beats up to
 * {@link #DELAY} before it, so that hardware has time to know their sizes.
 */
final class Allowance {
  /** A beat's size counts for the beat that follows so many later. */
  static final int DELAY = 4;

  /** Largest gain that is remembered, in bits. */
  static final int MOST_HOPE = 255;

  private final long need;
  private final long half;
  private final Deque<int[]> under = new ArrayDeque<>();
  private long credit;
  private int hope;

  /**
   * For one frame of {@code map}.
   *
   * @param plain bits of a beat as it is
   * @param worst bits by which a coded beat may be longer
   * @param reserve bits that the end of the frame may take
   */
  Allowance(StreamType map, int plain, int worst, int reserve) {
    need = (long) DELAY * worst;
    credit = initial(map, plain, reserve);
    half = credit / 2;
  }

  /** Bits that may be lost in a frame. */
  static long initial(StreamType map, int plain, int reserve) {
    long raw = Codec.rawBits(map);
    return raw + raw / Codec.SLACK - plain * map.beatsPerFrame() - reserve;
  }

  /** Bits that may still be lost. */
  long credit() {
    return credit;
  }

  /** Bits that are kept for when coding pays. */
  long half() {
    return half;
  }

  /** Bits that the beats under way may lose. */
  long need() {
    return need;
  }

  /** Whether a frame is so small that all its beats go as they are. */
  boolean never() {
    return credit < need;
  }

  /** Whether the next beat goes as it is. */
  boolean plain() {
    return credit < need || hope == 0 && credit < half;
  }

  /**
   * Counts the next beat.
   *
   * @param gain bits that its coded form is shorter than the plain one; below 0 if it is longer
   */
  void count(int gain) {
    under.addLast(new int[] {gain, plain() ? 0 : gain});
    if (under.size() == DELAY) {
      int[] old = under.removeFirst();
      hope = Math.max(0, Math.min(MOST_HOPE, hope + old[0]));
      credit += old[1];
    }
  }
}
