package dev.tessera.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The invariants of a {@link Graph}; runs after every pass. */
public final class GraphVerifier {
  private GraphVerifier() {}

  /**
   * Checks order, names, shapes and the lengths of all tables.
   *
   * @param after who made the graph, for the message
   * @throws IllegalStateException naming the first broken invariant: a fault of Tessera, not of the
   *     model
   */
  public static void verify(Graph graph, String after) {
    try {
      order(graph);
      Map<String, TensorType> types =
          Shapes.infer(graph.nodes(), graph.type(graph.input().output()));
      if (!types.equals(graph.types())) {
        throw new IllegalArgumentException("shapes are stale");
      }
      for (Node node : graph.nodes()) {
        tables(node, graph);
      }
      for (String value : graph.quants().keySet()) {
        quant(graph.quants().get(value), graph.type(value).channels(), value);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("after " + after + ": " + e.getMessage(), e);
    }
  }

  private static void order(Graph graph) {
    List<Node> nodes = graph.nodes();
    check(!nodes.isEmpty() && nodes.get(0) instanceof Node.Input, "no input in front");
    Set<String> made = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      check(i == 0 || !(node instanceof Node.Input), "a second input '" + node.name() + "'");
      check(i == 0 || !node.inputs().isEmpty(), "'" + node.name() + "' reads nothing");
      for (String input : node.inputs()) {
        check(
            made.contains(input), "'" + node.name() + "' reads '" + input + "' before it is made");
      }
      check(made.add(node.output()), "value '" + node.output() + "' is made twice");
    }
    check(made.contains(graph.output()), "nothing makes the output '" + graph.output() + "'");
  }

  private static void tables(Node node, Graph graph) {
    int out = graph.type(node.output()).channels();
    String name = "'" + node.name() + "'";
    if (node instanceof Node.Conv conv) {
      int in = conv.kernel().inChannels();
      perChannel(conv.padValue(), in, name + " pad values");
      activation(conv.activation(), out, name);
      finite(conv.kernel().weights(), name + " weights");
      finite(conv.kernel().bias(), name + " bias");
      check(conv.border() == Border.VALUE || minimum(conv.pads()) >= 0, name + " crops a border");
      Kernel.WeightQuant fixed = conv.kernel().fixed();
      check(
          fixed == null || fixed.scale().length == 1 || fixed.scale().length == out,
          name + " weight scales");
    } else if (node instanceof Node.Pad pad) {
      perChannel(pad.padValue(), out, name + " pad values");
    } else if (node instanceof Node.Affine affine) {
      perChannel(affine.scale(), out, name + " scale");
      perChannel(affine.offset(), out, name + " offset");
    } else if (node instanceof Node.Normalize norm) {
      boolean fits =
          norm.phases() > 0
              && norm.scale().length * norm.phases() == out
              && norm.offset().length == norm.scale().length;
      check(fits, name + " scale and offset");
      check(norm.epsilon() >= 0, name + " epsilon");
      activation(norm.activation(), out, name);
    } else if (node instanceof Node.Activate act) {
      activation(act.activation(), out, name);
    } else if (node instanceof Node.Add add) {
      activation(add.activation(), out, name);
      check(add.sign() == 1 || add.sign() == -1, name + " sign");
    } else if (node instanceof Node.Mul mul) {
      activation(mul.activation(), out, name);
    } else if (node instanceof Node.Pool pool) {
      window(pool.pads(), pool.height(), pool.width(), name);
    } else if (node instanceof Node.FakeQuant quant) {
      quant(quant.quant(), out, name);
    } else if (node instanceof Node.DepthToSpace d2s) {
      check(d2s.block() >= 2, name + " block");
    } else {
      integers(node, graph, name);
    }
  }

  private static void integers(Node node, Graph graph, String name) {
    int out = graph.type(node.output()).channels();
    if (node instanceof Node.QConv conv) {
      check(conv.padCode().length == conv.kernel().inChannels(), name + " pad codes");
      check(conv.requant().channels() == out, name + " requantiser");
      boolean fits =
          conv.norm() == null
              || conv.norm().channels() == out
                  && conv.requant().borderClasses() == 1
                  && !conv.requant().twoSided();
      check(fits, name + " normalisation");
    } else if (node instanceof Node.QScale scale) {
      check(scale.requant().channels() == out, name + " requantiser");
    } else if (node instanceof Node.QNorm norm) {
      boolean fits =
          norm.requant().channels() == out
              && norm.norm().channels() == out
              && norm.requant().borderClasses() == 1
              && !norm.requant().twoSided();
      check(fits, name + " normalisation");
    } else if (node instanceof Node.QAdd add) {
      check(
          add.leftMultiplier().length == out
              && add.rightMultiplier().length == out
              && add.offset().length == out,
          name + " multipliers");
    } else if (node instanceof Node.QMul mul) {
      int right = graph.type(mul.right()).channels();
      check(mul.leftZero().length == out && mul.rightZero().length == right, name + " zeros");
      check(mul.requant().channels() == out, name + " requantiser");
    } else if (node instanceof Node.QPool pool) {
      window(pool.pads(), pool.height(), pool.width(), name);
      check(pool.pooling() != Pooling.AVERAGE_INSIDE, name + " divides by what differs");
      int entries = pool.requant().channels();
      boolean apart = entries == out * pool.pads().borderClasses();
      check(entries == out || apart && pool.requant().borderClasses() == 1, name + " requantiser");
    } else if (node instanceof Node.QResize resize) {
      boolean linear = resize.sampling().mode() == Sampling.Mode.LINEAR;
      check(linear == resize.weightBits() > 0, name + " weights");
      check(resize.requant().channels() == out, name + " requantiser");
    }
  }

  /** Every window holds a pixel of the frame. */
  private static void window(Pads pads, int height, int width, String name) {
    boolean inside =
        minimum(pads) >= 0
            && Math.max(pads.top(), pads.bottom()) < height
            && Math.max(pads.left(), pads.right()) < width;
    check(inside, name + " pads more than its window");
  }

  private static int minimum(Pads pads) {
    return Math.min(Math.min(pads.top(), pads.bottom()), Math.min(pads.left(), pads.right()));
  }

  private static void activation(Activation activation, int channels, String name) {
    if (activation instanceof Activation.Leaky leaky) {
      perChannel(leaky.slope(), channels, name + " slopes");
    } else if (activation instanceof Activation.Clip clip) {
      check(clip.lo() <= clip.hi(), name + " clips to nothing");
    }
  }

  private static void perChannel(float[] table, int channels, String what) {
    check(table.length == 1 || table.length == channels, what + ": " + table.length + " entries");
    finite(table, what);
  }

  private static void finite(float[] table, String what) {
    for (float f : table) {
      check(Float.isFinite(f), what + " hold " + f);
    }
  }

  private static void quant(ValueQuant quant, int channels, String what) {
    int s = quant.scale().length;
    int z = quant.zero().length;
    check((s == 1 || s == channels) && (z == 1 || z == channels), what + " quantisation");
    for (double scale : quant.scale()) {
      check(scale > 0 && Double.isFinite(scale), what + " scale " + scale);
    }
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
