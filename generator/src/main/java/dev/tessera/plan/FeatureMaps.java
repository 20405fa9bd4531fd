package dev.tessera.plan;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.List;

/** The maps of a network that cross memory where it is computed layer by layer. */
public final class FeatureMaps {
  private FeatureMaps() {}

  /**
   * The values between two convolutions, in order: what a layer makes and a convolution reads,
   * itself or as a part of a concatenation. A pixel shuffle belongs to the layer before it.
   */
  public static List<String> between(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> !(node instanceof Node.Input) && !gathers(node))
        .map(Node::output)
        .filter(value -> feedsConvolution(graph, value))
        .toList();
  }

  private static boolean gathers(Node node) {
    return node instanceof Node.Concat || node instanceof Node.Select;
  }

  private static boolean feedsConvolution(Graph graph, String value) {
    return graph.consumers(value).stream()
        .anyMatch(
            node ->
                node instanceof Node.QConv
                    || gathers(node) && feedsConvolution(graph, node.output()));
  }
}
