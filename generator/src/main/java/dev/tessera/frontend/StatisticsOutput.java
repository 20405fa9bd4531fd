package dev.tessera.frontend;

import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import dev.tessera.ir.Graph;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A second output of a model, {@value #NAME}: what a branch of the network says of the statistics
 * of its normalised layers, see docs/normalisation.md. The network itself is the model without it.
 */
public final class StatisticsOutput {
  /** Name of the output. */
  public static final String NAME = "statistics";

  private StatisticsOutput() {}

  /**
   * The branch of a model, a network with the same input, for frames of one size: it makes one
   * value of a whole frame.
   *
   * @return empty if the model has none
   */
  public static Optional<Graph> read(Path file, ReadOptions.Frame frame) {
    if (!isIn(ModelFile.read(file).proto().getGraph())) {
      return Optional.empty();
    }
    ReadOptions options = new ReadOptions(Optional.of(NAME), false, Optional.of(frame), true);
    return Optional.of(OnnxReader.read(file, options));
  }

  /** {@code graph} as if it had no such output. */
  static GraphProto without(GraphProto graph) {
    if (!isIn(graph)) {
      return graph;
    }
    ValueInfoProto other =
        graph.getOutputList().stream().filter(o -> !o.getName().equals(NAME)).findFirst().get();
    return Cut.upTo(graph, other.getName()).toBuilder().setOutput(0, other).build();
  }

  private static boolean isIn(GraphProto graph) {
    List<String> names = graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    return names.size() == 2 && names.contains(NAME) && !names.get(0).equals(names.get(1));
  }
}
