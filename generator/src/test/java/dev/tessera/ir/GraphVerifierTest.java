package dev.tessera.ir;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every invariant of a graph, broken once. */
@Tag("fast")
class GraphVerifierTest {
  private static final TensorType FRAME = new TensorType(2, Extent.FRAME, Extent.FRAME);

  private static Node.Conv conv(float weight, float[] padValue, Activation activation) {
    float[] weights = new float[3 * 2 * 9];
    weights[4] = weight;
    Kernel kernel = new Kernel(3, 2, 3, 3, 1, weights, new float[3], null);
    Pads pads = new Pads(1, 1, 1, 1);
    return new Node.Conv(
        "c", "x", "c", kernel, Stride.ONE, pads, Border.VALUE, padValue, activation);
  }

  private static Graph graph(String output, Node... nodes) {
    List<Node> all = new ArrayList<>(List.of(new Node.Input("x", "x")));
    all.addAll(List.of(nodes));
    return new Graph("g", all, Shapes.infer(all, FRAME), Map.of(), output);
  }

  private static Graph sound() {
    return graph(
        "s",
        conv(1, new float[] {1, 2}, Activation.relu()),
        new Node.Select("s", "c", "s", new int[] {2, 0}));
  }

  @Test
  void aSoundGraphPasses() {
    assertDoesNotThrow(() -> GraphVerifier.verify(sound(), "test"));
  }

  static Stream<Arguments> broken() {
    float[] one = {0};
    ValueQuant quant = new ValueQuant(FixedType.UINT8, new double[] {1, 2, 3}, new int[] {0});
    ValueQuant flat = new ValueQuant(FixedType.UINT8, new double[] {0}, new int[] {0});
    Node.Add add = new Node.Add("a", "x", "x", "a", 2, Activation.NONE);
    Activation.Leaky slopes = new Activation.Leaky(new float[] {1, 2});
    return Stream.of(
        Arguments.of("nothing makes the output 'z'", graph("z", conv(1, one, Activation.NONE))),
        Arguments.of("weights hold NaN", graph("c", conv(Float.NaN, one, Activation.NONE))),
        Arguments.of("pad values: 3 entries", graph("c", conv(1, new float[3], Activation.NONE))),
        Arguments.of("slopes: 2 entries", graph("c", conv(1, one, slopes))),
        Arguments.of("clips to nothing", graph("c", conv(1, one, new Activation.Clip(1, 0)))),
        Arguments.of("'a' sign", graph("a", add)),
        Arguments.of("'q' quantisation", graph("q", new Node.FakeQuant("q", "x", "q", quant))),
        Arguments.of("'q' scale 0.0", graph("q", new Node.FakeQuant("q", "x", "q", flat))),
        Arguments.of("'d' block", graph("d", new Node.DepthToSpace("d", "x", "d", 1, false))),
        Arguments.of("made twice", twice()),
        Arguments.of("before it is made", unordered()),
        Arguments.of("shapes are stale", stale()),
        Arguments.of("a second input", graph("y", new Node.Input("y", "y"))));
  }

  private static Graph twice() {
    return graph(
        "r",
        new Node.Activate("r", "x", "r", Activation.relu()),
        new Node.Activate("s", "x", "r", Activation.relu()));
  }

  private static Graph unordered() {
    Graph sound = sound();
    List<Node> nodes = sound.nodes();
    return new Graph(
        "g",
        List.of(nodes.get(0), nodes.get(2), nodes.get(1)),
        sound.types(),
        Map.of(),
        sound.output());
  }

  private static Graph stale() {
    Graph sound = sound();
    Map<String, TensorType> types = new LinkedHashMap<>(sound.types());
    types.put("s", sound.type("c"));
    return new Graph("g", sound.nodes(), types, Map.of(), sound.output());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void aBrokenGraphIsNamed(String message, Graph graph) {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> GraphVerifier.verify(graph, "a pass"));
    assertTrue(e.getMessage().startsWith("after a pass: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void countsScaleWithTheMap() {
    float[] weights = new float[4 * 2 * 9];
    Arrays.fill(weights, 1);
    Kernel kernel = new Kernel(4, 2, 3, 3, 1, weights, new float[4], null);
    float[] zero = {0};
    Node.Conv c =
        new Node.Conv(
            "c", "x", "c", kernel, Stride.ONE, Pads.NONE, Border.VALUE, zero, Activation.NONE);
    Node d = new Node.DepthToSpace("d", "c", "d", 2, false);
    float[] more = Arrays.copyOf(weights, 15);
    Kernel wide = new Kernel(1, 1, 5, 3, 1, more, new float[1], null);
    Node.Conv e =
        new Node.Conv(
            "e", "d", "e", wide, Stride.ONE, Pads.NONE, Border.VALUE, zero, Activation.NONE);
    Graph graph = graph("e", c, d, e);
    assertEquals(72 + 4 * 15, Macs.perInputPixel(graph));
    assertEquals(72L * 8 * 6 + 15L * 14 * 8, Macs.perFrame(graph, 10, 8));
    assertEquals(new ReceptiveField(5, 4), ReceptiveField.of(graph).get("e"));
    assertEquals("1 x 2H-8 x 2W-6", GraphPrinter.shape(graph.type("e")));
  }
}
