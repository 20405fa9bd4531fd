package dev.tessera.pass;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a model without making anything of it. */
public final class Inspector {
  private Inspector() {}

  /** What the file holds and what of it is refused; without layers where it is no network. */
  public static Inspection inspect(Path file) {
    return inspect(file, ReadOptions.WHOLE);
  }

  /** What a part of the file holds and what of it is refused. */
  public static Inspection inspect(Path file, ReadOptions options) {
    OnnxReader.Scan scan = OnnxReader.scan(file, options);
    List<Diagnostic> refused = new ArrayList<>(scan.refusals());
    if (scan.graph().isEmpty()) {
      String name = String.valueOf(file.getFileName());
      return new Inspection(name, false, List.of(), List.of(), "", 0, 0, 0, 0, refused);
    }
    Graph graph = scan.graph().get();
    Optional<Lowered> lowered = refused.isEmpty() ? lower(graph, refused) : Optional.empty();
    List<Layer> layers = Layer.of(graph);
    Layer last = layers.get(layers.size() - 1);
    for (Layer layer : layers) {
      last = layer.value().equals(graph.output()) ? layer : last;
    }
    double macs = layers.stream().mapToDouble(Layer::macsPerInputPixel).sum();
    return new Inspection(
        graph.name(),
        refused.isEmpty(),
        layers,
        lowered.map(l -> Layer.of(l.graph())).orElse(List.of()),
        last.shape(),
        lowered.map(Lowered::macsPerInputPixel).orElse(macs),
        layers.stream().mapToLong(Layer::parameters).sum(),
        last.fieldHeight(),
        last.fieldWidth(),
        refused);
  }

  private static Optional<Lowered> lower(Graph graph, List<Diagnostic> refused) {
    try {
      return Optional.of(PassManager.lower(graph));
    } catch (TesseraException e) {
      refused.add(e.diagnostic());
      return Optional.empty();
    }
  }
}
