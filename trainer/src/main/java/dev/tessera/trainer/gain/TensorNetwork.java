package dev.tessera.trainer.gain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.tessera.base.TesseraException;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A float network, as the passes leave it, in operations of the tensor library. */
final class TensorNetwork {
  /** What becomes of a map that is to be normalised, without gain and bias. */
  interface Normalizer {
    /**
     * The map, normalised.
     *
     * @param map batch x channels x height x width
     * @param layer number of the layer
     */
    NDArray normalized(NDArray map, int layer, Node.Normalize norm);
  }

  private static final Shape NO_PADS = new Shape(0, 0);
  private static final Shape ONES = new Shape(1, 1);

  private final Graph graph;
  private final NDManager manager;
  private final Map<String, NDArray> constants = new HashMap<>();

  /**
   * The network with its constants in {@code manager}.
   *
   * @throws TesseraException {@code train.operator} for an operator that is not differentiated here
   */
  TensorNetwork(Graph graph, NDManager manager) {
    this.graph = graph;
    this.manager = manager;
    graph.nodes().forEach(TensorNetwork::require);
  }

  private static void require(Node node) {
    boolean known =
        node instanceof Node.Input
            || node instanceof Node.Conv
            || node instanceof Node.Normalize
            || node instanceof Node.Add
            || node instanceof Node.Activate
            || node instanceof Node.Affine
            || node instanceof Node.Select
            || node instanceof Node.DepthToSpace;
    if (!known) {
      throw TesseraException.input(
          "train.operator",
          "node '" + node.name() + "' (" + node.getClass().getSimpleName() + ")",
          "a branch cannot be trained through this operator",
          "tessera inspect lists what the model holds");
    }
  }

