package dev.tessera.pass;

import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;

/**
 * Folds {@code scale * x + offset} into the convolutions that read it. Padding stays exact: a
 * padded pixel of value p behind the affine function is (p - offset) / scale before it.
 */
final class AffineBeforeConv implements Pass {
  @Override
  public String name() {
    return "affine-before-conv";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node node : editor.nodes()) {
      if (node instanceof Node.Affine affine) {
        for (Node reader : editor.readers(affine.output())) {
          if (reader instanceof Node.Conv conv && isFoldable(affine, conv)) {
            editor.put(fold(affine, conv));
          }
        }
      }
    }
    return editor.build();
  }

  private static boolean isFoldable(Node.Affine affine, Node.Conv conv) {
    boolean invertible = true;
    for (float s : affine.scale()) {
      invertible &= s != 0;
    }
    boolean padded = conv.border() == Border.VALUE && !conv.pads().isNone();
    boolean fixed = conv.kernel().fixed() != null;
    boolean keepsCodes = Tables.uniform(affine.scale()) && affine.scale()[0] > 0;
    return (invertible || !padded) && (!fixed || keepsCodes);
  }

  private static Node.Conv fold(Node.Affine affine, Node.Conv conv) {
    Kernel k = conv.kernel();
    int area = k.height() * k.width();
    int perGroup = k.outChannels() / k.groups();
    float[] weights = k.weights().clone();
    float[] bias = k.bias().clone();
    for (int o = 0; o < k.outChannels(); o++) {
      double sum = bias[o];
      for (int i = 0; i < k.inChannelsPerGroup(); i++) {
        int channel = o / perGroup * k.inChannelsPerGroup() + i;
        for (int t = 0; t < area; t++) {
          int at = (o * k.inChannelsPerGroup() + i) * area + t;
          sum += (double) weights[at] * Tables.at(affine.offset(), channel);
          weights[at] = (float) ((double) weights[at] * Tables.at(affine.scale(), channel));
        }
      }
      bias[o] = (float) sum;
    }
    Kernel.WeightQuant fixed = k.fixed();
    if (fixed != null) {
      double[] scales = fixed.scale().clone();
      for (int c = 0; c < scales.length; c++) {
        scales[c] *= affine.scale()[0];
      }
      fixed = new Kernel.WeightQuant(fixed.bits(), scales);
    }
    Kernel kernel = Convs.withWeights(k, weights, bias, fixed);
    Node.Conv folded = Convs.withKernel(conv, kernel, padValue(affine, conv));
    return Convs.withEnds(folded, affine.input(), conv.output());
  }

  private static float[] padValue(Node.Affine affine, Node.Conv conv) {
    if (conv.border() != Border.VALUE || conv.pads().isNone()) {
      return new float[] {0};
    }
    float[] values = new float[conv.kernel().inChannels()];
    for (int c = 0; c < values.length; c++) {
      double behind = Tables.at(conv.padValue(), c);
      values[c] = (float) ((behind - Tables.at(affine.offset(), c)) / Tables.at(affine.scale(), c));
    }
    return Tables.shrink(values);
  }
}
