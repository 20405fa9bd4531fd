package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import java.util.Arrays;

/**
 * Drops prescribed quantisations that repeat the one before, and clips that saturation to the codes
 * does anyway.
 */
final class FoldFakeQuant implements Pass {
  @Override
  public String name() {
    return "fold-fake-quant";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      Node node = editor.producer(old.output());
      if (node instanceof Node.FakeQuant quant) {
        quant(editor, quant);
      } else if (node instanceof Node.Activate act) {
        clip(editor, act);
      }
    }
    return editor.build();
  }

  static boolean same(ValueQuant a, ValueQuant b) {
    return a.type().equals(b.type())
        && Arrays.equals(a.scale(), b.scale())
        && Arrays.equals(a.zero(), b.zero());
  }

  private static void quant(Editor editor, Node.FakeQuant node) {
    Node before = editor.producer(node.input());
    if (before instanceof Node.FakeQuant first && same(first.quant(), node.quant())) {
      drop(editor, node);
    } else if (before instanceof Node.Activate act
        && act.activation() instanceof Activation.Clip clip
        && covers(clip, node.quant())) {
      editor.put(new Node.FakeQuant(node.name(), act.input(), node.output(), node.quant()));
    }
  }

  private static void clip(Editor editor, Node.Activate node) {
    if (editor.producer(node.input()) instanceof Node.FakeQuant before
        && node.activation() instanceof Activation.Clip clip
        && covers(clip, before.quant())) {
      drop(editor, node);
    }
  }

  /** Whether every number that the codes can stand for passes the clip unchanged. */
  private static boolean covers(Activation.Clip clip, ValueQuant quant) {
    int entries = Math.max(quant.scale().length, quant.zero().length);
    for (int c = 0; c < entries; c++) {
      double lo = quant.scaleOf(c) * (quant.type().min() - quant.zeroOf(c));
      double hi = quant.scaleOf(c) * (quant.type().max() - quant.zeroOf(c));
      if (clip.lo() > lo || clip.hi() < hi) {
        return false;
      }
    }
    return true;
  }

  private static void drop(Editor editor, Node node) {
    editor.redirect(node.output(), node.inputs().get(0));
    editor.remove(node);
  }
}
