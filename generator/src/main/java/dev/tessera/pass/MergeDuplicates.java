package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Computes once what several nodes compute alike; QDQ exporters repeat their pairs per reader. */
final class MergeDuplicates implements Pass {
  @Override
  public String name() {
    return "merge-duplicates";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    Map<String, String> seen = new HashMap<>();
    for (Node old : editor.nodes()) {
      Node node = editor.producer(old.output());
      String key = key(node);
      String first = key == null ? null : seen.putIfAbsent(key, node.output());
      if (first != null) {
        editor.redirect(node.output(), first);
        editor.remove(node);
      }
    }
    return editor.build();
  }

  /** Equal for nodes that make equal values; null for those that are not compared. */
  private static String key(Node node) {
    String in = node.getClass().getSimpleName() + node.inputs();
    if (node instanceof Node.Select select) {
      return in + Arrays.toString(select.channels());
    }
    if (node instanceof Node.Affine affine) {
      return in + Arrays.toString(affine.scale()) + Arrays.toString(affine.offset());
    }
    if (node instanceof Node.Activate act) {
      return in + key(act.activation());
    }
    if (node instanceof Node.FakeQuant quant) {
      ValueQuant q = quant.quant();
      return in + q.type() + Arrays.toString(q.scale()) + Arrays.toString(q.zero());
    }
    if (node instanceof Node.DepthToSpace d2s) {
      return in + d2s.block() + d2s.crd();
    }
    if (node instanceof Node.Pad pad) {
      return in + pad.pads() + pad.border() + Arrays.toString(pad.padValue());
    }
    if (node instanceof Node.Pool pool) {
      Node.Pool bare =
          new Node.Pool(
              "", "", "", pool.pooling(), pool.height(), pool.width(), pool.stride(), pool.pads());
      return in + bare;
    }
    if (node instanceof Node.Resize resize) {
      return in + resize.sampling();
    }
    return node instanceof Node.Concat ? in : null;
  }

  private static String key(Activation activation) {
    return activation instanceof Activation.Leaky leaky
        ? "Leaky" + Arrays.toString(leaky.slope())
        : activation.toString();
  }
}
