package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that are trained in many branches and run as one convolution, borders exact (law 3). */
@Tag("fast")
class TrainingBlocksTest {
  private static final float[] SOBEL = {1, 0, -1, 2, 0, -2, 1, 0, -1};
  private static final float[] LAPLACE = {0, 1, 0, 1, -4, 1, 0, 1, 0};

  @TempDir private Path place;

  /** What is left of a network of {@code channels}, law 3 being held after every pass. */
  private Graph lowered(int channels, Consumer<OnnxBuilder> body) {
    OnnxBuilder b = new OnnxBuilder(13, 11).frame(channels);
    body.accept(b);
    return LawThree.check(b.write(place), 1, 5);
  }

  private static void assertOneConvolution(Graph graph, int size, double macs) {
    assertEquals(2, graph.nodes().size(), graph.nodes().toString());
    Node.Conv conv = (Node.Conv) graph.nodes().get(1);
    assertEquals(size, conv.kernel().height());
    assertEquals(macs, Macs.perInputPixel(graph));
  }

  private static int convolutions(Graph graph) {
    return (int) graph.nodes().stream().filter(n -> n instanceof Node.Conv).count();
  }

  @Test
  void sizesAndIdentityBecomeOneKernel() {
    Graph graph =
        lowered(
            3,
            b -> {
              b.conv("a", "x", 3, 3, 3).conv("c", "x", 3, 3, 1).node("Add", "s", "a", "c");
              b.node("Add", "t", "s", "x").node("Relu", "y", "t");
            });
    assertOneConvolution(graph, 3, 81);
  }

  /** 3x3 beside 1x1 then 3x3, and beside 1x1 then fixed filters, each with a border of its bias. */
  @Test
  void edgeOrientedBlocksBecomeOneKernel() {
    Graph graph =
        lowered(
            4,
            b -> {
              b.conv("a", "x", 4, 4, 3);
              String sum = "a";
              int i = 0;
              for (float[] filter : new float[][] {null, SOBEL, LAPLACE}) {
                i++;
                int middle = filter == null ? 8 : 4;
                float[] bias = new float[middle];
                for (int m = 0; m < middle; m++) {
                  bias[m] = (float) b.random().nextGaussian();
                }
                String weights = b.random(1, middle, 4, 1, 1);
                b.node("Conv", "p" + i, "x", weights, b.floats(bias, middle));
                // Padding with a value per channel: pad what is left without the bias.
                b.node("Sub", "m" + i, "p" + i, b.floats(bias, middle, 1, 1));
                b.node("Pad", "q" + i, "m" + i, b.integers(0, 0, 1, 1, 0, 0, 1, 1));
                b.node("Add", "r" + i, "q" + i, b.floats(bias, middle, 1, 1));
                String edges = filter == null ? b.random(1, 4, middle, 3, 3) : fixed(b, filter);
                b.node("Conv", "f" + i, "r" + i, edges);
                b.set("group", filter == null ? 1 : 4);
                b.node("Add", "s" + i, sum, "f" + i);
                sum = "s" + i;
              }
              b.node("PRelu", "y", sum, b.random(1, 4, 1, 1));
            });
    assertOneConvolution(graph, 3, 16 * 9);
  }

  /** One filter for each of four channels, each with a factor. */
  private static String fixed(OnnxBuilder b, float[] filter) {
    float[] weights = new float[4 * 9];
    for (int c = 0; c < 4; c++) {
      float factor = (float) b.random().nextGaussian();
      for (int t = 0; t < 9; t++) {
        weights[c * 9 + t] = factor * filter[t];
      }
    }
    return b.floats(weights, 4, 1, 3, 3);
  }

  @Test
  void aConvolutionAndItsProjectionBecomeOne() {
    Graph graph = lowered(3, b -> b.conv("a", "x", 3, 12, 3).conv("y", "a", 12, 4, 1));
    assertOneConvolution(graph, 3, 3 * 4 * 9);
  }

  @Test
  void aBottleneckStays() {
    Graph graph = lowered(8, b -> b.conv("a", "x", 8, 2, 1).conv("y", "a", 2, 8, 3));
    assertEquals(2, convolutions(graph));
  }

  @Test
  void aBiasBeforeABorderOfZerosStays() {
    Graph graph = lowered(3, b -> b.conv("a", "x", 3, 9, 1).conv("y", "a", 9, 3, 3));
    assertEquals(2, convolutions(graph), "the border would not see the bias");
  }

  @Test
  void branchesThatOthersReadStay() {
    Graph graph =
        lowered(
            3,
            b -> {
              b.conv("a", "x", 3, 3, 3).conv("c", "x", 3, 3, 1).node("Add", "s", "a", "c");
              b.node("Relu", "t", "a").node("Add", "y", "s", "t");
            });
    assertTrue(convolutions(graph) >= 2, graph.nodes().toString());
  }
}
