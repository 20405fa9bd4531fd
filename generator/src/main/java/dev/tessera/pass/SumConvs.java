package dev.tessera.pass;

import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.TapLists;
import java.util.List;

/**
 * A sum of linear convolutions of one map, or of one and the map itself, becomes one convolution:
 * the parallel branches of re-parameterised training blocks. Kernels of different size lie with
 * their centres on each other; padding must be alike, except around windows of one pixel.
 */
final class SumConvs implements Pass {
  @Override
  public String name() {
    return "sum-convs";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Add add) {
        Node.Conv left = branch(editor, add.left(), add.right());
        Node.Conv right = branch(editor, add.right(), add.left());
        if (left != null && right != null && left.input().equals(right.input())) {
          merge(editor, add, left, right);
        }
      }
    }
    return editor.build();
  }

  /** The convolution that {@code value} is, or stands for beside one of itself, or null. */
  private static Node.Conv branch(Editor editor, String value, String other) {
    Node made = editor.producer(value);
    if (made instanceof Node.Conv conv && isFree(editor, conv)) {
      return conv;
    }
    if (editor.producer(other) instanceof Node.Conv conv
        && isFree(editor, conv)
        && conv.input().equals(value)
        && conv.kernel().outChannels() == conv.kernel().inChannels()) {
      Kernel identity = Compositions.identity(conv.kernel().inChannels(), conv.kernel().groups());
      return new Node.Conv(
          conv.name(),
          value,
          value,
          identity,
          conv.stride(),
          Pads.NONE,
          conv.border(),
          conv.padValue(),
          conv.activation());
    }
    return null;
  }

  private static boolean isFree(Editor editor, Node.Conv conv) {
    return editor.isPrivate(conv.output())
        && Convs.isLinear(conv)
        && conv.kernel().fixed() == null
        && conv.stride().isOne()
        && isSame(conv);
  }

  /** Whether the padding keeps the size of the map. */
  private static boolean isSame(Node.Conv conv) {
    Pads p = conv.pads();
    return p.top() >= 0
        && p.left() >= 0
        && p.top() + p.bottom() == conv.kernel().height() - 1
        && p.left() + p.right() == conv.kernel().width() - 1;
  }

  private static void merge(Editor editor, Node.Add add, Node.Conv left, Node.Conv right) {
    Node.Conv padded = left.pads().isNone() ? right : left;
    boolean alike =
        left.pads().isNone()
            || right.pads().isNone()
            || left.border() == right.border()
                && (left.border() != Border.VALUE || isSameFill(left, right));
    if (!alike) {
      return;
    }
    boolean grouped = left.kernel().groups() == right.kernel().groups();
    Kernel a = grouped ? left.kernel() : Compositions.dense(left.kernel());
    Kernel b = grouped ? right.kernel() : Compositions.dense(right.kernel());
    Pads l = left.pads();
    Pads r = right.pads();
    Pads pads =
        new Pads(
            Math.max(l.top(), r.top()),
            Math.max(l.left(), r.left()),
            Math.max(l.bottom(), r.bottom()),
            Math.max(l.right(), r.right()));
    int height = pads.top() + 1 + pads.bottom();
    int width = pads.left() + 1 + pads.right();
    Kernel sum =
        Compositions.sum(
            Compositions.widened(a, pads.top() - l.top(), pads.left() - l.left(), height, width),
            Compositions.widened(b, pads.top() - r.top(), pads.left() - r.left(), height, width),
            add.sign());
    long before = products(left.kernel()) + products(right.kernel());
    if (products(sum) > before) {
      return;
    }
    for (Node.Conv branch : List.of(left, right)) {
      // The map itself stands for no node of its own.
      if (editor.holds(branch)) {
        editor.remove(branch);
      }
    }
    editor.put(
        new Node.Conv(
            add.name(),
            left.input(),
            add.output(),
            sum,
            left.stride(),
            pads,
            padded.border(),
            padded.padValue(),
            add.activation()));
  }

  private static boolean isSameFill(Node.Conv a, Node.Conv b) {
    for (int c = 0; c < a.kernel().inChannels(); c++) {
      if (Tables.at(a.padValue(), c) != Tables.at(b.padValue(), c)) {
        return false;
      }
    }
    return true;
  }

  private static long products(Kernel kernel) {
    return TapLists.of(kernel).products(kernel.outChannels());
  }
}
