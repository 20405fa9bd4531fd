package dev.tessera.pass;

import static dev.tessera.pass.OperatorGraphs.of;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.pass.OperatorGraphs.Sample;
import java.util.stream.Stream;

/** Small models that normalise over the frame. */
final class NormalizeGraphs {
  private NormalizeGraphs() {}

  static Stream<Sample> all() {
    return Stream.of(
        of("normalised", 13, 3, b -> normalize(b.conv("c", "x", 3, 4, 3), "y", "c", 4)),
        of("normalised image", 13, 3, b -> normalize(b, "n", "x", 3).conv("y", "n", 3, 4, 3)),
        of(
            "normalised and clipped",
            13,
            3,
            b -> {
              normalize(b.conv("c", "x", 3, 4, 3), "n", "c", 4).node("Relu", "r", "n");
              b.conv("y", "r", 4, 3, 3);
            }),
        of(
            "normalised and scaled",
            13,
            3,
            b -> {
              normalize(b.conv("c", "x", 3, 4, 3), "n", "c", 4);
              b.node("Mul", "m", "n", b.random(1, 1, 4, 1, 1));
              b.node("Add", "a", "m", b.random(1, 1, 4, 1, 1)).node("Tanh", "y", "a");
            }),
        of(
            "normalised behind a shuffle",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 12, 3).node("DepthToSpace", "d", "c").set("blocksize", 2);
              b.set("mode", "CRD");
              normalize(b, "n", "d", 3).node("PRelu", "y", "n", b.random(1, 3, 1, 1));
            }),
        of(
            "normalised behind a transposed convolution",
            13,
            3,
            b -> {
              b.node("ConvTranspose", "t", "x", b.random(0.3, 3, 4, 3, 3), b.random(0.1, 4));
              b.set("strides", new long[] {2, 2}).set("pads", new long[] {0, 0, 1, 1});
              normalize(b, "n", "t", 4).node("Relu", "y", "n");
            }),
        of("repeated, reflected, normalised", 13, 3, NormalizeGraphs::repeated));
  }

  private static void repeated(OnnxBuilder b) {
    b.node("Resize", "u", "x", "", b.floats(new float[] {1, 1, 2, 2}, 4));
    b.set("mode", "nearest").set("coordinate_transformation_mode", "asymmetric");
    b.set("nearest_mode", "floor");
    b.node("Pad", "p", "u", b.integers(0, 0, 1, 1, 0, 0, 1, 1)).set("mode", "reflect");
    b.node("Conv", "c", "p", b.random(0.3, 4, 3, 3, 3), b.random(0.1, 4));
    normalize(b, "n", "c", 4).node("Relu", "y", "n");
  }

  private static OnnxBuilder normalize(OnnxBuilder b, String out, String in, int channels) {
    b.node("InstanceNormalization", out, in, b.random(1, channels), b.random(1, channels));
    return b.set("epsilon", 1e-3f);
  }
}
