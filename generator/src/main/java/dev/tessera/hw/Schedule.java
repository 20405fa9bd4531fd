package dev.tessera.hw;

import java.util.List;

/**
 * Beat times of one unit, in clock cycles.
 *
 * @param taken per input stream, the cycle in which beat i is transferred
 * @param made per output stream, the cycle in which beat i is first valid
 */
public record Schedule(List<long[]> taken, List<long[]> made) {
  public Schedule {
    taken = List.copyOf(taken);
    made = List.copyOf(made);
  }

  /**
   * A unit that takes a beat of every stream at once, as soon as one of each lies in the buffer of
   * its input, and makes one.
   *
   * @param arrivals per input stream, the cycle in which beat i could be taken at the earliest
   * @param latency cycles from there until the result is valid
   */
  public static Schedule pointwise(List<long[]> arrivals, int latency) {
    int beats = arrivals.get(0).length;
    List<Skid> skids = arrivals.stream().map(stream -> new Skid()).toList();
    List<long[]> taken = arrivals.stream().map(stream -> new long[beats]).toList();
    long[] made = new long[beats];
    for (int i = 0; i < beats; i++) {
      long fire = Long.MIN_VALUE;
      for (int s = 0; s < skids.size(); s++) {
        taken.get(s)[i] = skids.get(s).take(arrivals.get(s)[i]);
        fire = Math.max(fire, taken.get(s)[i]);
      }
      for (Skid skid : skids) {
        skid.consume(fire);
      }
      made[i] = fire + latency;
    }
    return new Schedule(taken, List.of(made));
  }
}
