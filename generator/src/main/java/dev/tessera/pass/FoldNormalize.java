package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;

/**
 * Brings normalisations behind the convolutions that can take their factors: a scale and an offset
 * that follow become part of one, and one behind a pixel shuffle moves before it, where the phases
 * of a channel share its statistics.
 */
final class FoldNormalize implements Pass {
  @Override
  public String name() {
    return "fold-normalize";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      Node node = editor.producer(old.output());
      if (node instanceof Node.Affine affine
          && editor.isPrivate(affine.input())
          && editor.producer(affine.input()) instanceof Node.Normalize norm
          && norm.activation() instanceof Activation.None) {
        scale(editor, norm, affine);
      } else if (node instanceof Node.Normalize norm
          && norm.phases() == 1
          && editor.isPrivate(norm.input())
          && editor.producer(norm.input()) instanceof Node.DepthToSpace shuffle
          && !shuffle.crd()) {
        hoist(editor, norm, shuffle);
      }
    }
    return editor.build();
  }

  private static void scale(Editor editor, Node.Normalize norm, Node.Affine affine) {
    int channels = norm.scale().length;
    if (norm.phases() > 1 && !(Tables.uniform(affine.scale()) && Tables.uniform(affine.offset()))) {
      return;
    }
    float[] scale = new float[channels];
    float[] offset = new float[channels];
    for (int c = 0; c < channels; c++) {
      double s = Tables.at(affine.scale(), c);
      scale[c] = (float) (norm.scale()[c] * s);
      offset[c] = (float) (norm.offset()[c] * s + Tables.at(affine.offset(), c));
    }
    editor.remove(affine);
    editor.remove(norm);
    editor.put(
        new Node.Normalize(
            norm.name(),
            norm.input(),
            affine.output(),
            scale,
            offset,
            norm.epsilon(),
            norm.phases(),
            Activation.NONE));
  }

  private static void hoist(Editor editor, Node.Normalize norm, Node.DepthToSpace shuffle) {
    int[] from = HoistPointwise.phases(editor.channels(shuffle.output()), shuffle.block(), false);
    String moved = editor.fresh(shuffle.input() + "_" + norm.output());
    editor.remove(norm);
    editor.remove(shuffle);
    editor.put(
        new Node.Normalize(
            norm.name(),
            shuffle.input(),
            moved,
            norm.scale(),
            norm.offset(),
            norm.epsilon(),
            shuffle.block() * shuffle.block(),
            Tables.gather(norm.activation(), from)));
    editor.put(new Node.DepthToSpace(shuffle.name(), moved, norm.output(), shuffle.block(), false));
  }
}
