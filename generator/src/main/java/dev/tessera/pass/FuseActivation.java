package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;

/** Lets the convolution, normalisation, addition or product before an activation compute it. */
final class FuseActivation implements Pass {
  @Override
  public String name() {
    return "fuse-activation";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Activate act
          && editor.isPrivate(act.input())) {
        fuse(editor, act, editor.producer(act.input()));
      }
    }
    return editor.build();
  }

  private static void fuse(Editor editor, Node.Activate act, Node before) {
    if (before instanceof Node.Conv conv) {
      Activation both = FoldConstants.compose(conv.activation(), act.activation());
      if (both != null) {
        editor.remove(act);
        editor.remove(conv);
        Node.Conv fused = conv.withActivation(both);
        editor.put(Convs.withEnds(fused, conv.input(), act.output()));
      }
    } else if (before instanceof Node.Add add) {
      Activation both = FoldConstants.compose(add.activation(), act.activation());
      if (both != null) {
        editor.remove(act);
        editor.remove(add);
        editor.put(
            new Node.Add(add.name(), add.left(), add.right(), act.output(), add.sign(), both));
      }
    } else if (before instanceof Node.Normalize norm) {
      Activation both = FoldConstants.compose(norm.activation(), act.activation());
      if (both != null) {
        editor.remove(act);
        editor.remove(norm);
        editor.put(norm.with(norm.input(), act.output(), both));
      }
    } else if (before instanceof Node.Mul mul) {
      Activation both = FoldConstants.compose(mul.activation(), act.activation());
      if (both != null) {
        editor.remove(act);
        editor.remove(mul);
        editor.put(new Node.Mul(mul.name(), mul.left(), mul.right(), act.output(), both));
      }
    }
  }
}
