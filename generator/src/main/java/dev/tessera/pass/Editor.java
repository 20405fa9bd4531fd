package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Nodes;
import dev.tessera.ir.Shapes;
import dev.tessera.ir.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph under change: nodes by the value they make, sorted and typed again at the end. */
final class Editor {
  private final Graph graph;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Set<String>> readers = new HashMap<>();
  private final Map<String, TensorType> types;
  private final Set<String> used;
  private String output;
  private boolean changed;

  Editor(Graph graph) {
    this.graph = graph;
    this.types = new HashMap<>(graph.types());
    this.used = new HashSet<>(graph.types().keySet());
    this.output = graph.output();
    for (Node node : graph.nodes()) {
      insert(node);
    }
  }

  /** The nodes as they are now. */
  List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Whether {@code node} is still part of the graph. */
  boolean holds(Node node) {
    return nodes.get(node.output()) == node;
  }

  Node producer(String value) {
    return nodes.get(value);
  }

  /** The nodes that read {@code value}. */
  List<Node> readers(String value) {
    List<Node> list = new ArrayList<>();
    for (String reader : readers.getOrDefault(value, Set.of())) {
      list.add(nodes.get(reader));
    }
    return list;
  }

  /** Whether exactly one node reads {@code value} and it does not leave the network. */
  boolean isPrivate(String value) {
    return !value.equals(output) && readers.getOrDefault(value, Set.of()).size() == 1;
  }

  /** Channels of a value. */
  int channels(String value) {
    return type(value).channels();
  }

  /** Shape of a value, of the original graph or added since. */
  private TensorType type(String value) {
    TensorType known = types.get(value);
    if (known == null) {
      Node node = nodes.get(value);
      for (String input : node.inputs()) {
        type(input);
      }
      known = Shapes.of(node, types);
      types.put(value, known);
    }
    return known;
  }

  /** Adds {@code node}, or replaces the one that makes the same value. */
  void put(Node node) {
    Node old = nodes.get(node.output());
    if (old != null) {
      unlink(old);
    }
    insert(node);
    changed = true;
  }

  void remove(Node node) {
    unlink(node);
    nodes.remove(node.output());
    changed = true;
  }

  /** Lets everything that reads {@code from} read {@code to}. */
  void redirect(String from, String to) {
    for (Node reader : readers(from)) {
      put(Nodes.rewire(reader, name -> name.equals(from) ? to : name));
    }
    if (output.equals(from)) {
      output = to;
    }
    changed = true;
  }

  /** A value name that was never in use. */
  String fresh(String base) {
    String name = base;
    for (int i = 1; !used.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** The changed graph, or the original one if nothing changed. */
  Graph build() {
    if (!changed) {
      return graph;
    }
    List<Node> sorted = sort();
    TensorType frame = graph.type(graph.input().output());
    return new Graph(graph.name(), sorted, Shapes.infer(sorted, frame), Map.of(), output);
  }

  private void insert(Node node) {
    nodes.put(node.output(), node);
    for (String input : node.inputs()) {
      readers.computeIfAbsent(input, k -> new LinkedHashSet<>()).add(node.output());
    }
  }

  private void unlink(Node node) {
    for (String input : node.inputs()) {
      readers.getOrDefault(input, new HashSet<>()).remove(node.output());
    }
  }

  /** Inputs before readers, otherwise in the order of insertion. */
  private List<Node> sort() {
    List<Node> sorted = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (Node root : nodes.values()) {
      Deque<Node> stack = new ArrayDeque<>(List.of(root));
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        boolean ready = true;
        for (String input : node.inputs()) {
          if (!done.contains(input)) {
            stack.push(nodes.get(input));
            ready = false;
          }
        }
        if (ready) {
          stack.pop();
          if (done.add(node.output())) {
            sorted.add(node);
          }
        }
      }
    }
    return sorted;
  }
}
