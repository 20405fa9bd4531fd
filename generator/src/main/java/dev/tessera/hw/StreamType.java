package dev.tessera.hw;

import dev.tessera.base.Bits;
import dev.tessera.num.FixedType;

/**
 * A ready/valid channel that carries frames: raster order, inside a position channel groups
 * ascending.
 *
 * <p>A beat holds {@code lanes} values of one position, lane 0 in the least significant bits; the
 * last beat of a position may be partly filled (its unused lanes are don't care). With {@code
 * positions > 1} a beat holds that many neighbouring positions of a row, each with all its channels
 * ({@code lanes == channels}), the first in the least significant bits.
 *
 * @param channels values of a position
 * @param lanes values of one position in a beat, 1 to channels
 * @param type type of a value
 * @param width positions of a row
 * @param height rows of a frame
 * @param positions positions of a beat; divides width
 */
public record StreamType(
    int channels, int lanes, FixedType type, int width, int height, int positions) {
  public StreamType {
    boolean wide = positions > 1 && (lanes != channels || width % positions != 0);
    if (lanes < 1 || lanes > channels || width < 1 || height < 1 || positions < 1 || wide) {
      throw new IllegalArgumentException(
          channels + " channels in " + lanes + " lanes, " + positions + " positions of " + width);
    }
  }

  /** A stream of one position per beat at most. */
  public StreamType(int channels, int lanes, FixedType type, int width, int height) {
    this(channels, lanes, type, width, height, 1);
  }

  /** The same beats with values of another type. */
  public StreamType withType(FixedType other) {
    return new StreamType(channels, lanes, other, width, height, positions);
  }

  /** The same stream of frames of another size. */
  public StreamType withSize(Size size) {
    return new StreamType(channels, lanes, type, size.width(), size.height(), positions);
  }

  /** Beats of one position (1 if a beat holds several positions). */
  public int beatsPerPosition() {
    return Bits.ceilDiv(channels, lanes);
  }

  /** Beats of a frame. */
  public long beatsPerFrame() {
    return (long) width * height / positions * beatsPerPosition();
  }

  /** Width of the data bus. */
  public int bits() {
    return positions * lanes * type.bits();
  }
}
