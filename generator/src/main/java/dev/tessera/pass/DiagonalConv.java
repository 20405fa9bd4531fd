package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A 1x1 convolution whose output channels read at most one input channel each is wiring with a
 * scale and an offset: mean shifts, channel repetition, channel shuffles.
 */
final class DiagonalConv implements Pass {
  @Override
  public String name() {
    return "diagonal-conv";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node node : editor.nodes()) {
      if (node instanceof Node.Conv conv && isCandidate(conv)) {
        int[] source = sources(conv.kernel());
        if (source != null) {
          replace(editor, conv, source);
        }
      }
    }
    return editor.build();
  }

  // A model that prescribes integer weights wants them multiplied.
  private static boolean isCandidate(Node.Conv conv) {
    Kernel k = conv.kernel();
    return k.height() == 1
        && k.width() == 1
        && k.fixed() == null
        && conv.stride().isOne()
        && conv.pads().isNone()
        && Convs.isLinear(conv);
  }

  /** The input channel of every output channel, or null if one reads several. */
  private static int[] sources(Kernel k) {
    int perGroup = k.outChannels() / k.groups();
    int[] source = new int[k.outChannels()];
    for (int o = 0; o < source.length; o++) {
      int found = -1;
      for (int i = 0; i < k.inChannelsPerGroup(); i++) {
        if (k.weights()[o * k.inChannelsPerGroup() + i] != 0) {
          if (found >= 0) {
            return null;
          }
          found = i;
        }
      }
      source[o] = o / perGroup * k.inChannelsPerGroup() + Math.max(0, found);
    }
    return source;
  }

  private static void replace(Editor editor, Node.Conv conv, int[] source) {
    Kernel k = conv.kernel();
    int perGroup = k.outChannels() / k.groups();
    float[] scale = new float[source.length];
    for (int o = 0; o < scale.length; o++) {
      int inner = source[o] - o / perGroup * k.inChannelsPerGroup();
      scale[o] = k.weights()[o * k.inChannelsPerGroup() + inner];
    }
    String in = conv.input();
    if (!Arrays.equals(source, IntStream.range(0, k.inChannels()).toArray())) {
      in = editor.fresh(conv.output() + "_wired");
      editor.put(new Node.Select(conv.name(), conv.input(), in, source));
    }
    editor.put(
        new Node.Affine(
            conv.name(), in, conv.output(), Tables.shrink(scale), Tables.shrink(k.bias())));
  }
}
