package dev.tessera.trainer;

import com.google.protobuf.ByteString;
import dev.tessera.frontend.proto.AttributeProto;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.OperatorSetIdProto;
import java.util.Collections;
import java.util.List;

/**
 * A {@link Network} as an ONNX model: opset 13, {@code input} 1 x 3 x H x W to {@code output} 1 x 3
 * x 2H x 2W, both RGB from 0 to 1, any H and W.
 *
 * <p>The copies of the input come from a Concat of the input with itself, which costs hardware
 * nothing, and DepthToSpace places the phases.
 */
public final class OnnxExport {
  private static final int IR_VERSION = 7;
  private static final int OPSET = 13;
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private final OnnxGraph graph =
      new OnnxGraph(GraphProto.newBuilder().setName("super_resolution"));

  private OnnxExport() {}

  /** The bytes of the model's file; equal networks give equal bytes. */
  public static byte[] toBytes(Network network) {
    return new OnnxExport().model(network).toByteArray();
  }

  private ModelProto model(Network network) {
    graph.graph().addInput(OnnxGraph.port(INPUT, Network.COLORS, "height", "width"));
    String residual = convolutions(network.layers());
    int copies = Network.SCALE * Network.SCALE;
    String anchor =
        graph.add(
            OnnxGraph.node("Concat", "anchor", Collections.nCopies(copies, INPUT))
                .addAttribute(OnnxGraph.integer("axis", 1)));
    String sum = graph.add(OnnxGraph.node("Add", "sum", List.of(anchor, residual)));
    graph.add(
        OnnxGraph.node("DepthToSpace", "shuffle", List.of(sum))
            .setOutput(0, OUTPUT)
            .addAttribute(OnnxGraph.integer("blocksize", Network.SCALE))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("mode")
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8("DCR"))));
    graph
        .graph()
        .addOutput(OnnxGraph.port(OUTPUT, Network.COLORS, "output_height", "output_width"));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("tessera-trainer")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph.graph())
        .build();
  }

  private String convolutions(List<ConvLayer> layers) {
    String value = INPUT;
    for (int i = 0; i < layers.size(); i++) {
      ConvLayer layer = layers.get(i);
      value =
          graph.convolve(
              "conv" + (i + 1),
              value,
              layer.outputs(),
              ConvLayer.KERNEL,
              1,
              layer.weight(),
              layer.bias());
      if (i + 1 < layers.size()) {
        value = graph.add(OnnxGraph.node("Relu", "relu" + (i + 1), List.of(value)));
      }
    }
    return value;
  }
}
