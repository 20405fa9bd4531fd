package dev.tessera.frontend;

import static dev.tessera.frontend.RefusalTest.bad;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Convolutions and pointwise operators in forms that are not supported. */
final class RefusedOperators {
  private RefusedOperators() {}

  static Stream<Arguments> convolutions() {
    return Stream.of(
        bad("onnx.attribute", "attribute 'dilations' of Conv is [2]", b -> conv(b, "dilations", 2)),
        bad(
            "onnx.kernel",
            "a dilated kernel that spans 35 x 3 is not supported",
            b -> conv(b, "dilations", 17, 1)),
        bad(
            "onnx.attribute",
            "attribute 'auto_pad' of Conv with strides needs a map of fixed size",
            b -> conv(b, "strides", 2, 2).set("auto_pad", "SAME_UPPER")),
        bad(
            "onnx.attribute",
            "attribute 'dilations' of Conv is [0, 1]",
            b -> conv(b, "dilations", 0, 1)),
        bad(
            "onnx.attribute",
            "attribute 'strides' of Conv is [1, 5]",
            b -> conv(b, "strides", 1, 5)),
        bad("onnx.attribute", "attribute 'pads' of Conv is [1, 1]", b -> conv(b, "pads", 1, 1)),
        bad(
            "onnx.attribute",
            "attribute 'pads' of Conv is [-1, 0, 0, 0]",
            b -> conv(b, "pads", -1, 0, 0, 0)),
        bad(
            "onnx.attribute",
            "attribute 'kernel_shape' of Conv is [5, 5]",
            b -> conv(b, "kernel_shape", 5, 5)),
        bad(
            "onnx.attribute",
            "attribute 'group' of Conv is 3",
            b -> b.node("Conv", "y", "x", b.random(1, 4, 1, 3, 3)).set("group", 3)),
        bad(
            "onnx.attribute",
            "attribute 'auto_pad' of Conv is 'SAME'",
            b -> conv(b, "pads", 1, 1, 1, 1).set("auto_pad", "SAME")),
        bad(
            "onnx.attribute",
            "attribute 'pads' of Conv contradicts auto_pad VALID",
            b -> conv(b, "pads", 1, 1, 1, 1).set("auto_pad", "VALID")),
        bad(
            "onnx.attribute",
            "attribute 'wobble' of Conv is not supported",
            b -> conv(b, "wobble", 1)),
        bad(
            "onnx.attribute",
            "attribute 'pads' of Conv is there twice",
            b -> conv(b, "pads", 1, 1, 1, 1).set("pads", new long[4])),
        bad(
            "onnx.attribute",
            "attribute 'pads' of Conv is of type INT instead of INTS",
            b -> b.node("Conv", "y", "x", b.random(1, 4, 3, 3, 3)).set("pads", 1)),
        bad("onnx.kernel", "a kernel of 13 x 13 is not supported", b -> b.conv("y", "x", 3, 1, 13)),
        bad(
            "onnx.shape",
            "the convolution expects 2 channels and its input has 3",
            b -> b.conv("y", "x", 2, 1, 3)),
        bad(
            "onnx.shape",
            "its kernel has shape [4, 3, 3]",
            b -> b.node("Conv", "y", "x", b.random(1, 4, 3, 3))),
        bad(
            "onnx.shape",
            "its bias has shape [3] for 4 output channels",
            b -> b.node("Conv", "y", "x", b.random(1, 4, 3, 3, 3), b.random(1, 3))),
        bad(
            "onnx.constant",
            "its kernel 'k' is not a constant",
            b -> b.node("Relu", "k", "x").node("Conv", "y", "x", "k")),
        bad(
            "onnx.constant",
            "its kernel holds NaN",
            b -> b.node("Conv", "y", "x", b.floats(new float[] {1, Float.NaN, 1}, 1, 3, 1, 1))));
  }

  private static OnnxBuilder conv(OnnxBuilder b, String attribute, long... values) {
    return b.node("Conv", "y", "x", b.random(1, 4, 3, 3, 3)).set(attribute, values);
  }

