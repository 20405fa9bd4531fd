package dev.tessera.plan;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The steps of an integer graph.
 *
 * @param steps in topological order; the first is the input
 * @param channels channels of the input
 * @param output value that leaves
 */
record StepGraph(List<Step> steps, int channels, String output) {
  StepGraph {
    steps = List.copyOf(steps);
  }

  /**
   * The steps of {@code graph}.
   *
   * @throws dev.tessera.base.TesseraException {@code plan.operator} if a node is neither an integer
   *     operator nor wiring
   */
  static StepGraph of(Graph graph) {
    return new StepBuilder(graph).build();
  }

  /** How many streams read {@code value}, the video output included. */
  int readers(String value) {
    int readers = value.equals(output) ? 1 : 0;
    for (Step step : steps) {
      readers += Collections.frequency(step.inputs(), value);
    }
    return readers;
  }

  /** Without the steps that nobody reads. */
  StepGraph live() {
    Set<String> read = new HashSet<>(Set.of(output));
    List<Step> kept = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (i == 0 || read.contains(step.output())) {
        read.addAll(step.inputs());
        kept.add(0, step);
      }
    }
    return new StepGraph(kept, channels, output);
  }

  /** S of a convolution that shuffles by walking its rows again, 1 of any other step. */
  static int block(Step step) {
    return step instanceof Step.Op op ? op.block() : 1;
  }

  /** The node of {@code step} if it is of {@code type}, else null. */
  static <T extends Node> T node(Step step, Class<T> type) {
    return step instanceof Step.Op op && type.isInstance(op.node()) ? type.cast(op.node()) : null;
  }
}
