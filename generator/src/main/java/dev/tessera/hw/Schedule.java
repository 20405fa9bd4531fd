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
}
