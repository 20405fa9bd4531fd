package dev.tessera.ir;

import dev.tessera.ir.Sampling.Tap;

/**
 * One axis of a resized map, or the part of it that a tile holds. Places are those of the whole
 * frame, so that a tile reads what the frame reads; at ends of a tile that are none of the frame
 * the walk from pixel to pixel keeps within the tile, and what is made there belongs to its halo.
 *
 * @param in pixels of the whole map before
 * @param out pixels of the whole map made
 * @param firstIn first pixel before that the tile holds
 * @param sizeIn pixels before that it holds
 * @param firstOut first pixel that it makes
 * @param sizeOut pixels that it makes
 */
public record Section(int in, int out, int firstIn, int sizeIn, int firstOut, int sizeOut) {
  /** The whole axis. */
  public static Section whole(int in, int out) {
    return new Section(in, out, 0, in, 0, out);
  }

  /** Whether this is the whole axis. */
  public boolean isWhole() {
    return sizeIn == in && sizeOut == out;
  }

  /**
   * What output {@code i} of the tile reads, in pixels of the tile. Every output lies at most one
   * pixel behind the one before; the first lies at the first pixel, the last at the last one.
   *
   * @param i 0 to {@code sizeOut - 1}
   * @param weightBits as of {@link Sampling#tap}
   */
  public Tap tap(Sampling sampling, int i, int weightBits) {
    Tap whole = sampling.tap(firstOut + i, in, out, weightBits);
    if (isWhole()) {
      return whole;
    }
    int wanted = whole.first() - firstIn;
    int pixel = Math.min(Math.min(Math.max(0, wanted), sizeIn - 1), i);
    pixel = Math.max(pixel, sizeIn - sizeOut + i);
    boolean weighed = pixel == wanted && pixel < sizeIn - 1 && whole.weight() > 0;
    return weighed ? new Tap(pixel, pixel + 1, whole.weight()) : new Tap(pixel, pixel, 0);
  }
}
