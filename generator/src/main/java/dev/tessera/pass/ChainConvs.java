package dev.tessera.pass;

import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.TapLists;

/**
 * Two linear convolutions in a row, one of them 1 x 1, become one where that takes no more
 * multiplications: the expanded layers and filter banks of networks that are trained with more
 * layers than they need. A 1 x 1 in front of a padded one is exact where the border repeats pixels,
 * or is filled with what the 1 x 1 makes of zeros: its bias.
 */
final class ChainConvs implements Pass {
  @Override
  public String name() {
    return "chain-convs";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Conv second
          && editor.isPrivate(second.input())
          && editor.producer(second.input()) instanceof Node.Conv first
          && isCandidate(first, second)) {
        merge(editor, first, second);
      }
    }
    return editor.build();
  }

  private static boolean isCandidate(Node.Conv first, Node.Conv second) {
    boolean free = first.kernel().fixed() == null && second.kernel().fixed() == null;
    if (!free || !Convs.isLinear(first)) {
      return false;
    }
    boolean pointSecond = isPoint(second);
    return pointSecond || isPoint(first) && seesBias(first, second);
  }

  private static boolean isPoint(Node.Conv conv) {
    return conv.kernel().height() == 1
        && conv.kernel().width() == 1
        && conv.stride().isOne()
        && conv.pads().isNone();
  }

  /** Whether a border of zeros, or of repeated pixels, before {@code first} is right for both. */
  private static boolean seesBias(Node.Conv first, Node.Conv second) {
    if (second.pads().isNone() || second.border() != Border.VALUE) {
      return true;
    }
    float[] bias = first.kernel().bias();
    for (int m = 0; m < bias.length; m++) {
      if (bias[m] != Tables.at(second.padValue(), m)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the result is added to that of a convolution of the same map which multiplies all taps
   * of such a window anyway: both will be one.
   */
  private static boolean vanishes(Editor editor, Node.Conv first, Node.Conv second) {
    if (!editor.isPrivate(second.output())
        || !Convs.isLinear(second)
        || !(editor.readers(second.output()).get(0) instanceof Node.Add add)) {
      return false;
    }
    String other = add.left().equals(second.output()) ? add.right() : add.left();
    Node.Conv window = isPoint(second) ? first : second;
    return editor.isPrivate(other)
        && editor.producer(other) instanceof Node.Conv conv
        && conv.input().equals(first.input())
        && Convs.isLinear(conv)
        && conv.kernel().groups() == 1
        && conv.kernel().fixed() == null
        && conv.stride().equals(window.stride())
        && conv.pads().equals(window.pads())
        && conv.border() == window.border()
        && conv.kernel().height() == window.kernel().height()
        && conv.kernel().width() == window.kernel().width();
  }

  private static void merge(Editor editor, Node.Conv first, Node.Conv second) {
    Kernel merged = Compositions.product(first.kernel(), second.kernel());
    long before =
        TapLists.of(first.kernel()).products(first.kernel().outChannels())
            + TapLists.of(second.kernel()).products(second.kernel().outChannels());
    boolean more = TapLists.of(merged).products(merged.outChannels()) > before;
    if (more && !vanishes(editor, first, second)) {
      return;
    }
    Node.Conv window = isPoint(second) ? first : second;
    float[] padValue = window == first ? first.padValue() : new float[] {0};
    Node.Conv one =
        new Node.Conv(
            second.name(),
            first.input(),
            second.output(),
            merged,
            window.stride(),
            window.pads(),
            window.border(),
            padValue,
            second.activation());
    editor.remove(first);
    editor.put(one);
  }
}
