package dev.tessera.pass;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.frontend.proto.AttributeProto.AttributeType;
import dev.tessera.frontend.proto.TensorProto;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Small models that between them use every operator and attribute that is supported. */
final class OperatorGraphs {
  private OperatorGraphs() {}

  /**
   * A model.
   *
   * @param name what it shows
   * @param opset its operator set
   * @param channels channels of x
   * @param body adds the nodes from x to y
   */
  record Sample(String name, int opset, int channels, Consumer<OnnxBuilder> body) {
    OnnxBuilder build(long seed) {
      OnnxBuilder builder = new OnnxBuilder(opset, seed).frame(channels);
      body.accept(builder);
      return builder;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> all() {
    return Stream.of(
            convolutions(),
            padding(),
            pointwise(),
            wiring(),
            EnlargingGraphs.all(),
            WindowGraphs.all(),
            FunctionGraphs.all(),
            NormalizeGraphs.all(),
            FoldingGraphs.folding(),
            FoldingGraphs.quantised())
        .flatMap(s -> s);
  }

  static Sample of(String name, int opset, int channels, Consumer<OnnxBuilder> body) {
    return new Sample(name, opset, channels, body);
  }

  private static Stream<Sample> convolutions() {
    return Stream.of(
        of("1x1", 13, 3, b -> b.conv("y", "x", 3, 5, 1)),
        of("even kernel, uneven pads", 13, 2, b -> b.conv("y", "x", 2, 4, 4)),
        of("11x11", 13, 1, b -> b.conv("y", "x", 1, 2, 11)),
        of("row kernel", 13, 3, b -> b.conv("y", "x", 3, 4, 1, 7, 1, 0, 3, 0, 3)),
        of("column kernel", 13, 3, b -> b.conv("y", "x", 3, 4, 5, 1, 1, 4, 0, 0, 0)),
        of("valid", 13, 3, b -> b.conv("y", "x", 3, 4, 5, 3, 1)),
        of("one-sided pads", 11, 3, b -> b.conv("y", "x", 3, 4, 3, 3, 1, 2, 0, 0, 1)),
        of("groups", 13, 8, b -> b.conv("y", "x", 8, 12, 3, 3, 4, 1, 1, 1, 1)),
        of("depthwise", 13, 6, b -> b.conv("y", "x", 6, 6, 3, 3, 6, 1, 1, 1, 1)),
        of("depthwise multiplier", 13, 3, b -> b.conv("y", "x", 3, 9, 3, 3, 3, 1, 1, 1, 1)),
        of("SAME_UPPER", 13, 2, b -> auto(b, "SAME_UPPER")),
        of("SAME_LOWER", 13, 2, b -> auto(b, "SAME_LOWER")),
        of("VALID", 13, 2, b -> auto(b, "VALID")),
        of("no bias, no attributes", 13, 2, b -> b.node("Conv", "y", "x", b.random(1, 3, 2, 3, 3))),
        of(
            "dilation of a single tap",
            13,
            2,
            b -> {
              b.node("Conv", "y", "x", b.random(1, 3, 2, 1, 3));
              b.set("dilations", new long[] {4, 1}).set("pads", new long[] {0, 1, 0, 1});
            }));
  }

  private static void auto(OnnxBuilder b, String mode) {
    b.node("Conv", "y", "x", b.random(0.3, 3, 2, 4, 3), b.random(1, 3)).set("auto_pad", mode);
  }

  private static Stream<Sample> padding() {
    return Stream.of(
        of("reflect pad", 13, 2, b -> pad(b, "reflect", new long[] {0, 0, 2, 1, 0, 0, 1, 2})),
        of("edge pad", 11, 2, b -> pad(b, "edge", new long[] {0, 0, 2, 1, 0, 0, 1, 2})),
        of("constant pad", 13, 2, b -> pad(b, "constant", new long[] {0, 0, 1, 2, 0, 0, 2, 1})),
        of(
            "pad with axes",
            18,
            2,
            b -> {
              b.node("Pad", "p", "x", b.integers(1, 2, 2, 1), b.number(0.5), b.integers(-1, 2));
              b.conv("y", "p", 2, 3, 4, 4, 1);
            }),
        of(
            "pad of zeros before padded convolution",
            13,
            2,
            b -> {
              b.node("Pad", "p", "x", b.integers(0, 0, 1, 1, 0, 0, 1, 1));
              b.conv("y", "p", 2, 3, 5, 5, 1, 1, 1, 1, 1);
            }),
        of(
            "pad for two readers",
            13,
            2,
            b -> {
              b.node("Pad", "p", "x", b.integers(0, 0, 1, 1, 0, 0, 1, 1)).set("mode", "reflect");
              b.conv("l", "p", 2, 3, 3, 3, 1).conv("r", "p", 2, 3, 3, 3, 1);
              b.node("Add", "y", "l", "r");
            }),
        of(
            "crop after convolution",
            13,
            2,
            b -> {
              b.conv("c", "x", 2, 3, 3);
              b.node(
                  "Slice",
                  "y",
                  "c",
                  b.integers(1, 2),
                  b.integers(-2, Long.MAX_VALUE),
                  b.integers(2, -1),
                  b.integers(1, 1));
            }),
        of(
            "crop of a skip around valid convolutions",
            13,
            2,
            b -> {
              b.conv("c", "x", 2, 4, 3, 3, 1).node("Relu", "r", "c").conv("d", "r", 4, 2, 3, 3, 1);
              b.node("Pad", "s", "x", b.integers(0, 0, -2, -2, 0, 0, -2, -2));
              b.node("Add", "y", "d", "s");
            }),
        of(
            "crop at the end",
            13,
            2,
            b -> {
              b.conv("c", "x", 2, 8, 3).node("DepthToSpace", "d", "c").set("blocksize", 2);
              b.node("Slice", "y", "d", b.integers(1, 0), b.integers(-1, -3), b.integers(2, 3));
            }));
  }

  private static void pad(OnnxBuilder b, String mode, long[] sizes) {
    if (mode.equals("constant")) {
      b.node("Pad", "p", "x", b.integers(sizes), b.number(-0.75));
    } else {
      b.node("Pad", "p", "x", b.integers(sizes));
    }
    b.set("mode", mode).conv("y", "p", 2, 3, 4, 4, 1);
  }

  private static Stream<Sample> pointwise() {
    return Stream.of(
        of("Relu", 13, 3, b -> b.conv("c", "x", 3, 4, 3).node("Relu", "y", "c")),
        of(
            "LeakyRelu",
            13,
            3,
            b -> b.conv("c", "x", 3, 4, 3).node("LeakyRelu", "y", "c").set("alpha", 0.2f)),
        of("LeakyRelu default", 16, 3, b -> b.conv("c", "x", 3, 4, 3).node("LeakyRelu", "y", "c")),
        of("PRelu scalar", 13, 3, b -> prelu(b, b.floats(new float[] {-0.4f}, 1))),
        of("PRelu per channel", 16, 3, b -> prelu(b, b.random(1, 4, 1, 1))),
        of("PRelu per channel, batch", 13, 3, b -> prelu(b, b.random(1, 1, 4, 1, 1))),
        of("Clip", 13, 3, b -> clip(b, b.number(-0.25), b.number(0.5))),
        of("Clip below", 11, 3, b -> clip(b, b.number(-0.25))),
        of("Clip above", 12, 3, b -> clip(b, "", b.number(0.25))),
        of("Clip without bounds", 13, 3, b -> clip(b)),
        of("Tanh", 13, 3, b -> b.conv("c", "x", 3, 4, 3).node("Tanh", "y", "c")),
        of("Sigmoid", 13, 3, b -> b.conv("c", "x", 3, 4, 3).node("Sigmoid", "y", "c")),
        of(
            "activations in a row",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 4, 3).node("Relu", "r", "c").node("LeakyRelu", "l", "r");
              b.node("Clip", "k", "l", b.number(0.1), b.number(0.6)).node("Tanh", "t", "k");
              b.node("Sigmoid", "y", "t");
            }),
        of("activation first", 13, 3, b -> b.node("Tanh", "t", "x").conv("y", "t", 3, 4, 3)),
        of("add of maps", 14, 3, b -> b.conv("c", "x", 3, 3, 3).node("Add", "y", "c", "x")),
        of(
            "add of a map to itself",
            13,
            3,
            b -> b.conv("c", "x", 3, 3, 3).node("Add", "y", "c", "c")),
        of("sub of maps", 13, 3, b -> b.conv("c", "x", 3, 3, 3).node("Sub", "y", "x", "c")),
        of(
            "broadcast of one channel",
            13,
            1,
            b -> b.conv("c", "x", 1, 4, 3).node("Add", "y", "x", "c")),
        of(
            "broadcast by a constant",
            13,
            1,
            b -> b.node("Mul", "m", "x", b.random(1, 3, 1, 1)).conv("y", "m", 3, 4, 3)),
        of("number arithmetic", 13, 3, OperatorGraphs::arithmetic),
        of("batch normalisation", 15, 3, b -> norm(b.conv("c", "x", 3, 4, 3), "y", "c", 4)),
        of("batch normalisation first", 11, 3, b -> norm(b, "n", "x", 3).conv("y", "n", 3, 4, 3)));
  }

