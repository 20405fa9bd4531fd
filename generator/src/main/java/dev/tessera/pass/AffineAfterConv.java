package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;

/**
 * Folds {@code scale * x + offset} into the convolution that makes x, or into the operands of the
 * addition that makes it: batch normalisation, output scaling, mean addition.
 */
final class AffineAfterConv implements Pass {
  @Override
  public String name() {
    return "affine-after-conv";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Affine affine
          && editor.isPrivate(affine.input())) {
        Node before = editor.producer(affine.input());
        if (before instanceof Node.Conv conv) {
          fold(editor, conv, affine);
        } else if (before instanceof Node.Add add) {
          fold(editor, add, affine);
        }
      }
    }
    return editor.build();
  }

  private static void fold(Editor editor, Node.Conv conv, Node.Affine affine) {
    Node.Conv folded = scaled(conv, affine.scale(), affine.offset());
    if (folded != null) {
      editor.remove(affine);
      editor.remove(conv);
      editor.put(Convs.withEnds(folded, conv.input(), affine.output()));
    }
  }

  private static void fold(Editor editor, Node.Add add, Node.Affine affine) {
    if (!(add.activation() instanceof Activation.None) || add.left().equals(add.right())) {
      return;
    }
    // The right operand takes the offset with its own sign where the left cannot.
    Node.Conv left = operand(editor, add.left(), affine.scale(), affine.offset());
    float[] rest = left == null ? times(affine.offset(), add.sign()) : new float[] {0};
    Node.Conv right = operand(editor, add.right(), affine.scale(), rest);
    boolean either = Tables.all(affine.scale(), 1) && (left != null || right != null);
    if (!either && (left == null || right == null)) {
      return;
    }
    if (left != null) {
      editor.put(left);
    }
    if (right != null) {
      editor.put(right);
    }
    editor.remove(affine);
    editor.remove(add);
    editor.put(
        new Node.Add(
            add.name(), add.left(), add.right(), affine.output(), add.sign(), add.activation()));
  }

  private static float[] times(float[] table, int sign) {
    float[] product = table.clone();
    for (int c = 0; c < product.length; c++) {
      product[c] *= sign;
    }
    return product;
  }

  /** The scaled convolution behind an operand, or null. */
  private static Node.Conv operand(Editor editor, String value, float[] scale, float[] offset) {
    return editor.producer(value) instanceof Node.Conv conv
            && Convs.isLinear(conv)
            && editor.isPrivate(value)
        ? scaled(conv, scale, offset)
        : null;
  }

  /** The convolution that also scales and shifts its result, or null if there is none. */
  private static Node.Conv scaled(Node.Conv conv, float[] scale, float[] offset) {
    Kernel k = conv.kernel();
    Activation activation = through(conv.activation(), scale, offset);
    Kernel.WeightQuant fixed = k.fixed();
    if (activation == null || (fixed != null && !positive(scale))) {
      return null;
    }
    int taps = k.weights().length / k.outChannels();
    float[] weights = k.weights().clone();
    float[] bias = k.bias().clone();
    double[] scales = new double[k.outChannels()];
    for (int o = 0; o < k.outChannels(); o++) {
      double s = Tables.at(scale, o);
      for (int t = 0; t < taps; t++) {
        weights[o * taps + t] = (float) (weights[o * taps + t] * s);
      }
      bias[o] = (float) (bias[o] * s + Tables.at(offset, o));
      if (fixed != null) {
        scales[o] = fixed.scale()[fixed.scale().length == 1 ? 0 : o] * s;
      }
    }
    Kernel.WeightQuant again = fixed == null ? null : new Kernel.WeightQuant(fixed.bits(), scales);
    Kernel kernel = Convs.withWeights(k, weights, bias, again);
    return Convs.withKernel(conv, kernel, conv.padValue()).withActivation(activation);
  }

  /** The activation behind the scaled sum that equals the scaled activation, or null. */
  private static Activation through(Activation activation, float[] scale, float[] offset) {
    if (activation instanceof Activation.None) {
      return activation;
    }
    if (activation instanceof Activation.Clip clip
        && Tables.uniform(scale)
        && Tables.uniform(offset)
        && scale[0] != 0) {
      float a = clip.lo() * scale[0] + offset[0];
      float b = clip.hi() * scale[0] + offset[0];
      return new Activation.Clip(Math.min(a, b), Math.max(a, b));
    }
    boolean keeps =
        activation instanceof Activation.Leaky && positive(scale) && Tables.all(offset, 0);
    return keeps ? activation : null;
  }

  private static boolean positive(float[] scale) {
    for (float s : scale) {
      if (!(s > 0)) {
        return false;
      }
    }
    return true;
  }
}
