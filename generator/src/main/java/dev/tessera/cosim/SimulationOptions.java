package dev.tessera.cosim;

import java.nio.file.Path;

/**
 * How a design is simulated.
 *
 * @param frames frames back to back
 * @param stall probability per port and cycle that a pause begins
 * @param seed seed of the pauses
 * @param resetAfter input beats after which a reset strikes before the run proper; 0 for none
 * @param trace FST file to write, or null
 * @param memory where frames lie in the memory of a design that has one, and how that behaves; null
 *     for the usual
 * @param softReset words read after which software resets a design that has registers; 0 for never
 */
public record SimulationOptions(
    int frames,
    double stall,
    long seed,
    long resetAfter,
    Path trace,
    MemoryPlan memory,
    long softReset) {
  /** Frames in the usual memory. */
  public SimulationOptions(int frames, double stall, long seed, long resetAfter, Path trace) {
    this(frames, stall, seed, resetAfter, trace, null);
  }

  /** A design that software does not reset. */
  public SimulationOptions(
      int frames, double stall, long seed, long resetAfter, Path trace, MemoryPlan memory) {
    this(frames, stall, seed, resetAfter, trace, memory, 0);
  }

  /** These options with a reset by software after {@code words} words were read. */
  public SimulationOptions resetBySoftware(long words) {
    return new SimulationOptions(frames, stall, seed, resetAfter, trace, memory, words);
  }

  /** Frames without pauses. */
  public static SimulationOptions plain(int frames) {
    return new SimulationOptions(frames, 0, 1, 0, null);
  }

  /** These options for another number of frames. */
  SimulationOptions withFrames(int count) {
    return new SimulationOptions(count, stall, seed, resetAfter, trace, memory, softReset);
  }

  BenchPlan plan(String unit, long watchdog) {
    return new BenchPlan(unit, frames, stall, seed, resetAfter, watchdog, false, true)
        .with(softReset > 0 ? " softreset " + softReset : "");
  }
}
