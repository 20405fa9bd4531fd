package dev.tessera.cosim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The longest way through cells without a clock, counted in levels. */
final class LogicDepth {
  private static final int UNKNOWN = -1;
  private static final int OPEN = -2;

  private final List<int[]> inputs = new ArrayList<>();
  private final List<Integer> weights = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final Map<Integer, Integer> drivers = new HashMap<>();

  /**
   * Adds a cell.
   *
   * @param place what is said of a way that ends in it
   * @param weight levels that a way through it counts; negative for a cell with a clock, where ways
   *     begin and end
   * @param read numbers of the nets it reads
   * @param made numbers of the nets it drives
   */
  void add(String place, int weight, List<Integer> read, List<Integer> made) {
    if (weight >= 0) {
      made.forEach(net -> drivers.put(net, inputs.size()));
      inputs.add(read.stream().mapToInt(net -> net).toArray());
      weights.add(weight);
      places.add(place);
    }
  }

  /**
   * A way.
   *
   * @param levels that it counts
   * @param place of its last cell
   */
  record Way(int levels, String place) {}

  /**
   * The longest way.
   *
   * @throws IllegalStateException if there is a loop without a clock
   */
  Way longest() {
    int[] level = new int[inputs.size()];
    Arrays.fill(level, UNKNOWN);
    Way most = new Way(0, "");
    for (int cell = 0; cell < level.length; cell++) {
      settle(cell, level);
      most = level[cell] > most.levels() ? new Way(level[cell], places.get(cell)) : most;
    }
    return most;
  }

  /** Finds the level of {@code first} and of all that it depends on, without recursion. */
  private void settle(int first, int[] level) {
    Deque<Integer> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      int cell = open.peek();
      if (level[cell] >= 0) {
        open.pop();
        continue;
      }
      boolean entered = level[cell] == OPEN;
      level[cell] = OPEN;
      int most = 0;
      boolean ready = true;
      for (int net : inputs.get(cell)) {
        Integer driver = drivers.get(net);
        if (driver == null) {
          continue;
        }
        if (level[driver] < 0) {
          if (entered || level[driver] == OPEN) {
            throw new IllegalStateException("a loop without a clock goes through net " + net);
          }
          open.push(driver);
          ready = false;
        } else {
          most = Math.max(most, level[driver]);
        }
      }
      if (ready) {
        level[cell] = most + weights.get(cell);
        open.pop();
      }
    }
  }
}
