package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.FloatReference;
import dev.tessera.frontend.FloatRunner;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Law 3: after every pass the graph computes what ONNX Runtime computes of the original file. */
final class LawThree {
  private static final int HEIGHT = 29;
  private static final int WIDTH = 37;

  /** Greatest error relative to the output's range. */
  private static final double TOLERANCE = 1e-4;

  /**
   * How codes may differ where float sums of equal value are rounded to codes: of so many values
   * one may be off, by whatever the layers behind make of one step.
   */
  private static final double FLIPS = 0.001;

  private LawThree() {}

  /** Checks the file on noise of the given range; returns the final graph. */
  static Graph check(Path file, double range, long seed) {
    Graph graph = OnnxReader.read(file);
    TensorType type = graph.type(graph.input().output());
    int height = type.height().mul() == 0 ? type.height().add() : HEIGHT;
    int width = type.width().mul() == 0 ? type.width().add() : WIDTH;
    float[] frame = noise(type.channels() * height * width, range, seed);
    try (FloatReference reference = new FloatReference(file)) {
      return check(graph, frame, height, width, reference.run(frame, height, width));
    }
  }

  /** Checks a graph on one frame; returns the final graph. */
  static Graph check(Graph graph, float[] frame, int height, int width, float[] expected) {
    compare("reading", graph, frame, height, width, expected);
    List<PassManager.Stage> stages = PassManager.trace(graph);
    Graph now = graph;
    for (PassManager.Stage stage : stages) {
      now = stage.graph();
      compare(stage.pass(), now, frame, height, width, expected);
    }
    return now;
  }

  /** Codes of 8 bits, scaled to a range. */
  static float[] noise(int length, double range, long seed) {
    Random random = new Random(seed);
    float[] frame = new float[length];
    for (int i = 0; i < length; i++) {
      // Codes of 8 bits, as an image has them.
      frame[i] = (float) (random.nextInt(256) / 255.0 * range);
    }
    return frame;
  }

  private static void compare(
      String after, Graph graph, float[] frame, int height, int width, float[] expected) {
    float[] actual;
    try (FloatRunner runner = new FloatRunner(graph, false)) {
      actual = runner.output(frame, height, width);
    }
    assertEquals(expected.length, actual.length, "size after " + after);
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (float e : expected) {
      lo = Math.min(lo, e);
      hi = Math.max(hi, e);
    }
    assertTrue(hi > lo, "the reference is flat: nothing is tested");
    int wrong = 0;
    int first = -1;
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * (hi - lo))) {
        wrong++;
        first = first < 0 ? i : first;
      }
    }
    boolean quantised = graph.nodes().stream().anyMatch(n -> n instanceof Node.FakeQuant);
    int allowed = quantised ? (int) (FLIPS * expected.length) : 0;
    assertTrue(
        wrong <= allowed,
        "after "
            + after
            + " "
            + wrong
            + " of "
            + expected.length
            + " values differ, the first at "
            + first
            + (first < 0 ? "" : ": " + actual[first] + " for " + expected[first]));
  }
}
