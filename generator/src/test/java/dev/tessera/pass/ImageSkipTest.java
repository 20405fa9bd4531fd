package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mirrored activations and skips around the whole network cost what they should (law 3). */
@Tag("fast")
class ImageSkipTest {
  @TempDir private Path place;

  private static final int BODY = 3 * 8 * 9 + 8 * 12 * 9;

  /** A network for twice the size whose input, enlarged in {@code mode}, is added at the end. */
  static OnnxBuilder skip(String mode) {
    OnnxBuilder b = new OnnxBuilder(13, 9).frame(3);
    b.conv("a", "x", 3, 8, 3).node("Relu", "r", "a").conv("c", "r", 8, 12, 3);
    b.node("DepthToSpace", "d", "c").set("blocksize", 2).set("mode", "CRD");
    b.node("Resize", "e", "x", "", b.floats(new float[] {1, 1, 2, 2}, 4)).set("mode", mode);
    boolean nearest = mode.equals("nearest");
    b.set("coordinate_transformation_mode", nearest ? "asymmetric" : "half_pixel");
    if (nearest) {
      b.set("nearest_mode", "floor");
    }
    return b.node("Add", "y", "d", "e");
  }

  /** Both signs of a map behind a ReLU. */
  static OnnxBuilder mirrored() {
    OnnxBuilder b = new OnnxBuilder(13, 9).frame(3);
    b.conv("a", "x", 3, 8, 3).node("Neg", "n", "a");
    b.node("Concat", "s", "a", "n").set("axis", 1).node("Relu", "r", "s");
    return b.conv("y", "r", 16, 3, 3);
  }

  /** At most 4 taps a phase of a bilinear skip, 16 of a bicubic one, for 3 channels. */
  @ParameterizedTest
  @CsvSource({"nearest, 0", "linear, 4", "cubic, 16"})
  void aSkipRunsAtTheLowRate(String mode, int taps) {
    Graph graph = LawThree.check(skip(mode).write(place), 1, 7);
    double most = BODY + 4 * 3 * taps;
    double made = Macs.perInputPixel(graph);
    assertTrue(made >= BODY && made <= most, mode + " takes " + made + " of at most " + most);
    assertTrue(graph.nodes().stream().noneMatch(n -> n instanceof Node.Resize), "" + graph.nodes());
    assertTrue(
        graph.producer(graph.output()).orElseThrow() instanceof Node.DepthToSpace,
        "the sum is made before the shuffle: " + graph.nodes());
  }

  @Test
  void mirroredChannelsAreNotComputedTwice() {
    Graph graph = LawThree.check(mirrored().write(place), 1, 7);
    assertEquals(3 * 8 * 9 + 16 * 3 * 9, Macs.perInputPixel(graph));
  }
}
