package dev.tessera.plan;

import dev.tessera.hw.Design;
import dev.tessera.ir.Graph;

/** Small designs whose input is luma. */
public final class LumaDesigns {
  /** Columns of their frames. */
  public static final int WIDTH = 24;

  /** Rows of their frames. */
  public static final int HEIGHT = 16;

  private LumaDesigns() {}

  private static Design planned(Graph graph, int multipliers) {
    PlanRequest request = PlanRequest.fastest("net", WIDTH, HEIGHT, 1).withMultipliers(multipliers);
    return Planner.plan(graph, Boards.load("zcu102"), request).design();
  }

  /** Convolutions and a pixel shuffle. */
  public static Design chain(int multipliers) {
    Graph graph =
        new Nets(1).conv("x", "a", 4, 3, 1).conv("a", "b", 4, 3, 1).shuffle("b", "y", 2).graph("y");
    return planned(graph, multipliers);
  }

  /** A skip over two convolutions, and a concatenation. */
  public static Design skips(int multipliers) {
    Graph graph =
        new Nets(1)
            .conv("x", "a", 8, 3, 1)
            .conv("a", "b", 8, 3, 1)
            .conv("b", "c", 8, 1, 1)
            .add("a", "c", "d")
            .concat("e", "d", "b")
            .conv("e", "f", 4, 3, 1)
            .shuffle("f", "y", 2)
            .graph("y");
    return planned(graph, multipliers);
  }
}
