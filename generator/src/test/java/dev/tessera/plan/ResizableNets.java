package dev.tessera.plan;

import dev.tessera.hw.Design;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Stride;

/** Small planned designs for tests of other rooms. */
public final class ResizableNets {
  private ResizableNets() {}

  /** Three convolutions with a skip around two of them, and one behind. */
  public static Design residual(int width, int height) {
    return plan(
        new Nets(3)
            .conv("x", "a", 8, 3, 1)
            .conv("a", "b", 8, 3, 1)
            .conv("b", "c", 8, 3, 1)
            .add("a", "c", "s")
            .conv("s", "y", 3, 3, 1),
        width,
        height,
        100);
  }

  /** A selection, groups, a table, a 1x1 kernel and twice the size, packed pixels at the output. */
  public static Design doubled(int width, int height) {
    return plan(
        new Nets(3)
            .conv("x", "a", 8, 3, 1)
            .select("a", "low", 0, 3)
            .select("a", "high", 3, 8)
            .conv("high", "b", 6, 3, 1)
            .conv("b", "g", 6, 3, 2)
            .table("low", "t")
            .concat("cat", "g", "t", "low")
            .conv("cat", "d", 12, 1, 1)
            .shuffle("d", "y", 2),
        width,
        height,
        4000);
  }

  /** Half the size with a skip around a convolution, a third of the rows of that, four times it. */
  public static Design strided(int width, int height) {
    return plan(
        new Nets(3)
            .conv("x", "a", 8, 3, 1, new Stride(2, 2))
            .conv("a", "b", 8, 3, 1)
            .add("a", "b", "c")
            .conv("c", "d", 12, 3, 1, new Stride(3, 1))
            .shuffle("d", "e", 2)
            .conv("e", "f", 12, 3, 1)
            .shuffle("f", "y", 2),
        width,
        height,
        120);
  }

  /** Five blocks of distillation, each with skips of several lengths, in a long skip. */
  public static Design distilling(int width, int height) {
    return plan(Nets.imdn(), width, height, 600);
  }

  private static Design plan(Nets nets, int width, int height, int multipliers) {
    return plan(nets.graph("y"), width, height, multipliers);
  }

  private static Design plan(Graph graph, int width, int height, int multipliers) {
    PlanRequest request =
        PlanRequest.fastest("planned", width, height, 1).withMultipliers(multipliers);
    return Planner.plan(graph, Boards.load("zcu102"), request).design();
  }
}