  private static void prelu(OnnxBuilder b, String slope) {
    b.conv("c", "x", 3, 4, 3).node("PRelu", "y", "c", slope);
  }

  private static void clip(OnnxBuilder b, String... bounds) {
    b.conv("c", "x", 3, 4, 3).node("Clip", "y", "c");
    Arrays.stream(bounds).forEach(bound -> b.last().addInput(bound));
  }

  private static void arithmetic(OnnxBuilder b) {
    b.node("Mul", "a", "x", b.number(255)).node("Sub", "d", "a", b.random(30, 1, 3, 1, 1));
    b.node("Div", "e", "d", b.floats(new float[] {58, 57, -60}, 3, 1, 1));
    b.conv("c", "e", 3, 4, 3).node("Mul", "m", b.number(0.5), "c");
    b.node("Sub", "s", b.number(1), "m").node("Add", "y", b.random(1, 4, 1, 1), "s");
  }

  static OnnxBuilder norm(OnnxBuilder b, String output, String input, int channels) {
    float[] variance = new float[channels];
    for (int c = 0; c < channels; c++) {
      variance[c] = 0.1f + c;
    }
    b.node(
        "BatchNormalization",
        output,
        input,
        b.random(1, channels),
        b.random(1, channels),
        b.random(1, channels),
        b.floats(variance, channels));
    return b.set("epsilon", 1e-3f).set("momentum", 0.8f);
  }

