package dev.tessera.pass;

import static dev.tessera.pass.OperatorGraphs.norm;
import static dev.tessera.pass.OperatorGraphs.of;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.pass.OperatorGraphs.Sample;
import java.util.Arrays;
import java.util.stream.Stream;

/** Small models that the passes change most, and quantised ones. */
final class FoldingGraphs {
  private FoldingGraphs() {}

  static Stream<Sample> folding() {
    return Stream.of(
        of("mean shift before a padded convolution", 13, 3, FoldingGraphs::meanShift),
        of(
            "scale behind a clip",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 3, 3).node("Clip", "k", "c", b.number(0), b.number(1));
              b.node("Mul", "m", "k", b.number(-255)).node("Add", "y", "m", b.number(3));
            }),
        of(
            "offset behind a sum",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 3, 3).node("Sub", "s", "x", "c");
              b.node("Add", "y", "s", b.random(1, 3, 1, 1));
            }),
        of(
            "scale behind a sum of convolutions",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 3, 3).conv("d", "x", 3, 3, 5).node("Sub", "s", "c", "d");
              b.node("Mul", "m", "s", b.random(1, 3, 1, 1))
                  .node("Add", "y", "m", b.random(1, 3, 1, 1));
            }),
        of(
            "affine between ReLU and edge pad",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 4, 3).node("Relu", "r", "c");
              norm(b, "n", "r", 4).node("Pad", "p", "n", b.integers(0, 0, 1, 1, 0, 0, 1, 1));
              b.set("mode", "edge").conv("y", "p", 4, 3, 3, 3, 1);
            }),
        of(
            "zero scale before a padded convolution",
            13,
            3,
            b ->
                b.node("Mul", "m", "x", b.floats(new float[] {0, 1, 2}, 3, 1, 1))
                    .conv("y", "m", 3, 4, 3)),
        of(
            "parallel heads",
            13,
            3,
            b -> {
              b.conv("a", "x", 3, 4, 3).node("PRelu", "p", "a", b.random(1, 4, 1, 1));
              b.conv("c", "x", 3, 2, 3).node("PRelu", "q", "c", b.random(1, 2, 1, 1));
              b.conv("d", "x", 3, 2, 5).node("Concat", "y", "p", "q", "d").set("axis", 1);
            }),
        of(
            "split, convolve, concatenate",
            13,
            6,
            b -> {
              b.node("Split", "a", "x").also("b").also("c").set("axis", 1);
              b.conv("d", "a", 2, 3, 3).conv("e", "b", 2, 3, 3).conv("f", "c", 2, 3, 3);
              b.node("Concat", "k", "d", "e", "f").set("axis", 1).node("Relu", "y", "k");
            }),
        of(
            "split in another order",
            13,
            6,
            b -> {
              b.node("Split", "a", "x").also("b").also("c").set("axis", 1);
              b.conv("d", "c", 2, 3, 3).conv("e", "a", 2, 3, 3);
              b.node("Concat", "y", "d", "e").set("axis", 1);
            }),
        of(
            "channel shuffle between convolutions",
            13,
            4,
            b -> {
              b.conv("a", "x", 4, 4, 3, 3, 2, 1, 1, 1, 1);
              b.node("Slice", "e", "a", b.integers(0), b.integers(4), b.integers(1), b.integers(2));
              b.node("Slice", "o", "a", b.integers(1), b.integers(4), b.integers(1), b.integers(2));
              b.node("Concat", "k", "e", "o").set("axis", 1).conv("y", "k", 4, 3, 1);
            }),
        of(
            "duplicates",
            13,
            3,
            b -> {
              b.node("Relu", "r", "x").node("Relu", "s", "x").conv("c", "r", 3, 3, 3);
              b.node("Add", "y", "c", "s");
            }),
        of(
            "unused branch",
            13,
            3,
            b ->
                b.conv("c", "x", 3, 4, 3)
                    .node("Tanh", "t", "c")
                    .conv("d", "x", 3, 4, 5)
                    .node("Tanh", "y", "d")),
        of(
            "nested concat",
            13,
            2,
            b -> {
              b.conv("a", "x", 2, 2, 3).conv("c", "x", 2, 2, 5);
              b.node("Concat", "k", "x", "a").set("axis", 1);
              b.node("Concat", "l", "k", "c", "x").set("axis", 1);
              b.node("Slice", "s", "l", b.integers(1), b.integers(7), b.integers(1));
              b.node("Split", "t", "s", b.integers(2, 4)).also("u").set("axis", 1);
              b.conv("d", "u", 4, 2, 1).node("Add", "y", "d", "t");
            }));
  }

  /** As a 1x1 convolution, the way trained networks store it, and back at the end. */
  private static void meanShift(OnnxBuilder b) {
    float[] scales = {2, 0, 0, 0, 0.5f, 0, 0, 0, -1};
    b.node("Conv", "s", "x", b.floats(scales, 3, 3, 1, 1), b.random(0.5, 3));
    b.conv("c", "s", 3, 3, 3);
    float[] turned = {0, 1, 0, 0, 0, 1, 1, 0, 0};
    b.node("Conv", "y", "c", b.floats(turned, 3, 3, 1, 1), b.random(0.5, 3));
  }

  static Stream<Sample> quantised() {
    return Stream.of(
        of("int8 per tensor", 13, 3, b -> quantised(b, 3, false, 7)),
        of("uint8 per tensor", 12, 3, b -> quantised(b, 2, false, 131)),
        of("int8 per channel", 13, 3, b -> quantised(b, 3, true, 0)),
        of("opset 21", 21, 3, b -> quantised(b, 3, true, -3)),
        of(
            "activations per channel",
            13,
            3,
            b -> {
              String s = b.floats(new float[] {0.004f, 0.02f, 0.01f}, 3);
              String z = b.codes(2, new int[] {0, 3, 200}, 3);
              b.node("QuantizeLinear", "q", "x", s, z).set("axis", 1);
              b.node("DequantizeLinear", "d", "q", s, z).set("axis", -3).conv("y", "d", 3, 4, 3);
            }),
        of(
            "weights quantised in the graph",
            13,
            3,
            b -> {
              String s = b.floats(new float[] {0.01f, 0.02f, 0.03f, 0.04f}, 4);
              String z = b.codes(3, new int[4], 4);
              b.node("QuantizeLinear", "wq", b.random(1, 4, 3, 3, 3), s, z).set("axis", 0);
              b.node("DequantizeLinear", "w", "wq", s, z).set("axis", 0);
              b.quant("i", "x", 2, 1 / 255.0, 0).node("Conv", "c", "i", "w");
              b.set("pads", new long[] {1, 1, 1, 1}).quant("y", "c", 3, 0.05, 4);
            }),
        of(
            "other scale on the way back",
            13,
            3,
            b -> {
              b.node("QuantizeLinear", "q", "x", b.number(0.01), b.codes(2, new int[] {5}));
              b.node("DequantizeLinear", "d", "q", b.number(0.02), b.codes(2, new int[] {9}));
              b.conv("y", "d", 3, 4, 3);
            }),
        of("heads, shuffle and clip", 13, 3, FoldingGraphs::quantisedHeads));
  }

  private static void quantised(OnnxBuilder b, int type, boolean channels, int zero) {
    b.quant("i", "x", 2, 1 / 255.0, 0);
    int[] codes = b.random().ints(4 * 3 * 9, type == 3 ? -128 : 0, type == 3 ? 128 : 256).toArray();
    String w = b.codes(type, codes, 4, 3, 3, 3);
    String scale =
        channels ? b.floats(new float[] {0.01f, 0.003f, 0.02f, 0.005f}, 4) : b.number(0.01);
    int[] zeros = new int[channels ? 4 : 1];
    Arrays.fill(zeros, zero);
    b.node(
        "DequantizeLinear",
        "w",
        w,
        scale,
        b.codes(type, zeros, channels ? new int[] {4} : new int[0]));
    if (channels) {
      b.set("axis", 0);
    }
    String bias = b.codes(6, new int[] {1000, -2000, 30, 0}, 4);
    b.node("DequantizeLinear", "b", bias, b.number(0.0001)).node("Conv", "c", "i", "w", "b");
    b.set("pads", new long[] {1, 1, 1, 1}).node("Relu", "r", "c").quant("y", "r", type, 0.04, 0);
  }

  private static void quantisedHeads(OnnxBuilder b) {
    b.quant("i", "x", 2, 1 / 255.0, 0).quant("j", "x", 2, 1 / 255.0, 0);
    b.conv("a", "i", 3, 6, 3).quant("p", "a", 3, 0.02, 3);
    b.conv("c", "j", 3, 6, 3).quant("q", "c", 3, 0.03, -3);
    b.node("Concat", "k", "p", "q").set("axis", 1).node("DepthToSpace", "d", "k");
    b.set("blocksize", 2).set("mode", "CRD").node("Clip", "l", "d", b.number(-9), b.number(9));
    b.quant("y", "l", 3, 0.03, 1);
  }
}
