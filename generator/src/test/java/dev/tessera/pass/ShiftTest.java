package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.frontend.OnnxBuilder;
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
