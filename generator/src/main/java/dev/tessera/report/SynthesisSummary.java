package dev.tessera.report;

import dev.tessera.cosim.Area;
import java.util.List;

/**
 * Contents of {@code synthesis.json}: what a synthesis took, and the prediction beside it.
 * Component names are the file's keys.
 *
 * @param tool synthesis tool
 * @param family device family that it mapped to
 * @param dsp DSP blocks
 * @param lut look-up tables
 * @param ff flip-flops
 * @param bram36 block memories, halves counting 0.5; of the family's kind
 * @param uram UltraRAM blocks
 * @param logicLevels look-up tables on the longest way between cells with a clock
 * @param deepest unit in which that way ends
 * @param predicted the same as the plan has it
 * @param units the same for each unit, buffers and the rest under {@code (buffers)}
 */
public record SynthesisSummary(
    String tool,
    String family,
    double dsp,
    int lut,
    int ff,
    double bram36,
    int uram,
    int logicLevels,
    String deepest,
    Area predicted,
    List<Unit> units) {
  public SynthesisSummary {
    units = List.copyOf(units);
  }

  /** A unit, synthesised and predicted. */
  public record Unit(String name, Area synthesised, Area predicted) {}
}