  private static Stream<Sample> wiring() {
    return Stream.of(
        of(
            "concat and split",
            13,
            4,
            b -> {
              b.node("Split", "a", "x", b.integers(1, 3)).also("b").set("axis", 1);
              b.conv("c", "b", 3, 3, 3).node("Concat", "y", "c", "a", "x").set("axis", -3);
            }),
        of(
            "split in equal parts",
            11,
            6,
            b -> {
              b.node("Split", "a", "x").also("b").also("c").set("axis", -3);
              b.conv("y", "b", 2, 3, 3);
            }),
        of(
            "split by attribute",
            11,
            6,
            b -> {
              b.node("Split", "a", "x").also("b").set("axis", 1).set("split", new long[] {5, 1});
              b.node("Concat", "y", "b", "a").set("axis", 1);
            }),
        of(
            "split in uneven parts",
            18,
            7,
            b -> {
              b.node("Split", "a", "x").also("b").also("c").set("axis", 1).set("num_outputs", 3);
              b.node("Concat", "y", "c", "a").set("axis", 1);
            }),
        of(
            "slices of channels",
            13,
            6,
            b -> {
              b.node(
                  "Slice", "a", "x", b.integers(5), b.integers(-9), b.integers(1), b.integers(-2));
              b.node("Slice", "b", "x", b.integers(0, 0), b.integers(1, 2), b.integers(0, 1));
              b.node("Concat", "y", "a", "b").set("axis", 1);
            }),
        of("repeated input", 13, 3, OperatorGraphs::repeated),
        of("pixel shuffle DCR", 13, 3, b -> shuffle(b, "DCR")),
        of("pixel shuffle CRD", 13, 3, b -> shuffle(b, "CRD")),
        of(
            "pixel shuffle CRD, groups",
            13,
            8,
            b -> {
              b.conv("c", "x", 8, 16, 3, 3, 4, 1, 1, 1, 1).node("DepthToSpace", "d", "c");
              b.set("blocksize", 2).set("mode", "CRD").conv("y", "d", 4, 3, 3);
            }),
        of(
            "pixel shuffle default mode",
            11,
            3,
            b -> b.conv("c", "x", 3, 18, 3).node("DepthToSpace", "y", "c").set("blocksize", 3)),
        of(
            "pixel shuffle by one",
            13,
            3,
            b -> b.conv("c", "x", 3, 4, 3).node("DepthToSpace", "y", "c").set("blocksize", 1)),
        of(
            "two enlargements",
            13,
            2,
            b -> {
              b.conv("c", "x", 2, 8, 3).node("DepthToSpace", "d", "c").set("blocksize", 2);
              b.set("mode", "CRD").node("Relu", "r", "d").conv("e", "r", 2, 12, 3);
              b.node("DepthToSpace", "y", "e").set("blocksize", 2).set("mode", "CRD");
            }),
        of(
            "identity and cast",
            13,
            3,
            b -> {
              b.node("Identity", "i", "x").node("Cast", "f", "i").set("to", 1L);
              b.conv("c", "f", 3, 4, 3).node("Identity", "y", "c");
            }),
        of("constant nodes", 13, 3, OperatorGraphs::constants));
  }

