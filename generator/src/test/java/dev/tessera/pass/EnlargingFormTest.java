package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What enlargements become: that the result is kept is law 3's to show. */
@Tag("fast")
class EnlargingFormTest {
  @TempDir private Path place;

  private Graph lowered(OnnxBuilder builder) {
    return PassManager.run(OnnxReader.read(builder.write(place)));
  }

  private static OnnxBuilder nearest(int factor) {
    OnnxBuilder b = new OnnxBuilder(13, 5).frame(3);
    b.node("Resize", "r", "x", "", b.floats(new float[] {1, 1, factor, factor}, 4));
    return b.set("nearest_mode", "floor").set("coordinate_transformation_mode", "asymmetric");
  }

  private static List<String> kinds(Graph graph) {
    return graph.nodes().stream().skip(1).map(n -> n.getClass().getSimpleName()).toList();
  }

  private static Node.Conv conv(Graph graph) {
    return (Node.Conv) graph.nodes().stream().filter(n -> n instanceof Node.Conv).findFirst().get();
  }

  @Test
  void aTransposedConvolutionKeepsItsWeightsAndNothingElse() {
    OnnxBuilder b = new OnnxBuilder(13, 5).frame(2);
    float[] weights = new float[2 * 9 * 9];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i + 1;
    }
    b.node("ConvTranspose", "y", "x", b.floats(weights, 2, 1, 9, 9));
    b.set("strides", new long[] {3, 3}).set("pads", new long[] {3, 3, 3, 3});
    Graph graph = lowered(b);
    assertEquals(List.of("Conv", "DepthToSpace"), kinds(graph));
    Kernel k = conv(graph).kernel();
    assertEquals(9, k.outChannels());
    assertEquals(3, k.height());
    assertEquals(new Pads(1, 1, 1, 1), conv(graph).pads());
    float[] sorted = k.weights().clone();
    Arrays.sort(sorted);
    assertArrayEquals(weights, sorted);
    // Phase 0 reads taps 6, 3 and 0 of the kernel from the row before to the row behind.
    assertEquals(weights[6 * 9 + 6], k.weights()[0]);
    assertEquals(weights[0], k.weights()[8]);
  }

  /** Weights of 8 bits add up to 10: 16 products of two multipliers each, not 36 of one. */
  @ParameterizedTest
  @CsvSource({"2, 3, 10, 4, 4", "3, 3, 12, 9, 9", "2, 5, 10, 4, 4"})
  void prescribedWeightsAddUpExactly(int factor, int size, int bits, int phases, int sums) {
    OnnxBuilder b = new OnnxBuilder(13, 5).frame(2);
    b.quant("q", "x", 2, 1 / 255.0, 0);
    b.node("Resize", "r", "q", "", b.floats(new float[] {1, 1, factor, factor}, 4));
    b.set("nearest_mode", "floor").set("coordinate_transformation_mode", "asymmetric");
    int[] codes = new int[3 * 2 * size * size];
    Arrays.fill(codes, 127);
    b.node("DequantizeLinear", "w", b.codes(3, codes, 3, 2, size, size), b.number(0.01));
    b.last().addInput(b.codes(3, new int[1]));
    b.node("Conv", "c", "r", "w");
    b.set("pads", new long[] {size / 2, size / 2, size / 2, size / 2});
    b.quant("y", "c", 2, 0.02, 128);
    Kernel k = conv(lowered(b)).kernel();
    assertEquals(3 * phases, k.outChannels());
    assertEquals(bits, k.fixed().bits());
    double most = 0;
    for (float weight : k.weights()) {
      assertEquals(Math.rint(weight / k.fixed().scale()[0]), weight / k.fixed().scale()[0], 1e-3);
      most = Math.max(most, weight / k.fixed().scale()[0]);
    }
    assertEquals(sums * 127, most, 1e-2);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 3, 4, 3, 16",
    "3, 3, 9, 3, 25",
    "4, 3, 9, 3, 25",
    "2, 5, 4, 3, 36",
    "2, 1, 1, 1, 1",
    "4, 7, 16, 3, 100"
  })
  void phasesThatAreAlikeAreComputedOnce(
      int factor, int size, int phases, int window, int products) {
    Graph graph = lowered(nearest(factor).conv("y", "r", 3, 5, size));
    Kernel k = conv(graph).kernel();
    assertEquals(5 * phases, k.outChannels());
    assertEquals(window, k.height());
    assertEquals(window, k.width());
    // Of a window of 3 a phase reads 2 pixels, or 1 if all taps meet the same, on each axis.
    assertEquals(15 * products, Macs.perInputPixel(graph));
  }

  @Test
  void aRepeatedInputIsAddedBeforeTheShuffle() {
    OnnxBuilder b = nearest(2);
    b.conv("c", "x", 3, 12, 3).node("DepthToSpace", "d", "c").set("blocksize", 2);
    b.set("mode", "CRD").node("Add", "y", "d", "r");
    List<String> kinds = kinds(lowered(b));
    assertEquals(Set.of("Select", "Conv"), Set.copyOf(kinds.subList(0, 2)));
    assertEquals(List.of("Add", "DepthToSpace"), kinds.subList(2, kinds.size()));
  }

  @Test
  void bilinearEnlargementRepeatsTheBorder() {
    OnnxBuilder b = new OnnxBuilder(13, 5).frame(1);
    b.node("Resize", "y", "x", "", b.floats(new float[] {1, 1, 2, 2}, 4)).set("mode", "linear");
    Graph graph = lowered(b);
    assertEquals(List.of("Conv", "DepthToSpace"), kinds(graph));
    assertEquals(Border.EDGE, conv(graph).border());
    float[] first = new float[9];
    System.arraycopy(conv(graph).kernel().weights(), 0, first, 0, 9);
    float[] expected = {0.0625f, 0.1875f, 0, 0.1875f, 0.5625f, 0, 0, 0, 0};
    assertArrayEquals(expected, first);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, true", "2, 2, false", "3, 2, true", "4, 3, true", "3, 3, false"})
  void aReflectedBorderIsTheEdgeIfItEndsInTheRepetitions(int factor, int pad, boolean merges) {
    OnnxBuilder b = nearest(factor);
    b.node("Pad", "p", "r", b.integers(0, 0, pad, pad, 0, 0, pad, pad)).set("mode", "reflect");
    int size = 2 * pad + 1;
    Graph graph = lowered(b.conv("y", "p", 3, 4, size, size, 1));
    assertEquals(merges ? Border.EDGE : Border.REFLECT, conv(graph).border());
    assertEquals("Conv", kinds(graph).get(merges ? 0 : 2));
  }
}
