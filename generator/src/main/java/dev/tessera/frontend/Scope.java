package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Shapes;
import dev.tessera.ir.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The graph under construction: what every ONNX name stands for, and the nodes so far. */
final class Scope {
  private final Map<String, Value> values = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorType> types = new LinkedHashMap<>();
  private final Set<String> reserved = new HashSet<>();
  private final Optional<ReadOptions.Frame> frame;
  private TensorType own;
  private boolean bound;

  /**
   * A scope without values.
   *
   * @param reserved all names that the model uses, which derived values must avoid
   * @param frame what the network may be bound to
   */
  Scope(Set<String> reserved, Optional<ReadOptions.Frame> frame) {
    this.reserved.addAll(reserved);
    this.frame = frame;
  }

  /** Lets the frame be of any size although the model states one. */
  void free(TensorType stated) {
    own = stated;
  }

  /** Whether the model states a size that its frames need not have. */
  boolean isFreed() {
    return own != null;
  }

  /**
   * The size {@code size} of a map that was {@code now}, as it follows from that of the frame: the
   * size that other maps have on the model's own frame, or a multiple of {@code now}. Empty if
   * there is none or more than one.
   */
  Optional<Extent> extent(Extent now, int size, boolean rows) {
    int frame = rows ? own.height().add() : own.width().add();
    List<Extent> alike =
        types.values().stream()
            .map(type -> rows ? type.height() : type.width())
            .filter(extent -> extent.at(frame) == size)
            .distinct()
            .toList();
    if (alike.contains(Extent.FRAME)) {
      return Optional.of(Extent.FRAME);
    } else if (!alike.isEmpty()) {
      return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }
    int before = now.at(frame);
    return size % before == 0 ? Optional.of(now.times(size / before)) : Optional.empty();
  }

  /** The size in pixels, for which the network is bound to the frame where it is free. */
  Optional<Integer> pixels(Extent size, boolean rows) {
    if (size.isConstant()) {
      return Optional.of(size.add());
    }
    bound |= frame.isPresent();
    return frame.map(f -> constant(size, rows).add());
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

  /** The nodes, with sizes in pixels where the network is bound to a frame. */
  List<Node> nodes() {
    return bound ? nodes.stream().map(this::bound).toList() : nodes;
  }

  private Node bound(Node node) {
    if (!(node instanceof Node.Resize resize)) {
      return node;
    }
    Sampling free = resize.sampling();
    Sampling sampling =
        new Sampling(
            free.mode(),
            free.coordinates(),
            free.rounding(),
            constant(free.height(), true),
            constant(free.width(), false));
    return new Node.Resize(resize.name(), resize.input(), resize.output(), sampling);
  }

  private Extent constant(Extent size, boolean rows) {
    ReadOptions.Frame to = frame.orElseThrow();
    return Extent.constant(size.at(rows ? to.height() : to.width()));
  }

  /** The type of every value, with sizes in pixels where the network is bound to a frame. */
  Map<String, TensorType> types() {
    if (!bound) {
      return types;
    }
    Map<String, TensorType> fixed = new LinkedHashMap<>();
    types.forEach((name, type) -> fixed.put(name, bound(type)));
    return fixed;
  }

  private TensorType bound(TensorType type) {
    return new TensorType(
        type.channels(), constant(type.height(), true), constant(type.width(), false));
  }
}
