package dev.tessera.plan;

import dev.tessera.hw.Design;
import dev.tessera.ir.Graph;

/** A network whose maps are stored until their frame is over. */
public final class StoredNet {
  private static final int MULTIPLIERS = 12;
  private static final int BUS_BITS = 128;

  private StoredNet() {}

  /** A residual block between two normalised layers; phases of an enlargement share statistics. */
  static Graph graph() {
    return new Nets(3)
        .conv("x", "a", 8, 3, 1)
        .norm("a", "an", 1)
        .conv("an", "b", 8, 3, 1)
        .norm("b", "bn", 1)
        .add("an", "bn", "c")
        .conv("c", "d", 12, 3, 1)
        .norm("d", "dn", 4)
        .shuffle("dn", "y", 2)
        .graph("y");
  }

  static Plan plan(Graph graph, int width, int height, int multipliers, int bits, String codec) {
    PlanRequest request =
        PlanRequest.fastest("net", width, height, 1)
            .withMultipliers(multipliers)
            .withStorage(codec, bits);
    return Planner.plan(graph, Boards.load("zcu102"), request);
  }

  /** The network with few multipliers, so that every codec keeps up. */
  public static Design planned(int width, int height, String codec) {
    return plan(graph(), width, height, MULTIPLIERS, BUS_BITS, codec).design();
  }
}
