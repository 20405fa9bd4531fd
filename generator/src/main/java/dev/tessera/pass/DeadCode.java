package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes nodes whose results never reach the output. */
final class DeadCode implements Pass {
  @Override
  public String name() {
    return "dead-code";
  }

  @Override
  public Graph apply(Graph graph) {
    Set<String> needed = new HashSet<>(Set.of(graph.output()));
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.contains(nodes.get(i).output())) {
        needed.addAll(nodes.get(i).inputs());
      }
    }
    Editor editor = new Editor(graph);
    for (int i = nodes.size() - 1; i > 0; i--) {
      if (!needed.contains(nodes.get(i).output())) {
        editor.remove(nodes.get(i));
      }
    }
    return editor.build();
  }
}
