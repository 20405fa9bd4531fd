package dev.tessera.frontend;

import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.OperatorSetIdProto;
import dev.tessera.frontend.proto.TensorShapeProto;
import dev.tessera.frontend.proto.TypeProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import java.util.Arrays;

/** Float graphs back to ONNX, operator set 13. */
public final class OnnxWriter {
  private static final int IR_VERSION = 7;
  private static final int OPSET = 13;

  private OnnxWriter() {}

  /** The graph as a model with its one output. */
  public static byte[] toModel(Graph graph) {
    return toModel(graph, false);
  }

  /**
   * The graph as a model.
   *
   * @param allValues whether every value of the graph becomes an output, named as in the graph
   * @throws IllegalArgumentException for integer operators
   */
  public static byte[] toModel(Graph graph, boolean allValues) {
    NodeWriter writer = new NodeWriter(graph);
    for (Node node : graph.nodes()) {
      writer.write(node);
    }
    String input = graph.input().output();
    writer.proto().setName(graph.name()).addInput(port(input, graph.type(input)));
    for (Node node : graph.nodes()) {
      boolean inner = allValues && !(node instanceof Node.Input);
      if (inner || node.output().equals(graph.output())) {
        writer.proto().addOutput(port(node.output(), graph.type(node.output())));
      }
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("tessera")
        .setGraph(writer.proto())
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto port(String name, TensorType type) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimValue(1);
    shape.addDimBuilder().setDimValue(type.channels());
    for (Extent extent : Arrays.asList(type.height(), type.width())) {
      TensorShapeProto.Dimension.Builder dim = shape.addDimBuilder();
      if (extent.mul() == 0) {
        dim.setDimValue(extent.add());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(DataTypes.FLOAT).setShape(shape)))
        .build();
  }
}
