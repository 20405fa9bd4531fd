package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Drops operators that do nothing and joins pointwise constants that follow each other. */
final class FoldConstants implements Pass {
  @Override
  public String name() {
    return "fold-constants";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node node : editor.nodes()) {
      if (!editor.holds(node)) {
        continue;
      }
      if (isIdentity(editor, node)) {
        editor.redirect(node.output(), node.inputs().get(0));
        editor.remove(node);
      } else if (node instanceof Node.Affine affine) {
        join(editor, affine);
      } else if (node instanceof Node.Activate act) {
        join(editor, act);
      }
    }
    return editor.build();
  }

  private static boolean isIdentity(Editor editor, Node node) {
    if (node instanceof Node.Affine affine) {
      return Tables.all(affine.scale(), 1) && Tables.all(affine.offset(), 0);
    }
    if (node instanceof Node.Activate act) {
      return isIdentity(act.activation());
    }
    if (node instanceof Node.Pad pad) {
      return pad.pads().isNone();
    }
    if (node instanceof Node.Concat concat) {
      return concat.inputs().size() == 1;
    }
    if (node instanceof Node.Select select) {
      int channels = editor.channels(select.input());
      return Arrays.equals(select.channels(), IntStream.range(0, channels).toArray());
    }
    return false;
  }

  private static boolean isIdentity(Activation activation) {
    if (activation instanceof Activation.Clip clip) {
      return clip.lo() == Float.NEGATIVE_INFINITY && clip.hi() == Float.POSITIVE_INFINITY;
    }
    if (activation instanceof Activation.Leaky leaky) {
      return Tables.all(leaky.slope(), 1);
    }
    return activation instanceof Activation.None;
  }

  private static void join(Editor editor, Node.Affine second) {
    if (!(editor.producer(second.input()) instanceof Node.Affine first)) {
      return;
    }
    int channels = editor.channels(second.output());
    float[] scale = new float[channels];
    float[] offset = new float[channels];
    for (int c = 0; c < channels; c++) {
      double s = Tables.at(second.scale(), c);
      scale[c] = (float) (s * Tables.at(first.scale(), c));
      offset[c] = (float) (s * Tables.at(first.offset(), c) + Tables.at(second.offset(), c));
    }
    editor.put(
        new Node.Affine(
            second.name(),
            first.input(),
            second.output(),
            Tables.shrink(scale),
            Tables.shrink(offset)));
  }

  private static void join(Editor editor, Node.Activate second) {
    Activation plain = plain(second.activation());
    if (plain != second.activation()) {
      editor.put(new Node.Activate(second.name(), second.input(), second.output(), plain));
      return;
    }
    if (editor.producer(second.input()) instanceof Node.Activate first) {
      Activation both = compose(first.activation(), second.activation());
      if (both != null) {
        editor.put(new Node.Activate(second.name(), first.input(), second.output(), both));
      }
    }
  }

  /** A leaky slope of zero is a clip at zero. */
  private static Activation plain(Activation activation) {
    boolean zero = activation instanceof Activation.Leaky leaky && Tables.all(leaky.slope(), 0);
    return zero ? Activation.relu() : activation;
  }

  /** {@code second(first(x))} as one activation, or null. */
  static Activation compose(Activation first, Activation second) {
    if (first instanceof Activation.None) {
      return second;
    }
    if (first instanceof Activation.Clip a && second instanceof Activation.Clip b) {
      return new Activation.Clip(clamp(a.lo(), b), clamp(a.hi(), b));
    }
    if (first instanceof Activation.Clip a && second instanceof Activation.Leaky && a.lo() >= 0) {
      return a;
    }
    return null;
  }

  private static float clamp(float x, Activation.Clip clip) {
    return Math.max(clip.lo(), Math.min(clip.hi(), x));
  }
}
