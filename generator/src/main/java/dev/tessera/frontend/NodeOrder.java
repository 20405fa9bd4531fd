package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The nodes of a model in an order of execution, stable where the file's own order is one. */
final class NodeOrder {
  private final List<NodeProto> nodes;
  private final Set<String> given;
  private final Map<String, Integer> producers = new HashMap<>();

  private NodeOrder(List<NodeProto> nodes, Set<String> given) {
    this.nodes = nodes;
    this.given = given;
  }

  /**
   * Sorts indices of {@code nodes}.
   *
   * @param given names of inputs and constants
   * @throws TesseraException if a name is made twice, is read and never made, or needs itself
   */
  static List<Integer> of(List<NodeProto> nodes, Set<String> given) {
    NodeOrder order = new NodeOrder(nodes, given);
    order.collect();
    return order.sort();
  }

  /** The place of node i in messages. */
  static String place(NodeProto node, int i) {
    String name =
        node.getName().isEmpty()
            ? "node " + i + (node.getOutputCount() > 0 ? " '" + node.getOutput(0) + "'" : "")
            : "node '" + node.getName() + "'";
    return name + " (" + node.getOpType() + ")";
  }

  private void collect() {
    for (int i = 0; i < nodes.size(); i++) {
      NodeProto node = nodes.get(i);
      if (node.getOutputCount() == 0 || node.getOutput(0).isEmpty()) {
        throw TesseraException.input(
            "onnx.node", place(node, i), "the node has no output", "export the model again");
      }
      for (String output : node.getOutputList()) {
        if (!output.isEmpty() && (given.contains(output) || producers.put(output, i) != null)) {
          throw TesseraException.input(
              "onnx.duplicate",
              place(node, i),
              "the value '" + output + "' is made twice",
              "every value needs its own name");
        }
      }
    }
  }

  private List<Integer> sort() {
    List<List<Integer>> readers = new ArrayList<>();
    int[] missing = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      readers.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).getInputList()) {
        if (input.isEmpty() || given.contains(input)) {
          continue;
        }
        Integer producer = producers.get(input);
        if (producer == null) {
          throw TesseraException.input(
              "onnx.dangling",
              place(nodes.get(i), i),
              "nothing makes its input '" + input + "'",
              "export the model again");
        }
        readers.get(producer).add(i);
        missing[i]++;
      }
    }
    return peel(readers, missing);
  }

  private List<Integer> peel(List<List<Integer>> readers, int[] missing) {
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<Integer> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(next);
      for (int reader : readers.get(next)) {
        if (--missing[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] > 0) {
        throw TesseraException.input(
            "onnx.cycle",
            place(nodes.get(i), i),
            "the node needs its own result: the graph has a cycle",
            "recurrent networks are not supported");
      }
    }
    return sorted;
  }
}
