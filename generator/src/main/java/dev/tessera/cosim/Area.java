package dev.tessera.cosim;

/**
 * What a part of a design takes of a device.
 *
 * @param dsp DSP blocks
 * @param lut look-up tables
 * @param ff flip-flops
 * @param bram36 block memories of the family's kind, halves counting 0.5
 * @param uram UltraRAM blocks
 */
public record Area(double dsp, int lut, int ff, double bram36, int uram) {
  /** No part at all. */
  public static final Area NOTHING = new Area(0, 0, 0, 0, 0);

  /** This and {@code other}. */
  public Area plus(Area other) {
    return plus(other, 1);
  }

  /** This without {@code other}. */
  public Area minus(Area other) {
    return plus(other, -1);
  }

  private Area plus(Area other, int sign) {
    return new Area(
        dsp + sign * other.dsp,
        lut + sign * other.lut,
        ff + sign * other.ff,
        bram36 + sign * other.bram36,
        uram + sign * other.uram);
  }
}
