package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.CustomLayers;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Nodes;
import dev.tessera.ir.Shapes;
import dev.tessera.ir.TensorType;
import dev.tessera.ir.ValueQuant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts users' own layers into a network of integers. */
final class Layers {
  private final Graph graph;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, ValueQuant> quants;

  /** Values of the model to what stands for them behind the layers so far. */
  private final Map<String, String> behind = new LinkedHashMap<>();

  private Layers(Graph graph) {
    this.graph = graph;
    this.quants = new LinkedHashMap<>(graph.quants());
  }

  /**
   * {@code graph} with every layer behind its value, in order.
   *
   * @throws TesseraException {@code layer.value} if a value is none of the integer network, or is
   *     made behind the one that the layer follows; {@code layer.shape} if what it reads differs in
   *     shape or number
   */
  static Graph insert(Graph graph, List<Insertion> insertions) {
    return insertions.isEmpty() ? graph : new Layers(graph).run(insertions);
  }

  /** The kind of a layer of {@code insertions} that looks at whole frames, if there is one. */
  static Optional<String> whole(List<Insertion> insertions) {
    return insertions.stream()
        .filter(i -> CustomLayers.of(i.kind(), i.settings()).reach() > 0)
        .map(Insertion::kind)
        .findFirst();
  }

  private Graph run(List<Insertion> insertions) {
    insertions.forEach(this::require);
    for (Node node : graph.nodes()) {
      nodes.add(Nodes.rewire(node, this::behind));
      for (int i = 0; i < insertions.size(); i++) {
        Insertion insertion = insertions.get(i);
        if (insertion.value().equals(node.output())) {
          add(insertion, i);
        }
      }
    }
    TensorType frame = graph.type(graph.input().output());
    Map<String, TensorType> types = infer(frame);
    return new Graph(graph.name(), nodes, types, quants, behind(graph.output()));
  }

  private Map<String, TensorType> infer(TensorType frame) {
    try {
      return Shapes.infer(nodes, frame);
    } catch (IllegalArgumentException misfit) {
      throw TesseraException.input(
          "layer.shape", "", misfit.getMessage(), "name values of one shape");
    }
  }

  private String behind(String value) {
    return behind.getOrDefault(value, value);
  }

  private void add(Insertion insertion, int index) {
    List<String> inputs = new ArrayList<>(List.of(behind(insertion.value())));
    for (String other : insertion.others()) {
      if (nodes.stream().noneMatch(n -> n.output().equals(behind(other)))) {
        throw unknown(other, "is not made before '" + insertion.value() + "'");
      }
      inputs.add(behind(other));
    }
    String made = insertion.value() + "#" + insertion.kind() + index;
    String name = insertion.kind() + "_" + index;
    nodes.add(new Node.QCustom(name, inputs, made, insertion.kind(), insertion.settings()));
    quants.put(made, quants.get(insertion.value()));
    behind.put(insertion.value(), made);
  }

  private void require(Insertion insertion) {
    CustomLayer layer = CustomLayers.of(insertion.kind(), insertion.settings());
    int read = 1 + insertion.others().size();
    if (layer.inputs() != read) {
      throw TesseraException.input(
          "layer.shape",
          "layer of kind '" + insertion.kind() + "'",
          "reads " + layer.inputs() + " maps, and " + read + " are named",
          "name as many values as it reads");
    }
    if (!graph.types().containsKey(insertion.value())) {
      throw unknown(insertion.value(), "is none of the network in integers");
    }
  }

  private TesseraException unknown(String value, String what) {
    return TesseraException.input(
        "layer.value",
        "value '" + value + "'",
        what + ", whose values are " + String.join(", ", graph.types().keySet()),
        "name one of these; what passes have merged into other layers has none");
  }
}
