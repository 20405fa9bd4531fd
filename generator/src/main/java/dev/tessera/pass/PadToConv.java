package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Stride;
import java.util.Arrays;

/** Padding or cropping that no convolution took becomes one: depthwise, 1x1, all ones. */
final class PadToConv implements Pass {
  @Override
  public String name() {
    return "pad-to-conv";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node node : editor.nodes()) {
      if (node instanceof Node.Pad pad) {
        int channels = editor.channels(pad.input());
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        Kernel identity = new Kernel(channels, 1, 1, 1, channels, ones, new float[channels], null);
        editor.put(
            new Node.Conv(
                pad.name(),
                pad.input(),
                pad.output(),
                identity,
                Stride.ONE,
                pad.pads(),
                pad.border(),
                pad.padValue(),
                Activation.NONE));
      }
    }
    return editor.build();
  }
}