  /** The output for {@code frames}, batch x channels x height x width. */
  NDArray run(NDArray frames, Normalizer normalizer) {
    Map<String, NDArray> values = new LinkedHashMap<>();
    int layer = 0;
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Input) {
        values.put(node.output(), frames);
      } else if (node instanceof Node.Normalize norm) {
        NDArray same = normalizer.normalized(values.get(norm.input()), layer++, norm);
        values.put(norm.output(), activate(affine(same, norm), norm.activation()));
      } else {
        List<NDArray> in = node.inputs().stream().map(values::get).toList();
        values.put(node.output(), apply(node, in));
      }
    }
    return values.get(graph.output());
  }

  private NDArray affine(NDArray map, Node.Normalize norm) {
    int phases = norm.phases();
    return map.mul(perChannel(norm.name() + " scale", norm.scale(), phases))
        .add(perChannel(norm.name() + " offset", norm.offset(), phases));
  }

  private NDArray perChannel(String name, float[] values, int times) {
    return constants.computeIfAbsent(
        name,
        n -> {
          float[] all = new float[values.length * times];
          for (int i = 0; i < all.length; i++) {
            all[i] = values[i % values.length];
          }
          return manager.create(all, new Shape(1, all.length, 1, 1));
        });
  }

  private NDArray apply(Node node, List<NDArray> in) {
    NDArray first = in.get(0);
    if (node instanceof Node.Conv conv) {
      return activate(convolve(conv, first), conv.activation());
    } else if (node instanceof Node.Add add) {
      NDArray right = in.get(1);
      return activate(add.sign() < 0 ? first.sub(right) : first.add(right), add.activation());
    } else if (node instanceof Node.Activate activate) {
      return activate(first, activate.activation());
    } else if (node instanceof Node.Affine affine) {
      return first
          .mul(perChannel(node.name() + " scale", affine.scale(), 1))
          .add(perChannel(node.name() + " offset", affine.offset(), 1));
    } else if (node instanceof Node.Select select) {
      return select(select, first);
    }
    return shuffle((Node.DepthToSpace) node, first);
  }

  private NDArray convolve(Node.Conv conv, NDArray map) {
    Kernel kernel = conv.kernel();
    NDArray weight =
        constants.computeIfAbsent(
            conv.name() + " weight",
            n ->
                manager.create(
                    kernel.weights(),
                    new Shape(
                        kernel.outChannels(),
                        kernel.inChannelsPerGroup(),
                        kernel.height(),
                        kernel.width())));
    NDArray bias =
        constants.computeIfAbsent(conv.name() + " bias", n -> manager.create(kernel.bias()));
    NDArray padded = pad(conv, map);
    Shape stride = new Shape(conv.stride().rows(), conv.stride().columns());
    NDList made = Conv2d.conv2d(padded, weight, bias, stride, NO_PADS, ONES, kernel.groups());
    return made.singletonOrThrow();
  }

  private static NDArray pad(Node.Conv conv, NDArray map) {
    Pads pads = conv.pads();
    if (pads.isNone()) {
      return map;
    }
    if (conv.border() == Border.VALUE) {
      Shape amounts = new Shape(pads.left(), pads.right(), pads.top(), pads.bottom());
      return map.pad(amounts, conv.padValue()[0]);
    }
    int edge = conv.border() == Border.REFLECT ? 1 : 0;
    NDArray rows = extend(map, 2, pads.top(), pads.bottom(), edge);
    return extend(rows, 3, pads.left(), pads.right(), edge);
  }

  /** Rows or columns outside the map, one by one: mirrored, or all like the border. */
  private static NDArray extend(NDArray map, int axis, int before, int behind, int step) {
    long size = map.getShape().get(axis);
    NDList parts = new NDList();
    for (int i = before; i >= 1; i--) {
      parts.add(line(map, axis, (long) i * step));
    }
    parts.add(map);
    for (int i = 1; i <= behind; i++) {
      parts.add(line(map, axis, size - 1 - (long) i * step));
    }
    return NDArrays.concat(parts, axis);
  }

  private static NDArray line(NDArray map, int axis, long at) {
    String index = axis == 2 ? ":,:,%d:%d,:" : ":,:,:,%d:%d";
    return map.get(String.format(index, at, at + 1));
  }

  private NDArray select(Node.Select select, NDArray map) {
    int from = Math.toIntExact(map.getShape().get(1));
    int[] channels = select.channels();
    NDArray choice =
        constants.computeIfAbsent(
            select.name() + " choice",
            n -> {
              float[] ones = new float[channels.length * from];
              for (int i = 0; i < channels.length; i++) {
                ones[i * from + channels[i]] = 1;
              }
              return manager.create(ones, new Shape(channels.length, from, 1, 1));
            });
    return Conv2d.conv2d(map, choice, null, ONES, NO_PADS, ONES, 1).singletonOrThrow();
  }

  private static NDArray shuffle(Node.DepthToSpace node, NDArray map) {
    Shape shape = map.getShape();
    long block = node.block();
    long channels = shape.get(1) / (block * block);
    long rows = shape.get(2);
    long columns = shape.get(3);
    Shape apart =
        node.crd()
            ? new Shape(shape.get(0), channels, block, block, rows, columns)
            : new Shape(shape.get(0), block, block, channels, rows, columns);
    NDArray split = map.reshape(apart);
    NDArray moved =
        node.crd() ? split.transpose(0, 1, 4, 2, 5, 3) : split.transpose(0, 3, 4, 1, 5, 2);
    return moved.reshape(shape.get(0), channels, rows * block, columns * block);
  }

  private static NDArray activate(NDArray map, Activation activation) {
    if (activation instanceof Activation.Clip clip) {
      NDArray low = clip.lo() > Float.NEGATIVE_INFINITY ? map.maximum(clip.lo()) : map;
      return clip.hi() < Float.POSITIVE_INFINITY ? low.minimum(clip.hi()) : low;
    } else if (activation instanceof Activation.Smooth smooth) {
      return switch (smooth.function()) {
        case TANH -> map.tanh();
        case SIGMOID -> ai.djl.nn.Activation.sigmoid(map);
        default ->
            throw TesseraException.input(
                "train.operator",
                smooth.function().toString(),
                "a branch cannot be trained through this function",
                "");
      };
    } else if (activation instanceof Activation.None) {
      return map;
    }
    throw TesseraException.input(
        "train.operator", "", "a branch cannot be trained through a leaky activation", "");
  }
}
