package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a lowering takes over from an earlier one of the same graph, and what it must not. */
@Tag("fast")
class LoweringTest {
  private static final QuantOptions PLAIN = new QuantOptions(6, 6, Map.of(), Map.of(), 0);

  private final Graph graph;
  private final Statistics statistics;
  private final Preparation prepared;
  private final Calibration calibration;

  LoweringTest() {
    Graph made =
        new GraphMaker(3, 31)
            .conv("x", "a", 3, 8, 3, Activation.relu())
            .conv("a", "b", 8, 8, 3, Activation.relu())
            .conv("b", "c", 8, 8, 3, Activation.NONE)
            .add(new Node.Add("sum", "a", "c", "s", 1, Activation.NONE))
            .conv("s", "y", 8, 3, 3, Activation.NONE)
            .build("y");
    List<Calibration.Patch> patches = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      int[] codes = new Random(seed).ints(3 * 12 * 15, 0, 256).toArray();
      patches.add(new Calibration.Patch(12, 15, codes));
    }
    calibration = new Calibration(patches, 1.0 / 255, Colour.RGB);
    prepared = new Preparation(made, calibration.image(), calibration.image(), false);
    graph = prepared.graph();
    try (FloatSource source = new FloatExecutor(graph)) {
      statistics = new Statistics(graph, calibration, source);
    }
  }

  private Lowering lower(QuantOptions options, int patches, Lowering earlier) {
    GridPlan grids = new GridPlan(graph, prepared.fixed(), options, statistics);
    List<Calibration.Patch> shown = calibration.patches().subList(0, patches);
    return new Lowering(graph, grids, options, shown, earlier);
  }

  private static Node node(Lowering lowering, String value) {
    return lowering.result().producer(value).orElseThrow();
  }

  private static int[] weights(Lowering lowering, String value) {
    return ((Node.QConv) node(lowering, value)).kernel().weights();
  }

  /** The outputs are those of the integer graph, wherever its nodes came from. */
  private void assertOutputs(Lowering lowering) {
    List<Codes> outputs = lowering.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Codes frame = calibration.patches().get(i).map();
      Codes wanted = IntegerRunner.run(lowering.result(), frame);
      assertArrayEquals(wanted.data(), outputs.get(i).data());
    }
  }

  @Test
  void nothingChangesWhereNothingWasAskedFor() {
    Lowering first = lower(PLAIN, 3, null);
    Lowering second = lower(PLAIN, 3, first);
    for (Node node : graph.nodes().subList(1, graph.nodes().size())) {
      assertSame(node(first, node.output()), node(second, node.output()));
    }
    assertEquals(first.layers(), second.layers());
    assertOutputs(second);
  }

  @Test
  void fewerPatchesRunTheSameNodes() {
    Lowering first = lower(PLAIN, 3, null);
    Lowering second = lower(PLAIN, 2, first);
    assertEquals(2, second.outputs().size());
    assertSame(node(first, "y"), node(second, "y"));
    assertOutputs(second);
  }

  @Test
  void widerWeightsAreRoundedAnewAndNoOthers() {
    Lowering first = lower(PLAIN, 3, null);
    Lowering second = lower(PLAIN.raised(Map.of("b_conv", 10), Map.of()), 3, first);
    assertSame(node(first, "a"), node(second, "a"));
    assertEquals(10, ((Node.QConv) node(second, "b")).kernel().bits());
    assertNotSame(node(first, "c"), node(second, "c"));
    assertSame(weights(first, "c"), weights(second, "c"));
    assertSame(weights(first, "y"), weights(second, "y"));
    assertOutputs(second);
  }

  @Test
  void readersOfAWiderMapAreRoundedAnew() {
    Lowering first = lower(PLAIN, 3, null);
    Lowering second = lower(PLAIN.raised(Map.of(), Map.of("b", 10)), 3, first);
    assertSame(node(first, "a"), node(second, "a"));
    assertSame(weights(first, "b"), weights(second, "b"));
    assertNotSame(weights(first, "c"), weights(second, "c"));
    assertSame(weights(first, "y"), weights(second, "y"));
    assertOutputs(second);
  }
}
