package dev.tessera.frontend;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.TensorProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.GraphVerifier;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * ONNX files to float graphs: opsets 11 to 21, float32 or QDQ int8/uint8. Whatever a file says that
 * Tessera cannot honour is refused by name, place and reason.
 */
public final class OnnxReader {
  private final ModelFile model;
  private final GraphProto proto;
  private final TensorReader tensors;
  private final Scope scope;
  private final List<TesseraException> refusals = new ArrayList<>();

  private final ReadOptions options;

  private OnnxReader(ModelFile model, ReadOptions options) {
    GraphProto whole = model.proto().getGraph();
    this.model = model;
    this.options = options;
    this.proto =
        options
            .until()
            .map(value -> Cut.upTo(whole, value))
            .orElseGet(() -> StatisticsOutput.without(whole));
    this.tensors = new TensorReader(model.folder());
    this.scope = new Scope(names(proto), options.frame());
  }

  /**
   * What a file holds.
   *
   * @param graph the network, or as much of it as could be read where anything is refused; empty if
   *     nothing could
   * @param refusals every fault found, in the order of execution
   */
  public record Scan(Optional<Graph> graph, List<Diagnostic> refusals) {
    public Scan {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * The network of a model file.
   *
   * @throws TesseraException with the first refusal
   */
  public static Graph read(Path file) {
    return read(file, ReadOptions.WHOLE);
  }

  /**
   * The network of a part of a model file.
   *
   * @throws TesseraException with the first refusal
   */
  public static Graph read(Path file, ReadOptions options) {
    OnnxReader reader = new OnnxReader(ModelFile.read(file), options);
    Optional<Graph> graph = reader.build();
    if (!reader.refusals.isEmpty()) {
      throw reader.refusals.get(0);
    }
    return graph.orElseThrow();
  }

  /**
   * The files beside {@code file} that hold a part of it.
   *
   * @throws TesseraException if it is no model, or one of them is missing or not in its folder
   */
  public static List<Path> externalFiles(Path file) {
    ModelFile model = ModelFile.read(file);
    return ExternalData.files(model.folder(), model.proto());
  }

  /** The network and all that is refused in it. */
  public static Scan scan(Path file) {
    return scan(file, ReadOptions.WHOLE);
  }

  /** The network of a part of a model and all that is refused in it. */
  public static Scan scan(Path file, ReadOptions options) {
    OnnxReader reader;
    try {
      reader = new OnnxReader(ModelFile.read(file), options);
    } catch (TesseraException e) {
      return new Scan(Optional.empty(), List.of(e.diagnostic()));
    }
    Optional<Graph> graph;
    try {
      graph = reader.build();
    } catch (TesseraException e) {
      reader.refusals.add(e);
      graph = Optional.empty();
    }
    List<Diagnostic> refusals = reader.refusals.stream().map(TesseraException::diagnostic).toList();
    return new Scan(graph.or(reader::readable), refusals);
  }

  /** The nodes that were understood. */
  private Optional<Graph> readable() {
    List<Node> nodes = scope.nodes();
    return nodes.isEmpty()
        ? Optional.empty()
        : Optional.of(graph(nodes.get(nodes.size() - 1).output()));
  }

  private Graph graph(String output) {
    return new Graph(model.name(), scope.nodes(), scope.types(), Map.of(), output);
  }

  private Optional<Graph> build() {
    Set<String> given = new HashSet<>();
    for (TensorProto constant : proto.getInitializerList()) {
      String name = constant.getName();
      String place = "constant '" + name + "'";
      if (!given.add(name)) {
        throw TesseraException.input(
            "onnx.duplicate", place, "there are two constants of this name", "rename one");
      }
      attempt(name, () -> new Value.Constant(tensors.read(constant, place)));
    }
    ValueInfoProto frame = Ports.input(proto, given);
    TensorType type = frame(Ports.type(frame));
    scope.define(frame.getName(), scope.input(frame.getName(), type));
    given.add(frame.getName());
    List<NodeProto> nodes = proto.getNodeList();
    for (int i : NodeOrder.of(nodes, given)) {
      node(nodes.get(i), NodeOrder.place(nodes.get(i), i));
    }
    return output();
  }

  /** The frame, which may be of any size, or of one, where that is asked for. */
  private TensorType frame(TensorType stated) {
    if (options.fixed()) {
      ReadOptions.Frame frame = options.frame().orElseThrow();
      return new TensorType(
          stated.channels(), Extent.constant(frame.height()), Extent.constant(frame.width()));
    }
    if (!options.anyFrame() || !stated.height().isConstant() || !stated.width().isConstant()) {
      return stated;
    }
    scope.free(stated);
    return new TensorType(stated.channels(), Extent.FRAME, Extent.FRAME);
  }

  private void attempt(String name, Supplier<Value> value) {
    try {
      scope.define(name, value.get());
    } catch (TesseraException e) {
      refusals.add(e);
      scope.define(name, new Value.Unknown());
    }
  }

  private void node(NodeProto node, String place) {
    for (String output : node.getOutputList()) {
      scope.define(output, new Value.Unknown());
    }
    try {
      Operator operator = operator(node, place);
      Attributes attributes = new Attributes(node, operator.attributes(), place);
      boolean known =
          node.getInputList().stream()
              .noneMatch(name -> !name.isEmpty() && scope.value(name) instanceof Value.Unknown);
      if (known) {
        operator.reading().read(new Call(node, scope, tensors, attributes, place, model.opset()));
        attributes.finish();
      }
    } catch (TesseraException e) {
      refusals.add(e);
    }
  }

  private static Operator operator(NodeProto node, String place) {
    String domain = node.getDomain();
    if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
      throw TesseraException.input(
          "onnx.operator",
          place,
          "operator " + node.getOpType() + " of domain '" + domain + "' is not supported",
          "only operators of ONNX itself are read");
    }
    Operator operator = Operators.get(node.getOpType());
    if (operator == null) {
      throw TesseraException.input(
          "onnx.operator",
          place,
          "operator " + node.getOpType() + " is not supported",
          "supported are " + Operators.names());
    }
    long outputs = node.getOutputList().stream().filter(name -> !name.isEmpty()).count();
    if (node.getInputCount() > operator.inputs() || outputs > operator.outputs()) {
      throw TesseraException.input(
          "onnx.node",
          place,
          node.getInputCount() + " inputs and " + outputs + " outputs are not supported",
          "export the model for inference");
    }
    return operator;
  }

  private Optional<Graph> output() {
    ValueInfoProto port = Ports.output(proto);
    Value value = scope.value(port.getName());
    if (value == null) {
      throw TesseraException.input(
          "onnx.dangling",
          "output '" + port.getName() + "'",
          "nothing makes the output",
          "export the model again");
    }
    if (!refusals.isEmpty()) {
      return Optional.empty();
    }
    if (!(value instanceof Value.Map map) || scope.nodes().size() < 2) {
      throw TesseraException.input(
          "onnx.output",
          "output '" + port.getName() + "'",
          "the output is not a feature map that the network computes",
          "the output must be float32");
    }
    Ports.requireOutput(port, map.type());
    Graph graph = graph(map.name());
    GraphVerifier.verify(graph, "reading");
    return Optional.of(graph);
  }

  private static Set<String> names(GraphProto proto) {
    Set<String> names = new HashSet<>();
    proto.getInputList().forEach(i -> names.add(i.getName()));
    for (NodeProto node : proto.getNodeList()) {
      names.addAll(node.getOutputList());
    }
    return names;
  }
}
