package dev.tessera.quantize;

import dev.tessera.ir.Graph;

/**
 * The quantiser's own integer arithmetic on whole graphs: fast, to be held against the slow one.
 */
final class IntegerRunner {
  private IntegerRunner() {}

  static Codes run(Graph graph, Codes input) {
    return NetworkRun.run(graph, input);
  }
}
