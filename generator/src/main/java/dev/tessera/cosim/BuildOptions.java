package dev.tessera.cosim;

/**
 * How a simulation is built.
 *
 * @param trace whether it can write FST waveforms (about 50 times slower)
 * @param randomStart whether registers and memories start with random contents instead of zeros
 * @param lint whether warnings of {@code -Wall} are errors
 * @param optimization level of the C++ compiler for the hot code
 */
public record BuildOptions(boolean trace, boolean randomStart, boolean lint, int optimization) {
  /** For proofs of units: strict, random at start, quick to compile. */
  public static final BuildOptions PROOF = new BuildOptions(false, true, true, 1);

  /** For pictures through whole designs. */
  public static final BuildOptions FAST = new BuildOptions(false, false, false, 1);

  /** {@link #FAST} with waveforms. */
  public static final BuildOptions TRACE = new BuildOptions(true, false, false, 1);
}
