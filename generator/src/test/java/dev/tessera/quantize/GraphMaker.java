package dev.tessera.quantize;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Shapes;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds small float graphs with random weights. */
final class GraphMaker {
  private final Random random;
  private final TensorType input;
  private final List<Node> nodes = new ArrayList<>();

  GraphMaker(int channels, long seed) {
    random = new Random(seed);
    input = new TensorType(channels, Extent.FRAME, Extent.FRAME);
    nodes.add(new Node.Input("input", "x"));
  }

  GraphMaker add(Node node) {
    nodes.add(node);
    return this;
  }

  /** A "same" convolution, its weights such that signals keep about their size. */
  GraphMaker conv(String from, String to, int in, int out, int size, Activation activation) {
    Pads pads = new Pads(size / 2, size / 2, size / 2, size / 2);
    return conv(from, to, in, out, size, 1, pads, Border.VALUE, new float[] {0}, activation);
  }

  GraphMaker conv(
      String from,
      String to,
      int in,
      int out,
      int size,
      int groups,
      Pads pads,
      Border border,
      float[] padValue,
      Activation activation) {
    float[] weights = new float[out * in / groups * size * size];
    double spread = 1 / Math.sqrt((double) in / groups * size * size);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (spread * random.nextGaussian());
    }
    float[] bias = new float[out];
    for (int o = 0; o < out; o++) {
      bias[o] = (float) (0.1 * random.nextGaussian());
    }
    Kernel kernel = new Kernel(out, in / groups, size, size, groups, weights, bias, null);
    return add(
        new Node.Conv(
            to + "_conv", from, to, kernel, Stride.ONE, pads, border, padValue, activation));
  }

  Graph build(String output) {
    Map<String, TensorType> types = Shapes.infer(nodes, input);
    return new Graph("sample", nodes, types, Map.of(), output);
  }
}
