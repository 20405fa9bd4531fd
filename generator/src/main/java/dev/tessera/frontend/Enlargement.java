package dev.tessera.frontend;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import java.util.stream.IntStream;

/**
 * Maps enlarged by a whole factor. Nearest: channels repeated into the phases of a pixel shuffle.
 * Bilinear and bicubic: a depthwise convolution of 3x3 or 5x5 with repeated borders makes the
 * phases, each from at most 2x2 or 4x4 pixels; the other taps are zero.
 */
final class Enlargement {
  private Enlargement() {}

  /**
   * How a phase weighs the pixels around it.
   *
   * @param factor 2 or more
   * @param centred whether the phases of a pixel surround its centre, else they follow it
   * @param linear bilinear, else bicubic
   * @param a the coefficient of the bicubic curve
   */
  record Curve(int factor, boolean centred, boolean linear, double a) {
    /** Side of the window that holds the pixels of every phase. */
    int window() {
      return linear ? 3 : 5;
    }

    /** Share of a tap of the window in a phase. */
    double weight(int phase, int tap) {
      double centre = centred ? (phase + 0.5) / factor - 0.5 : (double) phase / factor;
      double x = Math.abs(tap - window() / 2 - centre);
      if (linear) {
        return Math.max(0, 1 - x);
      } else if (x <= 1) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
      }
      return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }
  }

  static void nearest(Call call, Value.Map in, int factor) {
    int channels = in.type().channels();
    int[] phases = IntStream.range(0, channels * factor * factor).map(i -> i % channels).toArray();
    Value.Map made =
        call.emit(new Node.Select(call.name(), in.name(), call.fresh("_repeated"), phases));
    shuffle(call, made, factor, false);
  }

  static void smooth(Call call, Value.Map in, Curve curve) {
    int channels = in.type().channels();
    int factor = curve.factor;
    int area = factor * factor;
    int side = curve.window();
    float[] weights = new float[channels * area * side * side];
    for (int i = 0; i < weights.length; i++) {
      int phase = i / (side * side) % area;
      double row = curve.weight(phase / factor, i / side % side);
      weights[i] = (float) (row * curve.weight(phase % factor, i % side));
    }
    int out = channels * area;
    Kernel kernel = new Kernel(out, 1, side, side, channels, weights, new float[out], null);
    int pad = side / 2;
    Value.Map made =
        call.emit(
            new Node.Conv(
                call.name(),
                in.name(),
                call.fresh("_phases"),
                kernel,
                Stride.ONE,
                new Pads(pad, pad, pad, pad),
                Border.EDGE,
                new float[] {0},
                Activation.NONE));
    shuffle(call, made, factor, true);
  }

  private static void shuffle(Call call, Value.Map phases, int factor, boolean crd) {
    call.define(
        0,
        call.emit(new Node.DepthToSpace(call.name(), phases.name(), call.output(0), factor, crd)));
  }
}
