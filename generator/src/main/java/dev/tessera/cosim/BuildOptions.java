package dev.tessera.cosim;

/**
 * How a simulation is built.
 *
 * @param trace whether it can write FST waveforms (about 50 times slower)
 * @param randomStart whether registers and memories start with random contents instead of zeros
 * @param lint whether warnings of {@code -Wall} are errors
 * @param optimization level of the C++ compiler for the hot code
 * @param unroll longest loop that becomes straight code: more to compile, faster to run
 */
public record BuildOptions(
    boolean trace, boolean randomStart, boolean lint, int optimization, int unroll) {
  /**
   * Cycles from which straight code pays. Measured on xlsr_x3 at 1,000 multipliers: 14 s to compile
   * and 14 us a cycle with loops of up to 16 unrolled, 18 s and 9 us with up to 64; at 4,800
   * multipliers 14 s and 59 us, 26 s and 36 us.
   */
  private static final long LONG_RUN = 600_000;

  private static final int FEW = 16;
  private static final int MANY = 64;

  /** For proofs of units: strict, random at start, quick to compile. */
  public static final BuildOptions PROOF = new BuildOptions(false, true, true, 1, FEW);

  /** For whole designs: about {@code cycles} clock cycles, with or without waveforms. */
  public static BuildOptions design(long cycles, boolean trace) {
    return new BuildOptions(trace, false, false, 1, cycles < LONG_RUN ? FEW : MANY);
  }

  /** These options without the linter. */
  public BuildOptions withoutLint() {
    return new BuildOptions(trace, randomStart, false, optimization, unroll);
  }
}