  static Stream<Arguments> operators() {
    return Stream.of(
        bad("onnx.operator", "operator Softmax is not supported", b -> b.node("Softmax", "y", "x")),
        bad(
            "onnx.operator",
            "operator Relu of domain 'com.example' is not supported",
            b -> b.node("Relu", "y", "x").last().setDomain("com.example")),
        bad(
            "onnx.node",
            "3 inputs and 1 outputs are not supported",
            b -> b.node("Add", "y", "x", "x", "x")),
        bad("onnx.node", "input 0 is missing", b -> b.node("Relu", "y")),
        bad(
            "onnx.attribute",
            "attribute 'alpha' of Relu is not supported",
            b -> b.node("Relu", "y", "x").set("alpha", 1f)),
        bad(
            "onnx.attribute",
            "attribute 'alpha' of LeakyRelu is NaN",
            b -> b.node("LeakyRelu", "y", "x").set("alpha", Float.NaN)),
        bad(
            "onnx.attribute",
            "attribute 'min' of Clip is not supported",
            b -> b.node("Clip", "y", "x").set("min", 0f)),
        bad(
            "onnx.constant",
            "Clip has no values between 1.0 and 0.0",
            b -> b.node("Clip", "y", "x", b.number(1), b.number(0))),
        bad(
            "onnx.constant",
            "its min 'm' is not a constant",
            b -> b.node("Relu", "m", "x").node("Clip", "y", "x", "m")),
        bad(
            "onnx.shape",
            "its slope of shape [3] does not run along the channels",
            b -> b.node("PRelu", "y", "x", b.random(1, 3))),
        bad(
            "onnx.shape",
            "its slope has 2 values for 3 channels",
            b -> b.node("PRelu", "y", "x", b.random(1, 2, 1, 1))),
        bad(
            "onnx.operator",
            "Pow of a feature map by 0.5 is not supported",
            b -> b.node("Pow", "y", "x", b.number(0.5))),
        bad(
            "onnx.operator",
            "Div by a feature map is not supported",
            b -> b.node("Div", "y", b.number(1), "x")),
        bad("onnx.constant", "it divides by zero", b -> b.node("Div", "y", "x", b.number(0))),
        bad(
            "onnx.shape",
            "its operand of shape [3] does not run along the channels",
            b -> b.node("Add", "y", "x", b.random(1, 3))),
        bad(
            "onnx.shape",
            "its operand of shape [1, 5] does not run along the channels",
            b -> b.node("Mul", "y", "x", b.random(1, 1, 5))),
        bad(
            "onnx.shape",
            "its operand has 4 values for 3 channels",
            b -> b.node("Mul", "y", "x", b.random(1, 4, 1, 1))),
        bad(
            "onnx.type",
            "its operand is of type int64",
            b -> b.node("Mul", "y", "x", b.integers(2))),
        bad(
            "onnx.shape",
            "the operands differ in shape: 4 x H-2 x W-2 and 3 x H x W",
            b -> b.conv("c", "x", 3, 4, 3, 3, 1).node("Add", "y", "c", "x")),
        bad(
            "onnx.attribute",
            "attribute 'training_mode' of BatchNormalization is set",
            b ->
                b.node(
                        "BatchNormalization",
                        "y",
                        "x",
                        b.random(1, 3),
                        b.random(1, 3),
                        b.random(1, 3),
                        b.floats(new float[] {1, 1, 1}))
                    .set("training_mode", 1)),
        bad(
            "onnx.constant",
            "its variance is not positive",
            b ->
                b.node(
                    "BatchNormalization",
                    "y",
                    "x",
                    b.random(1, 3),
                    b.random(1, 3),
                    b.random(1, 3),
                    b.floats(new float[] {1, -1, 1}))),
        bad(
            "onnx.type",
            "casting a feature map to int32 is not supported",
            b -> b.node("Cast", "y", "x").set("to", 6)),
        bad(
            "onnx.attribute",
            "attribute 'to' of Cast is float16",
            b -> b.node("Cast", "y", "x").set("to", 10)),
        bad(
            "onnx.constant",
            "is a constant where a feature map is expected",
            b -> b.node("Relu", "y", b.number(1))));
  }
}
