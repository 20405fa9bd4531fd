package dev.tessera.frontend;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Node;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** Add, Sub, Mul, Div and Neg of feature maps and constants. */
final class ArithmeticOperators {
  private static final float[] ONE = {1};
  private static final float[] ZERO = {0};

  private ArithmeticOperators() {}

  static void add(Call call) {
    if (!folded(call, Double::sum)) {
      if (call.isConstant(0)) {
        affine(call, 1, ONE, operand(call, 0));
      } else if (call.isConstant(1)) {
        affine(call, 0, ONE, operand(call, 1));
      } else {
        combine(call, 1);
      }
    }
  }

  static void sub(Call call) {
    if (!folded(call, (a, b) -> a - b)) {
      if (call.isConstant(0)) {
        affine(call, 1, new float[] {-1}, operand(call, 0));
      } else if (call.isConstant(1)) {
        float[] offset = operand(call, 1);
        for (int i = 0; i < offset.length; i++) {
          offset[i] = -offset[i];
        }
        affine(call, 0, ONE, offset);
      } else {
        combine(call, -1);
      }
    }
  }

  static void neg(Call call) {
    affine(call, 0, new float[] {-1}, ZERO);
  }

  static void mul(Call call) {
    if (!folded(call, (a, b) -> a * b)) {
      if (call.isConstant(0)) {
        affine(call, 1, operand(call, 0), ZERO);
      } else if (call.isConstant(1)) {
        affine(call, 0, operand(call, 1), ZERO);
      } else {
        throw ofMaps(call);
      }
    }
  }

  static void div(Call call) {
    if (folded(call, (a, b) -> a / b)) {
      return;
    }
    if (!call.isConstant(1)) {
      throw ofMaps(call);
    }
    float[] scale = operand(call, 1);
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) (1.0 / scale[i]);
      if (!Float.isFinite(scale[i])) {
        throw call.refuse("onnx.constant", "it divides by zero", "mend the model");
      }
    }
    affine(call, 0, scale, ZERO);
  }

  private static RuntimeException ofMaps(Call call) {
    return call.refuse(
        "onnx.operator",
        call.operator() + " by a feature map is not supported",
        "one operand has to be a constant");
  }

  private static float[] operand(Call call, int i) {
    return PerChannel.expanding(call, call.constant(i, "operand"), "operand");
  }

  /**
   * {@code scale * x + offset}, x repeated along the channels where only the constants have them.
   */
  private static void affine(Call call, int input, float[] scale, float[] offset) {
    int channels = Math.max(scale.length, offset.length);
    Value.Map in = repeated(call, call.map(input), channels);
    if (channels != 1 && channels != in.type().channels()) {
      throw call.refuse(
          "onnx.shape",
          "its operand has " + channels + " values for " + in.type().channels() + " channels",
          "it must have one value, or one per channel as [C, 1, 1]");
    }
    call.define(
        0, call.emit(new Node.Affine(call.name(), in.name(), call.output(0), scale, offset)));
  }

  private static void combine(Call call, int sign) {
    int channels = Math.max(call.map(0).type().channels(), call.map(1).type().channels());
    Value.Map left = repeated(call, call.map(0), channels);
    Value.Map right = repeated(call, call.map(1), channels);
    call.define(
        0,
        call.emit(
            new Node.Add(
                call.name(), left.name(), right.name(), call.output(0), sign, Activation.NONE)));
  }

  private static Value.Map repeated(Call call, Value.Map in, int channels) {
    if (in.type().channels() != 1 || channels == 1) {
      return in;
    }
    int[] same = new int[channels];
    return call.emit(new Node.Select(call.name(), in.name(), call.fresh("_repeated"), same));
  }

  /** Constant folding; false if an operand is a feature map. */
  private static boolean folded(Call call, DoubleBinaryOperator operator) {
    if (!call.isConstant(0) || !call.isConstant(1)) {
      return false;
    }
    Tensor a = call.constant(0, "operand");
    Tensor b = call.constant(1, "operand");
    PerChannel.requireFloat(call, a, "operand");
    PerChannel.requireFloat(call, b, "operand");
    Tensor shape = a.data().length >= b.data().length ? a : b;
    boolean fits = a.isScalar() || b.isScalar() || Arrays.equals(a.dims(), b.dims());
    if (!fits) {
      throw call.refuse(
          "onnx.constant",
          "constants of shapes " + a.shape() + " and " + b.shape() + " cannot be folded",
          "fold constant expressions when exporting");
    }
    double[] data = new double[shape.data().length];
    for (int i = 0; i < data.length; i++) {
      double left = a.data()[a.isScalar() ? 0 : i];
      double right = b.data()[b.isScalar() ? 0 : i];
      data[i] = (float) operator.applyAsDouble(left, right);
    }
    call.define(0, new Value.Constant(new Tensor(shape.dims(), shape.type(), data, null)));
    return true;
  }
}
