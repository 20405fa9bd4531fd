package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.stream.IntStream;

/**
 * Orders the channels before every DepthToSpace phase major (DCR): the permutation becomes a Select
 * that a convolution absorbs where it can.
 */
final class DcrOrder implements Pass {
  @Override
  public String name() {
    return "dcr-order";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node node : editor.nodes()) {
      if (node instanceof Node.DepthToSpace d2s && d2s.crd()) {
        int area = d2s.block() * d2s.block();
        int channels = editor.channels(d2s.output());
        int[] order =
            IntStream.range(0, channels * area)
                .map(c -> c % channels * area + c / channels)
                .toArray();
        String sorted = editor.fresh(d2s.input() + "_dcr");
        editor.put(new Node.Select(d2s.name(), d2s.input(), sorted, order));
        editor.put(new Node.DepthToSpace(d2s.name(), sorted, d2s.output(), d2s.block(), false));
      }
    }
    return editor.build();
  }
}
