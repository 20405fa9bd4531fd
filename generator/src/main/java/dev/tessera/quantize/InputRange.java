package dev.tessera.quantize;

import dev.tessera.image.Bicubic;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import dev.tessera.ir.ValueQuant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a code of the image ports stands for. Networks are trained on 0 to 1 or on 0 to 255, and no
 * file says which; but a network that restores or enlarges brings back a photo from its shrunk
 * version, so the right one of the two is the one under which it does so better.
 */
final class InputRange {
  /**
   * Networks with small biases scale nearly linearly and do as well with the wrong unit; 0 to 1 is
   * by far the usual one, so the other must be clearly better.
   */
  private static final double DOUBT = 0.6;

  /** Photos on which both are tried: one of them may by chance be kind to the wrong one. */
  private static final int TRIALS = 4;

  /** Side of a shrunk photo for networks that take any size. */
  private static final int SIDE = 48;

  private InputRange() {}

  /** 1/255 or 1, whichever brings the output nearer to the photos that were shrunk. */
  static double detect(Graph graph, List<Rgb> photos, Colour colour, FloatSource source) {
    double bound = outputBound(graph);
    if (bound == 1 || bound == 255) {
      return bound / 255;
    }
    TensorType frame = graph.type(graph.input().output());
    TensorType made = graph.type(graph.output());
    double ratio = Math.sqrt(Macs.scale(graph, made));
    int scale = (int) Math.round(ratio);
    if (scale < 1 || Math.abs(ratio - scale) > 1e-6 || made.channels() != frame.channels()) {
      return 1.0 / 255;
    }
    double small = 0;
    double large = 0;
    for (int i = 0; i < Math.min(TRIALS, photos.size()); i++) {
      Rgb photo = photos.get(i * photos.size() / Math.min(TRIALS, photos.size()));
      int width = side(frame.width(), photo.width() / scale);
      int height = side(frame.height(), photo.height() / scale);
      Rgb truth = covering(photo, width * scale, height * scale);
      Calibration.Patch shown = Calibration.patch(Bicubic.resize(truth, width, height), colour);
      Calibration.Patch wanted = Calibration.patch(truth, colour);
      small += error(shown, wanted, graph, source, 1.0 / 255);
      large += error(shown, wanted, graph, source, 1);
    }
    return large < DOUBT * small ? 1 : 1.0 / 255;
  }

  private static int side(Extent extent, int most) {
    return extent.isConstant() ? extent.add() : Math.max(1, Math.min(SIDE, most));
  }

  /** The middle of the photo, which is enlarged where it is too small. */
  private static Rgb covering(Rgb photo, int width, int height) {
    double least = Math.max((double) width / photo.width(), (double) height / photo.height());
    Rgb large =
        least <= 1
            ? photo
            : Bicubic.resize(
                photo,
                Math.max(width, (int) Math.round(photo.width() * least)),
                Math.max(height, (int) Math.round(photo.height() * least)));
    int left = (large.width() - width) / 2;
    return large.crop(left, (large.height() - height) / 2, width, height);
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

  /** Mean square distance, in codes, of the output from what was shrunk. */
  private static double error(
      Calibration.Patch shown,
      Calibration.Patch wanted,
      Graph graph,
      FloatSource source,
      double unit) {
    Map<String, float[]> values = source.run(shown.scaled(unit), shown.height(), shown.width());
    float[] output = values.get(graph.output());
    if (output.length != wanted.codes().length) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      double d = output[i] / unit - wanted.codes()[i];
      sum += d * d;
    }
    return Double.isFinite(sum) ? sum / output.length : Double.POSITIVE_INFINITY;
  }
}