  private static void repeated(OnnxBuilder b) {
    b.node("Concat", "r", "x", "x", "x", "x").set("axis", 1).conv("c", "x", 3, 12, 3);
    b.node("Add", "a", "r", "c").node("DepthToSpace", "d", "a").set("blocksize", 2);
    b.node("Clip", "y", "d", b.number(0), b.number(1));
  }

  private static void shuffle(OnnxBuilder b, String mode) {
    b.conv("c", "x", 3, 27, 3).node("PRelu", "p", "c", b.random(1, 27, 1, 1));
    b.node("DepthToSpace", "d", "p").set("blocksize", 3).set("mode", mode);
    b.node("Add", "a", "d", b.random(1, 3, 1, 1)).node("Clip", "y", "a", b.number(-1), b.number(1));
  }

  private static void constants(OnnxBuilder b) {
    b.node("Constant", "lo").set("value_float", -0.5f);
    b.node("Constant", "hi");
    TensorProto.Builder half = TensorProto.newBuilder().setDataType(1).addFloatData(0.5f);
    b.last().addAttributeBuilder().setName("value").setType(AttributeType.TENSOR).setT(half);
    b.node("Constant", "first").set("value_ints", new long[] {0});
    b.node("Constant", "second").set("value_int", 3);
    b.node("Cast", "three", "second").set("to", 1L);
    b.node("Mul", "top", "hi", "three").node("Identity", "same", "top");
    b.node("Slice", "s", "x", "first", b.integers(2), b.integers(1));
    b.conv("c", "s", 2, 3, 3).node("Clip", "y", "c", "lo", "same");
  }
}
