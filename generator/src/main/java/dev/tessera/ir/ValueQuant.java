package dev.tessera.ir;

import dev.tessera.num.FixedType;

/**
 * How the integers of a feature map stand for numbers: value = scale[c] * (code - zero[c]).
 *
 * @param type type of the codes
 * @param scale length 1 or one per channel
 * @param zero length 1 or one per channel
 */
public record ValueQuant(FixedType type, double[] scale, int[] zero) {
  /** The scale of channel c. */
  public double scaleOf(int c) {
    return scale[scale.length == 1 ? 0 : c];
  }

  /** The zero point of channel c. */
  public int zeroOf(int c) {
    return zero[zero.length == 1 ? 0 : c];
  }
}
