package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;

/** Copies of convolutions with one part replaced. */
final class Convs {
  private Convs() {}

  static Node.Conv withKernel(Node.Conv conv, Kernel kernel, float[] padValue) {
    return new Node.Conv(
        conv.name(),
        conv.input(),
        conv.output(),
        kernel,
        conv.stride(),
        conv.pads(),
        conv.border(),
        padValue,
        conv.activation());
  }

  static Node.Conv withEnds(Node.Conv conv, String input, String output) {
    return new Node.Conv(
        conv.name(),
        input,
        output,
        conv.kernel(),
        conv.stride(),
        conv.pads(),
        conv.border(),
        conv.padValue(),
        conv.activation());
  }

  static Node.Conv withPads(
      Node.Conv conv, Kernel kernel, Pads pads, Border border, float[] padValue) {
    return new Node.Conv(
        conv.name(),
        conv.input(),
        conv.output(),
        kernel,
        conv.stride(),
        pads,
        border,
        padValue,
        conv.activation());
  }

  static Kernel withWeights(
      Kernel kernel, float[] weights, float[] bias, Kernel.WeightQuant fixed) {
    return new Kernel(
        kernel.outChannels(),
        kernel.inChannelsPerGroup(),
        kernel.height(),
        kernel.width(),
        kernel.groups(),
        weights,
        bias,
        fixed);
  }

  static boolean isLinear(Node.Conv conv) {
    return conv.activation() instanceof Activation.None;
  }
}
