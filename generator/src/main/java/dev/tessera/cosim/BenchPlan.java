package dev.tessera.cosim;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One run of the bench.
 *
 * @param unit unit to run
 * @param frames frames back to back; the vectors repeat if they hold fewer
 * @param stall probability per port and cycle that a pause begins
 * @param seed seed of the pauses
 * @param resetAfter beats of the first port after which a reset strikes and everything starts
 *     again; 0 for none
 * @param watchdog cycles without any transfer, inside or at a port, after which the run is given up
 * @param record whether the cycle of every beat is kept
 * @param capture whether the values that leave the unit are kept
 * @param more further keys and values, each behind a blank
 */
public record BenchPlan(
    String unit,
    int frames,
    double stall,
    long seed,
    long resetAfter,
    long watchdog,
    boolean record,
    boolean capture,
    String more) {
  /** A run without further keys. */
  public BenchPlan(
      String unit,
      int frames,
      double stall,
      long seed,
      long resetAfter,
      long watchdog,
      boolean record,
      boolean capture) {
    this(unit, frames, stall, seed, resetAfter, watchdog, record, capture, "");
  }

  /** Cycles of patience with units. */
  static final long WATCHDOG = 200_000;

  /** An undisturbed run. */
  public static BenchPlan plain(String unit, int frames) {
    return new BenchPlan(unit, frames, 0, 1, 0, WATCHDOG, false, false);
  }

  /** This run with pauses. */
  public BenchPlan stalled(double probability, long stallSeed) {
    return new BenchPlan(
        unit, frames, probability, stallSeed, resetAfter, watchdog, record, capture, more);
  }

  /** This run after a reset in the middle of an earlier one. */
  public BenchPlan resetAfter(long beats) {
    return new BenchPlan(unit, frames, stall, seed, beats, watchdog, record, capture, more);
  }

  /** This run, keeping the cycle of every beat. */
  public BenchPlan recorded() {
    return new BenchPlan(unit, frames, stall, seed, resetAfter, watchdog, true, capture, more);
  }

  /** This run, keeping what leaves the unit. */
  public BenchPlan captured() {
    return new BenchPlan(unit, frames, stall, seed, resetAfter, watchdog, record, true, more);
  }

  /** This run, given up after {@code cycles} without a transfer. */
  public BenchPlan watchdog(long cycles) {
    return new BenchPlan(unit, frames, stall, seed, resetAfter, cycles, record, capture, more);
  }

  /** This run with {@code keys} behind the others. */
  BenchPlan with(String keys) {
    return new BenchPlan(
        unit, frames, stall, seed, resetAfter, watchdog, record, capture, more + keys);
  }

  /** The line of the plan file. */
  String line(Path vectors) {
    return String.format(
        Locale.ROOT,
        "unit %s frames %d stall %.6f seed %d reset %d watchdog %d record %d capture %d"
            + "%s vectors %s",
        unit,
        frames,
        stall,
        seed,
        resetAfter,
        watchdog,
        record ? 1 : 0,
        capture ? 1 : 0,
        more,
        vectors);
  }
}
