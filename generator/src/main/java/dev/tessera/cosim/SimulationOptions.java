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
 */
public record SimulationOptions(
    int frames, double stall, long seed, long resetAfter, Path trace, MemoryPlan memory) {
  /** Frames in the usual memory. */
  public SimulationOptions(int frames, double stall, long seed, long resetAfter, Path trace) {
    this(frames, stall, seed, resetAfter, trace, null);
  }

  /** Frames without pauses. */
  public static SimulationOptions plain(int frames) {
    return new SimulationOptions(frames, 0, 1, 0, null);
  }

  /** These options for another number of frames. */
  SimulationOptions withFrames(int count) {
    return new SimulationOptions(count, stall, seed, resetAfter, trace, memory);
  }

  BenchPlan plan(String unit, long watchdog) {
    return new BenchPlan(unit, frames, stall, seed, resetAfter, watchdog, false, true);
  }
}
