package dev.tessera.ir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shape inference with a symbolic frame size. */
public final class Shapes {
  private Shapes() {}

  /**
   * The shapes of all values.
   *
   * @param nodes topologically ordered, the first the {@link Node.Input}
   * @param input shape of the frame
   * @throws IllegalArgumentException if an operator does not fit its inputs; the message is a
   *     sentence for the user
   */
  public static Map<String, TensorType> infer(List<Node> nodes, TensorType input) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (Node node : nodes) {
      types.put(node.output(), node instanceof Node.Input ? input : of(node, types));
    }
    return types;
  }

  /**
   * The shape that {@code node} makes.
   *
   * @param types shapes of the values made so far
   * @throws IllegalArgumentException if the operator does not fit its inputs
   */
  public static TensorType of(Node node, Map<String, TensorType> types) {
    TensorType in = types.get(node.inputs().get(0));
    if (in == null) {
      throw new IllegalArgumentException("value '" + node.inputs().get(0) + "' is not defined");
    }
    if (node instanceof Node.Conv conv) {
      Kernel k = conv.kernel();
      channels("convolution", k.inChannels(), in);
      return window(in, k.outChannels(), k.height(), k.width(), conv.stride(), conv.pads());
    }
    if (node instanceof Node.QConv conv) {
      IntKernel k = conv.kernel();
      channels("convolution", k.inChannels(), in);
      return window(in, k.outChannels(), k.height(), k.width(), conv.stride(), conv.pads());
    }
    if (node instanceof Node.Pad pad) {
      return window(in, in.channels(), 1, 1, Stride.ONE, pad.pads());
    }
    if (node instanceof Node.Add || node instanceof Node.QAdd) {
      TensorType right = types.get(node.inputs().get(1));
      if (!in.equals(right)) {
        throw new IllegalArgumentException(
            "the operands differ in shape: "
                + GraphPrinter.shape(in)
                + " and "
                + GraphPrinter.shape(right));
      }
      return in;
    }
    if (node instanceof Node.QCustom) {
      for (String other : node.inputs()) {
        if (!in.equals(types.get(other))) {
          throw new IllegalArgumentException("the maps that the layer reads differ in shape");
        }
      }
      return in;
    }
    if (node instanceof Node.Mul || node instanceof Node.QMul) {
      TensorType right = types.get(node.inputs().get(1));
      if (!in.equals(right) && !new TensorType(1, in.height(), in.width()).equals(right)) {
        throw new IllegalArgumentException(
            "the operands differ in shape: "
                + GraphPrinter.shape(in)
                + " and "
                + GraphPrinter.shape(right));
      }
      return in;
    }
    if (node instanceof Node.Concat concat) {
      return concat(concat, types);
    }
    return spatial(node, in);
  }

  private static TensorType spatial(Node node, TensorType in) {
    if (node instanceof Node.Pool pool) {
      return window(in, in.channels(), pool.height(), pool.width(), pool.stride(), pool.pads());
    }
    if (node instanceof Node.QPool pool) {
      return window(in, in.channels(), pool.height(), pool.width(), pool.stride(), pool.pads());
    }
    if (node instanceof Node.Resize resize) {
      return resized(resize.sampling(), in);
    }
    if (node instanceof Node.QResize resize) {
      return resized(resize.sampling(), in);
    }
    if (node instanceof Node.Select select) {
      for (int c : select.channels()) {
        if (c < 0 || c >= in.channels()) {
          throw new IllegalArgumentException(
              "there is no channel " + c + " in " + GraphPrinter.shape(in));
        }
      }
      return new TensorType(select.channels().length, in.height(), in.width());
    }
    if (node instanceof Node.DepthToSpace d2s) {
      return shuffle(d2s.block(), in);
    }
    return in;
  }

  private static void channels(String what, int expected, TensorType in) {
    if (in.channels() != expected) {
      throw new IllegalArgumentException(
          "the " + what + " expects " + expected + " channels and its input has " + in.channels());
    }
  }

  private static TensorType resized(Sampling sampling, TensorType in) {
    return new TensorType(in.channels(), sampling.height(), sampling.width());
  }

  private static TensorType window(
      TensorType in, int channels, int kh, int kw, Stride stride, Pads pads) {
    Extent height = in.height().window(kh, pads.top() + pads.bottom(), stride.rows());
    Extent width = in.width().window(kw, pads.left() + pads.right(), stride.columns());
    if ((height.isConstant() && height.add() < 1) || (width.isConstant() && width.add() < 1)) {
      throw new IllegalArgumentException(
          "the window is larger than its padded input " + GraphPrinter.shape(in));
    }
    return new TensorType(channels, height, width);
  }

  private static TensorType concat(Node.Concat concat, Map<String, TensorType> types) {
    TensorType first = types.get(concat.inputs().get(0));
    int channels = 0;
    for (String input : concat.inputs()) {
      TensorType type = types.get(input);
      if (type == null
          || !type.height().equals(first.height())
          || !type.width().equals(first.width())) {
        throw new IllegalArgumentException(
            "the inputs differ in height or width: "
                + GraphPrinter.shape(first)
                + " and "
                + GraphPrinter.shape(type));
      }
      channels = Math.addExact(channels, type.channels());
    }
    return new TensorType(channels, first.height(), first.width());
  }

  private static TensorType shuffle(int block, TensorType in) {
    if (in.channels() % (block * block) != 0) {
      throw new IllegalArgumentException(
          in.channels() + " channels are not a multiple of " + block + " x " + block);
    }
    return new TensorType(
        in.channels() / (block * block), in.height().times(block), in.width().times(block));
  }
}
