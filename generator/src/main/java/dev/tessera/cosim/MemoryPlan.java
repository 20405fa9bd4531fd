package dev.tessera.cosim;

import dev.tessera.hw.MemoryTop;
import java.util.Locale;

/**
 * Where frames lie in the simulated memory, and how it behaves.
 *
 * @param sourceBase address of the first frame that is read; frames lie a multiple of 4 KiB apart
 * @param sourcePitch bytes from row to row
 * @param targetBase address of the first frame that is written
 * @param targetPitch bytes from row to row
 * @param latency cycles to the first word of a read and to the response of a write; with stalls up
 *     to twice as many
 * @param rate bytes per cycle, both directions together; 0 for no limit
 * @param failing which word that is read, and which response to a write, from 1, says that it
 *     failed; 0 for none
 * @param silentFrom cycle from which it takes and answers nothing
 * @param silentFor for so many cycles
 */
public record MemoryPlan(
    long sourceBase,
    long sourcePitch,
    long targetBase,
    long targetPitch,
    int latency,
    double rate,
    int failing,
    long silentFrom,
    long silentFor) {
  /** A memory that never fails. */
  public MemoryPlan(
      long sourceBase,
      long sourcePitch,
      long targetBase,
      long targetPitch,
      int latency,
      double rate) {
    this(sourceBase, sourcePitch, targetBase, targetPitch, latency, rate, 0, 0, 0);
  }

  /** Cycles of a DDR controller with its interconnect, in round numbers. */
  public static final int LATENCY = 40;

  /** Beyond what 32 address bits reach. */
  private static final long SOURCE = 0x1_0000_0000L;

  private static final long TARGET = 0x2_0000_0000L;

  /** A memory of stored maps only, in which no frames lie. */
  public static MemoryPlan ofMaps(int latency, double rate) {
    return new MemoryPlan(0, 0, 0, 0, latency, rate);
  }

  /** Frames that begin at a boundary, rows filled up to whole words. */
  public static MemoryPlan aligned(MemoryTop top, int latency, double rate) {
    return new MemoryPlan(SOURCE, top.readPitch(), TARGET, top.writePitch(), latency, rate);
  }

  /** These frames at other addresses and pitches. */
  public MemoryPlan moved(int source, int sourceMore, int target, int targetMore) {
    return new MemoryPlan(
        sourceBase + source,
        sourcePitch + sourceMore,
        targetBase + target,
        targetPitch + targetMore,
        latency,
        rate,
        failing,
        silentFrom,
        silentFor);
  }

  /** This memory, which fails at word and response {@code number}. */
  public MemoryPlan failing(int number) {
    return new MemoryPlan(
        sourceBase,
        sourcePitch,
        targetBase,
        targetPitch,
        latency,
        rate,
        number,
        silentFrom,
        silentFor);
  }

  /** This memory, which says nothing from cycle {@code from} on for {@code cycles}. */
  public MemoryPlan silent(long from, long cycles) {
    return new MemoryPlan(
        sourceBase, sourcePitch, targetBase, targetPitch, latency, rate, failing, from, cycles);
  }

  /** Its keys in the plan file for frames of so many rows. */
  String line(int sourceRows, int targetRows) {
    return String.format(
            Locale.ROOT,
            " source %d %d %d target %d %d %d",
            sourceBase,
            sourcePitch,
            slot(sourceBase, sourcePitch, sourceRows),
            targetBase,
            targetPitch,
            slot(targetBase, targetPitch, targetRows))
        + behaviour();
  }

  /** Its keys for a memory that holds no frames. */
  String behaviour() {
    return String.format(
        Locale.ROOT,
        " latency %d rate %.4f failing %d silent %d %d",
        latency,
        rate,
        failing,
        silentFrom,
        silentFor);
  }

  private static long slot(long base, long pitch, int rows) {
    long bytes = base % MemoryTop.BOUNDARY + pitch * rows;
    return (bytes / MemoryTop.BOUNDARY + 1) * MemoryTop.BOUNDARY;
  }
}
