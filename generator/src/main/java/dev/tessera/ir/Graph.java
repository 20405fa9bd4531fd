package dev.tessera.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network: nodes in topological order, one input, one output.
 *
 * @param name the model's name, fit for a file name
 * @param nodes topologically ordered; the first is the {@link Node.Input}
 * @param types shape of every value, in order of definition
 * @param quants integers of the values that have them (all, in a quantised graph)
 * @param output name of the value that leaves the network
 */
public record Graph(
    String name,
    List<Node> nodes,
    Map<String, TensorType> types,
    Map<String, ValueQuant> quants,
    String output) {
  public Graph {
    nodes = List.copyOf(nodes);
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    quants = Collections.unmodifiableMap(new LinkedHashMap<>(quants));
  }

  /** The frame's node. */
  public Node.Input input() {
    return (Node.Input) nodes.get(0);
  }

  /** The node that makes {@code value}. */
  public Optional<Node> producer(String value) {
    return nodes.stream().filter(n -> n.output().equals(value)).findFirst();
  }

  /** The nodes that read {@code value}, in order. */
  public List<Node> consumers(String value) {
    return nodes.stream().filter(n -> n.inputs().contains(value)).toList();
  }

  /** Shape of {@code value}. */
  public TensorType type(String value) {
    TensorType type = types.get(value);
    if (type == null) {
      throw new IllegalArgumentException("no value '" + value + "'");
    }
    return type;
  }
}
