package dev.tessera.frontend;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Node;

/** Relu, LeakyRelu, PRelu, Clip, Tanh and Sigmoid. */
final class PointwiseOperators {
  private PointwiseOperators() {}

  static void relu(Call call) {
    activate(call, Activation.relu());
  }

  static void leakyRelu(Call call) {
    float alpha = call.attributes().real("alpha", 0.01f);
    activate(call, new Activation.Leaky(new float[] {alpha}));
  }

  static void prelu(Call call) {
    int channels = call.map(0).type().channels();
    float[] slope = PerChannel.of(call, call.constant(1, "slope"), channels, "slope");
    activate(call, new Activation.Leaky(slope));
  }

  static void clip(Call call) {
    float lo = call.has(1) ? call.number(1, "min") : Float.NEGATIVE_INFINITY;
    float hi = call.has(2) ? call.number(2, "max") : Float.POSITIVE_INFINITY;
    if (!(lo <= hi)) {
      throw call.refuse(
          "onnx.constant", "Clip has no values between " + lo + " and " + hi, "swap its bounds");
    }
    activate(call, new Activation.Clip(lo, hi));
  }

  static void tanh(Call call) {
    activate(call, new Activation.Smooth(Activation.Function.TANH));
  }

  static void sigmoid(Call call) {
    activate(call, new Activation.Smooth(Activation.Function.SIGMOID));
  }

  private static void activate(Call call, Activation activation) {
    Value.Map in = call.map(0);
    Node node = new Node.Activate(call.name(), in.name(), call.output(0), activation);
    call.define(0, call.emit(node));
  }
}
