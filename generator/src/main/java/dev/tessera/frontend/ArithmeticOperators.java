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

  /** Squares and cubes of maps, as products. */
  static void pow(Call call) {
    Value.Map in = call.map(0);
    float exponent = call.number(1, "exponent");
    if (exponent != 2 && exponent != 3) {
      throw call.refuse(
          "onnx.operator",
          "Pow of a feature map by " + exponent + " is not supported",
          "squares and cubes are");
    }
    String square = exponent == 2 ? call.output(0) : call.fresh("_square");
    Value.Map made =
        call.emit(new Node.Mul(call.name(), in.name(), in.name(), square, Activation.NONE));
    if (exponent == 3) {
      made =
          call.emit(
              new Node.Mul(call.name(), made.name(), in.name(), call.output(0), Activation.NONE));
    }
    call.define(0, made);
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
        product(call);
      }
    }
  }

  /** The product of two maps; one of one channel, which scales all of the other, stands right. */
  private static void product(Call call) {
    Value.Map left = call.map(0);
    Value.Map right = call.map(1);
    boolean swapped = left.type().channels() == 1 && right.type().channels() > 1;
    Value.Map first = swapped ? right : left;
    Value.Map second = swapped ? left : right;
    call.define(
        0,
        call.emit(
            new Node.Mul(
                call.name(), first.name(), second.name(), call.output(0), Activation.NONE)));
  }

  static void div(Call call) {
    if (folded(call, (a, b) -> a / b)) {
      return;
    }
    if (!call.isConstant(1)) {
      throw call.refuse(
          "onnx.operator",
          "Div by a feature map is not supported",
          "the divisor has to be a constant");
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
