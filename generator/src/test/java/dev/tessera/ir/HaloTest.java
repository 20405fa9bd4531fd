package dev.tessera.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.base.TesseraException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Halos worked out by hand. */
@Tag("fast")
class HaloTest {
  private static final TensorType FRAME = new TensorType(3, Extent.FRAME, Extent.FRAME);

  private final List<Node> nodes = new ArrayList<>(List.of(new Node.Input("input", "x")));

  private static final Pads SAME = new Pads(1, 1, 1, 1);

  /** Enlarges by repetition. */
  private HaloTest enlarge(String in, String out, int factor) {
    TensorType type = Shapes.infer(nodes, FRAME).get(in);
    nodes.add(
        new Node.Resize(
            out,
            in,
            out,
            new Sampling(
                Sampling.Mode.NEAREST,
                Sampling.Coordinates.ASYMMETRIC,
                Sampling.Rounding.FLOOR,
                type.height().times(factor),
                type.width().times(factor))));
    return this;
  }

  private HaloTest conv(String in, String out, int channels, int made, int size, Pads pads) {
    return conv(in, out, channels, made, size, pads, 1);
  }

  private HaloTest conv(
      String in, String out, int channels, int made, int size, Pads pads, int stride) {
    Kernel kernel =
        new Kernel(
            made,
            channels,
            size,
            size,
            1,
            new float[made * channels * size * size],
            new float[made],
            null);
    nodes.add(
        new Node.Conv(
            out,
            in,
            out,
            kernel,
            new Stride(stride, stride),
            pads,
            Border.VALUE,
            new float[] {0},
            Activation.NONE));
    return this;
  }

  private Graph graph(int channels, String output) {
    TensorType frame = new TensorType(channels, Extent.FRAME, Extent.FRAME);
    return new Graph("net", nodes, Shapes.infer(nodes, frame), Map.of(), output);
  }

  @Test
  void windowsAddUp() {
    conv("x", "a", 3, 4, 5, new Pads(2, 2, 2, 2)).conv("a", "y", 4, 3, 3, new Pads(0, 2, 2, 0));
    Graph graph = graph(3, "y");
    assertEquals(new Halo(1, 4, 2, 1, 1), Halo.columns(graph, 240));
    assertEquals(new Halo(1, 2, 4, 1, 1), Halo.rows(graph, 240));
  }

  @Test
  void branchesJoinTheirNeeds() {
    conv("x", "a", 1, 1, 3, new Pads(1, 2, 1, 0)).conv("x", "b", 1, 1, 5, new Pads(2, 1, 2, 3));
    nodes.add(new Node.Add("y", "a", "b", "y", 1, Activation.NONE));
    assertEquals(new Halo(1, 2, 3, 1, 1), Halo.columns(graph(1, "y"), 240));
  }

  @Test
  void pixelsBehindAShuffleCountLess() {
    // A window of 5 over pixels of a third: 2 of them reach one input pixel, which reads 1 more.
    conv("x", "a", 1, 9, 3, new Pads(1, 1, 1, 1));
    nodes.add(new Node.DepthToSpace("s", "a", "s", 3, true));
    conv("s", "y", 1, 1, 5, new Pads(2, 2, 2, 2));
    assertEquals(new Halo(1, 2, 2, 3, 1), Halo.rows(graph(1, "y"), 240));
  }

  @Test
  void mapsOfOtherScaleCannotBeJoinedInTiles() {
    // On frames of a fixed size shapes may agree by chance: 6 + 6 - 6 pixels.
    TensorType frame = new TensorType(4, Extent.constant(6), Extent.constant(6));
    nodes.add(new Node.DepthToSpace("s", "x", "s", 2, false));
    conv("s", "t", 1, 4, 7, Pads.NONE);
    nodes.add(new Node.Add("y", "x", "t", "y", 1, Activation.NONE));
    Graph graph = new Graph("net", nodes, Shapes.infer(nodes, frame), Map.of(), "y");
    TesseraException refused = assertThrows(TesseraException.class, () -> Halo.rows(graph, 240));
    assertEquals("plan.tile", refused.diagnostic().code());
    assertEquals(
        "the network cannot be cut into tiles: this operator joins maps of different scale",
        refused.diagnostic().sentence());
    assertEquals("node 'y'", refused.diagnostic().place());
  }

  /**
   * A style network of 16 convolutions: 9x9, two of stride 2, ten at a quarter of the size, two
   * behind enlargements, 9x9. Worked out elsewhere: 55 pixels in front and 52 behind, aligned to 4.
   */
  @Test
  void stridesAndEnlargementsOfAStyleNetwork() {
    conv("x", "a", 3, 1, 9, new Pads(4, 4, 4, 4), 1);
    conv("a", "b", 1, 1, 3, SAME, 2).conv("b", "r0", 1, 1, 3, SAME, 2);
    for (int i = 0; i < 10; i++) {
      conv("r" + i, "r" + (i + 1), 1, 1, 3, SAME, 1);
    }
    enlarge("r10", "u", 2).conv("u", "v", 1, 1, 3, SAME, 1);
    enlarge("v", "w", 2).conv("w", "z", 1, 1, 3, SAME, 1);
    conv("z", "y", 1, 3, 9, new Pads(4, 4, 4, 4), 1);
    Graph graph = graph(3, "y");
    assertEquals(new Halo(4, 56, 52, 1, 1), Halo.columns(graph, 240));
    assertEquals(new Halo(4, 56, 52, 1, 1), Halo.rows(graph, 240));
  }
}
