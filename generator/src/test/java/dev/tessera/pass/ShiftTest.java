package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps whose channels each move by a pixel: the window behind them reads another place (law 3). */
@Tag("fast")
class ShiftTest {
  private static final int CHANNELS = 5;

  /** Rows and columns that each channel moves by. */
  private static final int[][] MOVES = {{0, 1}, {0, -1}, {1, 0}, {-1, 0}, {0, 0}};

  @TempDir private Path place;

  private Graph lowered(Consumer<OnnxBuilder> body) {
    OnnxBuilder b = new OnnxBuilder(13, 17).frame(CHANNELS);
    body.accept(b);
    return LawThree.check(b.write(place), 1, 5);
  }

  /** A depthwise convolution with one tap of {@code weight} for each channel. */
  private static void shift(OnnxBuilder b, String output, String input, float weight) {
    float[] weights = new float[CHANNELS * 9];
    for (int c = 0; c < CHANNELS; c++) {
      weights[c * 9 + (1 - MOVES[c][0]) * 3 + 1 - MOVES[c][1]] = weight;
    }
    b.node("Conv", output, input, b.floats(weights, CHANNELS, 1, 3, 3));
    b.set("group", CHANNELS).set("pads", new long[] {1, 1, 1, 1});
  }

  private static void assertOnePlacePerChannel(Graph graph, int outputs) {
    assertEquals(2, graph.nodes().size(), graph.nodes().toString());
    Node.Conv conv = (Node.Conv) graph.nodes().get(1);
    assertEquals(3, conv.kernel().height());
    assertEquals(3, conv.kernel().width());
    assertEquals(CHANNELS * outputs, Macs.perInputPixel(graph), "the move takes no product");
  }

  @Test
  void oneHotDepthwiseTapsBeforeAProjectionTakeNoProducts() {
    Graph graph =
        lowered(
            b -> {
              shift(b, "s", "x", 1);
              b.conv("y", "s", CHANNELS, 4, 1);
            });
    assertOnePlacePerChannel(graph, 4);
  }

  /** Split, each part padded on one side and cropped on the other, and joined again. */
  private static void splitPadConcat(OnnxBuilder b) {
    b.node("Split", "p0", "x", b.integers(1, 1, 1, 1, 1)).set("axis", 1);
    for (int c = 1; c < CHANNELS; c++) {
      b.last().addOutput("p" + c);
    }
    String[] parts = new String[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      int down = MOVES[c][0];
      int right = MOVES[c][1];
      parts[c] = "q" + c;
      b.node("Pad", parts[c], "p" + c, b.integers(0, 0, down, right, 0, 0, -down, -right));
    }
    b.node("Concat", "s", parts).set("axis", 1);
  }

  /** Rows and columns sliced off before zeros are padded to the other side. */
  private static void slicePadConcat(OnnxBuilder b) {
    b.node("Slice", "l", "x", b.integers(1), b.integers(Long.MAX_VALUE), b.integers(3));
    b.node("Pad", "left", "l", b.integers(0, 0, 0, 0, 0, 0, 0, 1));
    b.node("Slice", "d", "x", b.integers(0), b.integers(-2), b.integers(2));
    b.node("Pad", "down", "d", b.integers(0, 0, 2, 0, 0, 0, 0, 0));
    b.node("Slice", "part", "down", b.integers(0), b.integers(2), b.integers(1));
    b.node("Concat", "s", "left", "part", "x").set("axis", 1);
  }

  @Test
  void partsThatArePaddedAndCroppedMoveBeforeAProjection() {
    Graph graph =
        lowered(
            b -> {
              splitPadConcat(b);
              b.conv("y", "s", CHANNELS, 4, 1);
            });
    assertOnePlacePerChannel(graph, 4);
  }

  @Test
  void partsThatAreSlicedAndPaddedMove() {
    Graph graph =
        lowered(
            b -> {
              slicePadConcat(b);
              b.conv("y", "s", 2 * CHANNELS + 2, 4, 1);
            });
    assertTrue(graph.nodes().stream().noneMatch(n -> n instanceof Node.Concat), "" + graph.nodes());
    assertEquals(4 * (2 * CHANNELS + 2), Macs.perInputPixel(graph));
  }

  @Test
  void partsWithoutAProjectionTakeNoProducts() {
    Graph graph =
        lowered(
            b -> {
              slicePadConcat(b);
              b.node("Relu", "y", "s");
            });
    assertEquals(0, Macs.perInputPixel(graph));
  }

  /** The first row is cut off and then replaced by zeros: nothing moves, but pixels go. */
  @Test
  void whatIsCutAndFilledOnOneSideDoesNotMove() {
    OnnxBuilder b = new OnnxBuilder(13, 17).frame(CHANNELS);
    b.node("Pad", "cut", "x", b.integers(0, 0, -1, 0, 0, 0, 0, 0));
    b.node("Pad", "filled", "cut", b.integers(0, 0, 1, 0, 0, 0, 0, 0));
    b.node("Concat", "s", "filled", "x").set("axis", 1);
    Graph read = OnnxReader.read(b.conv("y", "s", 2 * CHANNELS, 4, 1).write(place));
    assertSame(read, new JoinShifts().apply(read));
  }

  @Test
  void theFactorOfATapTakesNoProductsEither() {
    Graph graph =
        lowered(
            b -> {
              shift(b, "s", "x", -0.75f);
              b.conv("y", "s", CHANNELS, 6, 1);
            });
    assertOnePlacePerChannel(graph, 6);
  }

  @Test
  void aProjectionBeforeTheMoveStays() {
    Graph graph =
        lowered(
            b -> {
              b.conv("a", "x", CHANNELS, CHANNELS, 1);
              shift(b, "s", "a", 1);
              b.conv("y", "s", CHANNELS, 4, 1);
            });
    assertEquals(3, graph.nodes().size(), "the border of zeros would not see the bias");
    assertEquals(CHANNELS * CHANNELS + CHANNELS * 4, Macs.perInputPixel(graph));
  }
}
