package dev.tessera.quantize;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a code of the image ports stands for. Networks are trained on 0 to 1 or on 0 to 255, and no
 * file says which; but a network that restores or enlarges returns about its input, so the right
 * one of the two is the one under which it does.
 */
final class InputRange {
  /**
   * Networks with small biases scale nearly linearly and do as well with the wrong unit; 0 to 1 is
   * by far the usual one, so the other must be clearly better.
   */
  private static final double DOUBT = 0.6;

  /** Patches on which both are tried: one of them may by chance be kind to the wrong one. */
  private static final int TRIALS = 4;

  private InputRange() {}

  /** 1/255 or 1, whichever brings the output nearer to the input. */
  static double detect(Graph graph, List<Calibration.Patch> patches, FloatSource source) {
    double bound = outputBound(graph);
    if (bound == 1 || bound == 255) {
      return bound / 255;
    }
    double small = 0;
    double large = 0;
    for (Calibration.Patch patch : patches.subList(0, Math.min(TRIALS, patches.size()))) {
      small += error(patch, graph, source, 1.0 / 255);
      large += error(patch, graph, source, 1);
    }
    return large < DOUBT * small ? 1 : 1.0 / 255;
  }

  /**
   * The grid of 8 bits with a zero point of its own that the model prescribes for its input: its
   * codes are those of the picture. Empty where there is none, or where the network returns a
   * picture on another one.
   */
  static Optional<ValueQuant> prescribed(Graph graph) {
    String input = graph.input().output();
    int channels = graph.type(graph.output()).channels();
    if (channels == 1 || channels == 3) {
      return Optional.empty();
    }
    List<Node> readers = graph.consumers(input);
    boolean one =
        readers.size() == 1
            && readers.get(0) instanceof Node.FakeQuant quant
            && quant.quant().scale().length == 1
            && quant.quant().zero().length == 1;
    return one ? Optional.of(((Node.FakeQuant) readers.get(0)).quant()) : Optional.empty();
  }

  /** The largest output that the functions at the network's end allow, or infinity. */
  private static double outputBound(Graph graph) {
    return bound(graph, graph.producer(graph.output()).orElseThrow());
  }

  private static double bound(Graph graph, Node node) {
    if (node instanceof Node.DepthToSpace shuffle) {
      return bound(graph, graph.producer(shuffle.input()).orElseThrow());
    }
    if (node instanceof Node.Affine affine
        && affine.scale().length == 1
        && affine.offset().length == 1
        && affine.scale()[0] > 0) {
      double before = bound(graph, graph.producer(affine.input()).orElseThrow());
      return affine.scale()[0] * before + affine.offset()[0];
    }
    Activation activation = GridPlan.activation(node);
    if (activation instanceof Activation.Smooth smooth) {
      boolean one =
          smooth.function() == Activation.Function.SIGMOID
              || smooth.function() == Activation.Function.TANH;
      return one ? 1 : Double.POSITIVE_INFINITY;
    }
    return activation instanceof Activation.Clip clip ? clip.hi() : Double.POSITIVE_INFINITY;
  }

  /** Mean square distance, in codes, of the output from the input repeated to its size. */
  private static double error(
      Calibration.Patch patch, Graph graph, FloatSource source, double unit) {
    Map<String, float[]> values = source.run(patch.scaled(unit), patch.height(), patch.width());
    float[] output = values.get(graph.output());
    int channels = patch.map().channels();
    int enlarged = output.length / patch.codes().length;
    int scale = (int) Math.round(Math.sqrt(enlarged));
    if (scale * scale * patch.codes().length != output.length) {
      return Double.POSITIVE_INFINITY;
    }
    int width = patch.width() * scale;
    int height = patch.height() * scale;
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      int x = i % width / scale;
      int y = i / width % height / scale;
      int c = i / (width * height) % channels;
      double d = output[i] / unit - patch.codes()[(c * patch.height() + y) * patch.width() + x];
      sum += d * d;
    }
    return Double.isFinite(sum) ? sum / output.length : Double.POSITIVE_INFINITY;
  }
}
