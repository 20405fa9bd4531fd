package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.frontend.OnnxWriter;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.frontend.StatisticsOutput;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The network of a request.
 *
 * @param graph as the model states it
 * @param frame the frame to build for
 * @param file an ONNX file of the same network
 * @param statistics the branch that gives the statistics of its normalised layers, if it has one
 */
record Network(Graph graph, FrameSize frame, byte[] file, Optional<Graph> statistics) {
  private static final FrameSize DEFAULT_FRAME = new FrameSize(320, 180);

  /**
   * Reads the model, for frames of any size if another than its own is asked for.
   *
   * @throws TesseraException with the first refusal
   */
  static Network read(Generation.Request request) {
    return read(request.model(), request.until(), request.frame(), request.resizable());
  }

  /**
   * Reads {@code model}.
   *
   * @param until the value or node to end with
   * @param asked the frame asked for
   * @param resizable whether other frames are to be taken too
   */
  static Network read(
      Path model, Optional<String> until, Optional<FrameSize> asked, boolean resizable) {
    FrameSize wish = asked.orElse(DEFAULT_FRAME);
    Optional<ReadOptions.Frame> size =
        Optional.of(new ReadOptions.Frame(wish.width(), wish.height()));
    ReadOptions stated = new ReadOptions(until, false, size);
    Graph first = FileFault.in(model, () -> OnnxReader.read(model, stated));
    boolean own = fits(first, asked);
    ReadOptions options = own ? stated : new ReadOptions(until, true, size);
    Graph graph = own ? first : FileFault.in(model, () -> OnnxReader.read(model, options));
    FrameSize frame = frame(graph, model, asked, resizable);
    ReadOptions.Frame one = new ReadOptions.Frame(frame.width(), frame.height());
    Optional<Graph> branch =
        until.isPresent()
            ? Optional.empty()
            : FileFault.in(model, () -> StatisticsOutput.read(model, one));
    boolean whole = own && until.isEmpty();
    byte[] file = whole ? bytes(model) : OnnxWriter.toModel(graph);
    return new Network(graph, frame, file, branch);
  }

  private static byte[] bytes(Path model) {
    try {
      return Files.readAllBytes(model);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static boolean fits(Graph graph, Optional<FrameSize> wish) {
    TensorType input = graph.type(graph.input().output());
    return wish.isEmpty()
        || own(input.width(), wish.get().width()) == wish.get().width()
            && own(input.height(), wish.get().height()) == wish.get().height();
  }

  private static int own(Extent extent, int wish) {
    return extent.isConstant() ? extent.add() : wish;
  }

  /** The frame that was asked for; a model with one fixed side has no other. */
  private static FrameSize frame(
      Graph graph, Path model, Optional<FrameSize> asked, boolean resizable) {
    TensorType input = graph.type(graph.input().output());
    if (resizable && (input.width().isConstant() || input.height().isConstant())) {
      throw FileFault.of(
          model,
          TesseraException.input(
              "plan.resizable",
              "",
              "the model is fixed to one frame size",
              "leave --resizable out, or export the model with free height and width"));
    }
    FrameSize wish = asked.orElse(DEFAULT_FRAME);
    FrameSize own =
        new FrameSize(own(input.width(), wish.width()), own(input.height(), wish.height()));
    if (asked.isPresent() && !own.equals(wish)) {
      throw FileFault.of(
          model,
          TesseraException.input(
              "frame.fixed",
              "",
              "the model is fixed to frames of " + own + ", not " + wish,
              "leave --frame out, or export the model with free height and width"));
    }
    return own;
  }
}
