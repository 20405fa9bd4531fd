package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The part of a model that one value needs. */
final class Cut {
  private Cut() {}

  /**
   * The graph with one output, {@code name}, and the nodes that it needs.
   *
   * @param name a value, or a node whose first result is meant
   * @throws TesseraException if there is neither
   */
  static GraphProto upTo(GraphProto graph, String name) {
    Map<String, NodeProto> producers = new HashMap<>();
    String value = null;
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
      if (node.getName().equals(name) && node.getOutputCount() > 0) {
        value = node.getOutput(0);
      }
    }
    value = producers.containsKey(name) ? name : value;
    if (value == null) {
      throw TesseraException.input(
          "onnx.until",
          "",
          "there is no value or node '" + name + "' to end with",
          "tessera inspect lists the nodes of the model");
    }
    Set<NodeProto> needed = needed(producers, value);
    GraphProto.Builder cut = graph.toBuilder().clearNode().clearOutput();
    graph.getNodeList().stream().filter(needed::contains).forEach(cut::addNode);
    return cut.addOutput(ValueInfoProto.newBuilder().setName(value)).build();
  }

  private static Set<NodeProto> needed(Map<String, NodeProto> producers, String value) {
    Set<NodeProto> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(value));
    while (!open.isEmpty()) {
      NodeProto node = producers.get(open.pop());
      if (node != null && needed.add(node)) {
        open.addAll(node.getInputList());
      }
    }
    return needed;
  }
}
