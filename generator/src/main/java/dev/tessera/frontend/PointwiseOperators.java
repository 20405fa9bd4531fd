package dev.tessera.frontend;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Node;

/** Functions of every pixel by itself. */
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

  /** What reads an operator that is {@code function} without further ado. */
  static Operator.Reading smooth(Activation.Function function) {
    return call -> activate(call, new Activation.Smooth(function));
  }

  static void elu(Call call) {
    float alpha = call.attributes().real("alpha", 1);
    if (!Float.isFinite(alpha)) {
      throw call.attributes().refuse("alpha", "is " + alpha);
    }
    activate(call, new Activation.Smooth(Activation.Function.ELU, alpha));
  }

  static void gelu(Call call) {
    String approximate = call.attributes().text("approximate", "none");
    boolean tanh = approximate.equals("tanh");
    if (!tanh && !approximate.equals("none")) {
      throw call.attributes()
          .refuse("approximate", "is '" + approximate + "', which is not supported");
    }
    activate(
        call,
        new Activation.Smooth(tanh ? Activation.Function.GELU_TANH : Activation.Function.GELU));
  }

  /** A line, clipped to 0 to 1. */
  static void hardSigmoid(Call call) {
    Value.Map in = call.map(0);
    float[] scale = {call.attributes().real("alpha", 0.2f)};
    float[] offset = {call.attributes().real("beta", 0.5f)};
    Value.Map line =
        call.emit(new Node.Affine(call.name(), in.name(), call.fresh("_line"), scale, offset));
    Activation clip = new Activation.Clip(0, 1);
    call.define(0, call.emit(new Node.Activate(call.name(), line.name(), call.output(0), clip)));
  }

  /** Mean and variance of every channel over the frame. */
  static void instanceNormalization(Call call) {
    Value.Map in = call.map(0);
    int channels = in.type().channels();
    float[] scale = perChannel(call, 1, "scale", channels);
    float[] offset = perChannel(call, 2, "B", channels);
    float epsilon = call.attributes().real("epsilon", 1e-5f);
    if (!(epsilon >= 0)) {
      throw call.attributes().refuse("epsilon", "is " + epsilon + "; it must not be negative");
    }
    call.define(
        0,
        call.emit(
            new Node.Normalize(
                call.name(),
                in.name(),
                call.output(0),
                scale,
                offset,
                epsilon,
                1,
                Activation.NONE)));
  }

  private static float[] perChannel(Call call, int input, String what, int channels) {
    Tensor tensor = call.constant(input, what);
    if (tensor.rank() != 1 || tensor.data().length != channels) {
      throw call.refuse(
          "onnx.shape",
          "its " + what + " has shape " + tensor.shape() + " for " + channels + " channels",
          "it must be a list of one number per channel");
    }
    return tensor.floats();
  }

  private static void activate(Call call, Activation activation) {
    Value.Map in = call.map(0);
    Node node = new Node.Activate(call.name(), in.name(), call.output(0), activation);
    call.define(0, call.emit(node));
  }
}
