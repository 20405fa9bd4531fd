package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.HashMap;
import java.util.Map;

/**
 * The quantiser's own integer arithmetic on whole graphs: fast, to be held against the slow one.
 */
final class IntegerRunner {
  private IntegerRunner() {}

  static Codes run(Graph graph, Codes input) {
    Map<String, Codes> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      Codes made =
          node instanceof Node.Input
              ? input
              : IntegerRun.run(node, node.inputs().stream().map(values::get).toList(), input);
      values.put(node.output(), made);
    }
    return values.get(graph.output());
  }
}
