package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Node;
import dev.tessera.ir.Shapes;
import dev.tessera.ir.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The graph under construction: what every ONNX name stands for, and the nodes so far. */
final class Scope {
  private final Map<String, Value> values = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorType> types = new LinkedHashMap<>();
  private final Set<String> reserved = new HashSet<>();

  /**
   * A scope without values.
   *
   * @param reserved all names that the model uses, which derived values must avoid
   */
  Scope(Set<String> reserved) {
    this.reserved.addAll(reserved);
  }

  void define(String name, Value value) {
    values.put(name, value);
  }

  Value value(String name) {
    return values.get(name);
  }

  Value.Map input(String name, TensorType type) {
    nodes.add(new Node.Input(name, name));
    types.put(name, type);
    return new Value.Map(name, type);
  }

  /**
   * Appends {@code node}.
   *
   * @throws TesseraException if it does not fit its inputs
   */
  Value.Map emit(Node node, String place) {
    try {
      TensorType type = Shapes.of(node, types);
      Limits.requireMap(type, place);
      nodes.add(node);
      types.put(node.output(), type);
      return new Value.Map(node.output(), type);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw TesseraException.input(
          "onnx.shape", place, e.getMessage(), "check the shapes of the model");
    }
  }

  /** A value name that the model does not use. */
  String fresh(String base) {
    String name = base;
    for (int i = 1; !reserved.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  List<Node> nodes() {
    return nodes;
  }

  Map<String, TensorType> types() {
    return types;
  }
}
