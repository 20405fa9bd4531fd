package dev.tessera.ir;

import dev.tessera.base.Bits;
import dev.tessera.num.FixedType;

/**
 * Multiplications of the convolutions of a graph: padding taps included, taps that are zero for a
 * whole class of outputs ({@link TapLists}) left out, and so are convolutions of one tap per
 * output, whose weights the requantiser takes.
 */
public final class Macs {
  /** Signed bits of an activation that one multiplier takes. */
  public static final int OPERAND_BITS = 9;

  /** Bits of a weight that one multiplier takes. */
  private static final int WEIGHT_BITS = 8;

  private Macs() {}

  /** Multipliers of 9 x 8 bits for one product of a map of {@code type} and a weight. */
  public static int multipliersPerProduct(FixedType type, int weightBits) {
    return Bits.ceilDiv(type.signedBits(), OPERAND_BITS) * Bits.ceilDiv(weightBits, WEIGHT_BITS);
  }

  /**
   * Multiplications per pixel of the input frame, borders aside.
   *
   * @return 0 for a graph without convolutions
   */
  public static double perInputPixel(Graph graph) {
    double sum = 0;
    for (Node node : graph.nodes()) {
      TensorType type = graph.type(node.output());
      sum += ofNode(node) * scale(graph, type);
    }
    return sum;
  }

  /**
   * Multiplications of a whole frame.
   *
   * @param width input columns
   * @param height input rows
   */
  public static long perFrame(Graph graph, int width, int height) {
    long sum = 0;
    for (Node node : graph.nodes()) {
      TensorType type = graph.type(node.output());
      long positions = (long) type.height().at(height) * type.width().at(width);
      sum = Math.addExact(sum, Math.multiplyExact(positions, ofNode(node)));
    }
    return sum;
  }

  /** Multiplications of {@code node} per position of its output. */
  public static long ofNode(Node node) {
    if (node instanceof Node.Conv conv) {
      boolean free = conv.kernel().scales();
      return free ? 0 : TapLists.of(conv.kernel()).products(conv.kernel().outChannels());
    }
    return node instanceof Node.QConv conv && !conv.kernel().moves()
        ? TapLists.of(conv.kernel()).products(conv.kernel().outChannels())
        : 0;
  }

  /** Trained numbers of {@code node}: weights, biases, tables; a single slope is a constant. */
  public static long parameters(Node node) {
    if (node instanceof Node.Conv conv) {
      return (long) conv.kernel().weights().length + conv.kernel().bias().length;
    }
    if (node instanceof Node.Affine affine) {
      return (long) affine.scale().length + affine.offset().length;
    }
    if (node instanceof Node.Normalize norm) {
      return (long) norm.scale().length + norm.offset().length;
    }
    if (node instanceof Node.Activate act && act.activation() instanceof Activation.Leaky leaky) {
      return leaky.slope().length == 1 ? 0 : leaky.slope().length;
    }
    return 0;
  }

  /** Positions of {@code type} per pixel of the input frame, borders aside. */
  public static double scale(Graph graph, TensorType type) {
    TensorType frame = graph.type(graph.input().output());
    return ratio(type.height(), frame.height()) * ratio(type.width(), frame.width());
  }

  /** Size of {@code extent} relative to {@code frame}, borders aside. */
  static double ratio(Extent extent, Extent frame) {
    return frame.isConstant() ? (double) extent.add() / frame.add() : extent.perFrame();
  }
}
