package dev.tessera.trainer.gain;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * The first layers of a network as the trunk of its branch: on a frame of half the size, where the
 * first kernel is half as large, and with normalisations that take usual statistics.
 */
final class TrunkMaker {
  private final Graph graph;
  private final float range;
  private final float[] usual;

  private TrunkMaker(Graph graph, float range, float[] usual) {
    this.graph = graph;
    this.range = range;
    this.usual = usual;
  }

  /**
   * The trunk.
   *
   * @param graph as the passes leave it
   * @param range the network's value of the largest picture code; the trunk sees 0 to 1
   * @param usual statistics as {@link TrueStatistics#all} orders them
   * @param most layers
   * @throws TesseraException {@code train.trunk} if the network does not begin with a convolution
   */
  static List<BranchLayer> of(Graph graph, float range, float[] usual, int most) {
    List<BranchLayer> trunk = new TrunkMaker(graph, range, usual).layers(most);
    if (trunk.isEmpty()) {
      throw TesseraException.input(
          "train.trunk",
          "input '" + graph.input().output() + "'",
          "the network does not begin with a dense convolution of an odd kernel",
          "a branch begins like its network");
    }
    return trunk;
  }

  private List<BranchLayer> layers(int most) {
    List<BranchLayer> trunk = new ArrayList<>();
    String value = graph.input().output();
    int at = 0;
    while (trunk.size() < most) {
      Node.Conv conv = reader(value, Node.Conv.class);
      if (conv == null || !usable(conv)) {
        break;
      }
      value = conv.output();
      Node.Normalize norm = reader(value, Node.Normalize.class);
      BranchLayer layer = layer(conv, trunk.isEmpty());
      if (norm != null) {
        if (norm.phases() > 1) {
          break;
        }
        layer = normalised(layer, norm, at);
        at += 2 * norm.scale().length;
        value = norm.output();
      }
      trunk.add(layer);
    }
    return trunk;
  }

  /** The one node that reads {@code value}, or reads it first, if it is of {@code type}. */
  private <T extends Node> T reader(String value, Class<T> type) {
    List<Node> readers = graph.consumers(value);
    return !readers.isEmpty() && type.isInstance(readers.get(0)) ? type.cast(readers.get(0)) : null;
  }

  private static boolean usable(Node.Conv conv) {
    Kernel kernel = conv.kernel();
    return kernel.groups() == 1
        && kernel.height() == kernel.width()
        && kernel.height() % 2 == 1
        && conv.stride().rows() == conv.stride().columns();
  }

  private BranchLayer layer(Node.Conv conv, boolean first) {
    Kernel kernel = conv.kernel();
    int side = first ? side(kernel.height()) : kernel.height();
    float[] weight = first ? shrunk(kernel, side) : kernel.weights().clone();
    return new BranchLayer(
        kernel.inChannels(),
        kernel.outChannels(),
        side,
        conv.stride().rows(),
        weight,
        kernel.bias().clone());
  }

  private static int side(int kernel) {
    int half = kernel / 2;
    return 2 * ((half + 1) / 2) + 1;
  }

  /**
   * Each tap is shared by the pixels of the small frame that hold it for outputs at both phases.
   */
  private float[] shrunk(Kernel kernel, int side) {
    int from = kernel.height();
    float[] weight = new float[kernel.outChannels() * kernel.inChannels() * side * side];
    int planes = kernel.outChannels() * kernel.inChannels();
    for (int plane = 0; plane < planes; plane++) {
      for (int y = 0; y < from; y++) {
        for (int x = 0; x < from; x++) {
          float share = range * kernel.weights()[(plane * from + y) * from + x] / 4;
          for (int phase = 0; phase < 4; phase++) {
            int row = Math.floorDiv(y - from / 2 + phase / 2, 2) + side / 2;
            int column = Math.floorDiv(x - from / 2 + phase % 2, 2) + side / 2;
            weight[(plane * side + row) * side + column] += share;
          }
        }
      }
    }
    return weight;
  }

  private BranchLayer normalised(BranchLayer layer, Node.Normalize norm, int at) {
    int channels = norm.scale().length;
    float[] weight = layer.weight().clone();
    float[] bias = layer.bias().clone();
    int taps = weight.length / channels;
    for (int c = 0; c < channels; c++) {
      float factor = norm.scale()[c] * usual[at + c];
      for (int t = 0; t < taps; t++) {
        weight[c * taps + t] *= factor;
      }
      bias[c] = bias[c] * factor + norm.scale()[c] * usual[at + channels + c] + norm.offset()[c];
    }
    return layer.with(weight, bias);
  }

  /**
   * The same trunk with channels of other sizes, each of which the next layer makes up for: what
   * lies between is positively homogeneous.
   *
   * @param sizes of every layer what its channels are divided by, greater than 0
   */
  static List<BranchLayer> sized(List<BranchLayer> trunk, List<float[]> sizes) {
    List<BranchLayer> sized = new ArrayList<>();
    for (int n = 0; n < trunk.size(); n++) {
      BranchLayer layer = trunk.get(n);
      float[] weight = layer.weight().clone();
      float[] bias = layer.bias().clone();
      int square = layer.kernel() * layer.kernel();
      for (int i = 0; i < weight.length; i++) {
        int out = i / square / layer.inputs();
        int in = i / square % layer.inputs();
        weight[i] *= (n == 0 ? 1 : sizes.get(n - 1)[in]) / sizes.get(n)[out];
      }
      for (int c = 0; c < bias.length; c++) {
        bias[c] /= sizes.get(n)[c];
      }
      sized.add(layer.with(weight, bias));
    }
    return sized;
  }
}
