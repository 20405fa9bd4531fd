package dev.tessera.hw;

/**
 * Times of the one-beat skid buffer at the input of a unit: the next beat can be taken in the cycle
 * after the unit's core has consumed the last one.
 */
public final class Skid {
  private long free;

  /** The cycle in which a beat that arrives in cycle {@code arrival} is transferred. */
  public long take(long arrival) {
    return Math.max(arrival, free);
  }

  /** Notes that the beat last taken left the buffer in {@code cycle}. */
  public void consume(long cycle) {
    free = cycle + 1;
  }

  /** Transfers of a stream whose core never waits. */
  public static long[] takeAll(long[] arrivals) {
    long[] taken = new long[arrivals.length];
    Skid skid = new Skid();
    for (int i = 0; i < taken.length; i++) {
      taken[i] = skid.take(arrivals[i]);
      skid.consume(taken[i]);
    }
    return taken;
  }

  /** Every time of {@code times}, {@code cycles} later. */
  public static long[] delay(long[] times, int cycles) {
    long[] later = new long[times.length];
    for (int i = 0; i < later.length; i++) {
      later[i] = times[i] + cycles;
    }
    return later;
  }
}
