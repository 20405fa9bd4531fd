package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.GraphVerifier;
import java.util.ArrayList;
import java.util.List;

/** Runs the passes until none of them changes anything, with the verifier after each. */
public final class PassManager {
  private PassManager() {}

  /**
   * One step.
   *
   * @param pass name of the pass
   * @param graph what it made
   */
  public record Stage(String pass, Graph graph) {}

  /**
   * The transformed graph.
   *
   * @throws dev.tessera.base.TesseraException if the network cannot be built in hardware
   */
  public static Graph run(Graph graph) {
    List<Stage> stages = trace(graph);
    return stages.isEmpty() ? graph : stages.get(stages.size() - 1).graph();
  }

  /** The graph and what it came from. */
  public static Lowered lower(Graph graph) {
    return new Lowered(graph, run(graph));
  }

  /** Every step that changed something, in order. */
  public static List<Stage> trace(Graph graph) {
    List<Stage> stages = new ArrayList<>();
    Graph now = graph;
    boolean changed = true;
    // Nodes move one way only, at least one of them a round.
    int most = 100 + 10 * graph.nodes().size();
    for (int round = 0; changed; round++) {
      if (round == most) {
        throw new IllegalStateException("the passes do not come to an end");
      }
      Graph before = now;
      now = round(now, Passes.standard(), stages);
      changed = now != before;
    }
    round(now, Passes.windows(), stages);
    return stages;
  }

  private static Graph round(Graph graph, List<Pass> passes, List<Stage> stages) {
    Graph now = graph;
    for (Pass pass : passes) {
      Graph next = pass.apply(now);
      if (next != now) {
        GraphVerifier.verify(next, pass.name());
        stages.add(new Stage(pass.name(), next));
        now = next;
      }
    }
    return now;
  }
}
