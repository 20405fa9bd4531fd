package dev.tessera.hw;

import java.util.List;

/**
 * Predicted cost of a unit.
 *
 * @param cyclesPerFrame distance of frames in steady state when neither input nor output ever
 *     waits, exact
 * @param multipliers products of a MAC array per clock, at most 9 x 8 bits each
 * @param macs useful multiplications of a frame, padding taps included
 * @param dsp DSP blocks, multipliers of MAC arrays and requantisers
 * @param lut look-up tables
 * @param ff flip-flops
 * @param bram36 block RAMs of 36 Kbit (halves count 0.5)
 * @param rams the memories that take them
 */
public record Cost(
    long cyclesPerFrame,
    int multipliers,
    long macs,
    int dsp,
    int lut,
    int ff,
    double bram36,
    List<Ram> rams) {
  public Cost {
    rams = List.copyOf(rams);
  }

  /** A unit whose memories are known by their number only. */
  public Cost(
      long cyclesPerFrame, int multipliers, long macs, int dsp, int lut, int ff, double bram36) {
    this(cyclesPerFrame, multipliers, macs, dsp, lut, ff, bram36, Ram.filling(bram36));
  }

  /** A unit without arithmetic. */
  public static Cost wiring(long cyclesPerFrame, int lut, int ff, double bram36) {
    return new Cost(cyclesPerFrame, 0, 0, 0, lut, ff, bram36);
  }
}
