package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.hw.Ram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which kind of block memory of a board holds which memory, and how many blocks that takes.
 *
 * <p>Every memory goes where it takes the smallest share of what the board has; the shape with the
 * fewest blocks counts. While one kind runs out, the memory that gives most of it back for the
 * least of another kind moves there.
 *
 * @param kinds per memory the index of its kind
 * @param used what is taken of every kind, in the board's order
 */
record RamMapping(List<Integer> kinds, List<Use> used) {
  RamMapping {
    kinds = List.copyOf(kinds);
    used = List.copyOf(used);
  }

  /**
   * What is taken of one kind.
   *
   * @param kind the vendor's name
   * @param halves half blocks
   * @param count blocks of the board
   */
  record Use(String kind, long halves, int count) {
    int needed() {
      return (int) Bits.ceilDiv(halves, 2);
    }

    double share() {
      return halves == 0 ? 0 : count == 0 ? Double.POSITIVE_INFINITY : (double) needed() / count;
    }
  }

  /** The mapping of {@code rams} on memories of {@code kinds}. */
  static RamMapping of(List<Ram> rams, List<Board.Memory> kinds) {
    return new Search(rams, kinds).run();
  }

  /** The first kind of which there is not enough. */
  Optional<Use> excess() {
    return used.stream().filter(u -> u.needed() > u.count()).findFirst();
  }

  /** The kind of which most is taken. */
  Use fullest() {
    Use most = used.get(0);
    for (Use use : used) {
      most = use.share() > most.share() ? use : most;
    }
    return most;
  }

  /** Blocks of the kinds whose name starts with {@code prefix}. */
  int blocks(String prefix) {
    return used.stream().filter(u -> u.kind().startsWith(prefix)).mapToInt(Use::needed).sum();
  }

  private static final class Search {
    private static final int NEVER = -1;

    private final List<Board.Memory> memories;
    private final int[][] halves;
    private final int[] chosen;
    private final long[] taken;

    Search(List<Ram> rams, List<Board.Memory> memories) {
      this.memories = memories;
      halves = new int[rams.size()][memories.size()];
      chosen = new int[rams.size()];
      taken = new long[memories.size()];
      for (int i = 0; i < halves.length; i++) {
        Ram ram = rams.get(i);
        for (int k = 0; k < memories.size(); k++) {
          Board.Memory memory = memories.get(k);
          boolean able = k == 0 || memory.initialContents() || ram.movable();
          halves[i][k] = able ? memory.halfBlocks(ram) : NEVER;
        }
      }
    }

    RamMapping run() {
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = cheapest(i);
        taken[chosen[i]] += halves[i][chosen[i]];
      }
      for (int k = 0; k < taken.length; k++) {
        while (missing(k) > 0 && relieve(k)) {
          continue;
        }
      }
      List<Integer> kinds = new ArrayList<>();
      for (int kind : chosen) {
        kinds.add(kind);
      }
      List<Use> used = new ArrayList<>();
      for (int k = 0; k < taken.length; k++) {
        Board.Memory memory = memories.get(k);
        used.add(new Use(memory.kind(), taken[k], memory.count()));
      }
      return new RamMapping(kinds, used);
    }

    private int cheapest(int ram) {
      int best = 0;
      for (int k = 1; k < memories.size(); k++) {
        best = halves[ram][k] != NEVER && share(ram, k) < share(ram, best) ? k : best;
      }
      return best;
    }

    private double share(int ram, int kind) {
      int count = memories.get(kind).count();
      return count == 0 ? Double.POSITIVE_INFINITY : (double) halves[ram][kind] / count;
    }

    private long missing(int kind) {
      return taken[kind] - 2L * memories.get(kind).count();
    }

    /** Moves one memory away from {@code kind}; whether one could. */
    private boolean relieve(int kind) {
      int ram = NEVER;
      int to = NEVER;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < chosen.length; i++) {
        for (int k = 0; k < memories.size(); k++) {
          boolean moves = chosen[i] == kind && k != kind && halves[i][k] != NEVER;
          if (moves && missing(k) + halves[i][k] <= 0) {
            double price = share(i, k) / Math.min(halves[i][kind], missing(kind));
            if (price < least) {
              least = price;
              ram = i;
              to = k;
            }
          }
        }
      }
      if (ram == NEVER) {
        return false;
      }
      taken[kind] -= halves[ram][kind];
      taken[to] += halves[ram][to];
      chosen[ram] = to;
      return true;
    }
  }
}
