package dev.tessera.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which reader of a stream waits where, so that values are stored once.
 *
 * @param stages per stream, by the name of the link that leaves its maker, its readers in the order
 *     of their waiting: those of a stage read at about one time, a FIFO lies before each stage
 * @param copies parts of later streams that serve readers of an earlier one
 * @param dropped wiring that nobody reads any more
 */
record SharedDelays(Map<String, List<List<Use>>> stages, List<Copy> copies, Set<String> dropped) {
  /** An input of a unit. */
  record Use(String unit, int port) {}

  /**
   * A selection of channels that another stream holds anyway, for instance a concatenation.
   *
   * @param name of the selecting unit
   * @param link that it makes
   * @param from the stream, by the name of its link
   * @param channels of it
   * @param lanes that the readers expect
   */
  record Copy(String name, String link, String from, List<Integer> channels, int lanes) {}

  /** Whether the streams stay as they are. */
  boolean isEmpty() {
    return copies.isEmpty() && stages.values().stream().allMatch(s -> s.size() == 1);
  }
}
