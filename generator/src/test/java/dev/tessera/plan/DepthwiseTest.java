package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Design.Instance;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Stride;
import dev.tessera.unit.conv.ConvSpec;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Depthwise layers in plans: their multipliers do not wait for channels that are not there. */
@Tag("fast")
class DepthwiseTest {
  private static final double HALF = 0.5;
  private static final Stride TWO = new Stride(2, 2);

  /** The layers of MobileNetV2 up to the sixth block. */
  private static Graph mobile() {
    int[] wide = {96, 144, 144, 192, 192};
    int[] narrow = {24, 24, 32, 32, 32};
    boolean[] halves = {true, false, true, false, false};
    Nets nets = new Nets(3).conv("x", "stem", 32, 3, 1, TWO);
    nets.conv("stem", "first", 32, 3, 32).conv("first", "b", 16, 1, 1);
    String value = "b";
    for (int i = 0; i < wide.length; i++) {
      nets.conv(value, "e" + i, wide[i], 1, 1);
      nets.conv("e" + i, "d" + i, wide[i], 3, wide[i], halves[i] ? TWO : Stride.ONE);
      nets.conv("d" + i, "p" + i, narrow[i], 1, 1);
      value = "p" + i;
    }
    return nets.conv(value, "y", 3, 1, 1).graph("y");
  }

  /** Depthwise kernels of several sizes between pointwise layers, without a stride. */
  private static Graph separable() {
    Nets nets = new Nets(3).conv("x", "a", 24, 3, 1);
    String value = "a";
    for (int kernel : new int[] {3, 5, 7}) {
      nets.conv(value, "d" + kernel, 24, kernel, 24).conv("d" + kernel, "p" + kernel, 24, 1, 1);
      value = "p" + kernel;
    }
    return nets.conv(value, "y", 3, 1, 1).graph("y");
  }

  /** An array of one multiplier is the least there is; any other is busy half of the time. */
  private static void assertBusy(Graph graph, int bound) {
    PlanRequest request = PlanRequest.fastest("deep", 64, 64, 1).withMultipliers(bound);
    Plan plan = Planner.plan(graph, Boards.load("zcu102"), request);
    List<ConvSpec> depthwise =
        plan.design().instances().stream()
            .map(Instance::spec)
            .filter(spec -> spec instanceof ConvSpec c && c.kernel().inChannelsPerGroup() == 1)
            .map(spec -> (ConvSpec) spec)
            .toList();
    assertTrue(depthwise.size() >= 3);
    for (ConvSpec spec : depthwise) {
      Cost cost = Resources.cost(spec);
      double done = (double) cost.multipliers() * plan.report().cyclesPerFrame();
      double busy = cost.macs() / done;
      assertTrue(
          busy >= HALF || cost.multipliers() == 1,
          spec.name() + " keeps " + busy + " of " + cost.multipliers() + " busy");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 150, 400, 1000, 2500})
  void layersOfMobileNetworksAreBusy(int bound) {
    assertBusy(mobile(), bound);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 100, 300, 1000})
  void separableLayersAreBusy(int bound) {
    assertBusy(separable(), bound);
  }

  /** One product a clock is the least: 16 positions of 32 channels do not fill it. */
  @Test
  void oneMultiplierIsTheLeast() {
    Nets nets = new Nets(3).conv("x", "a", 32, 3, 1).conv("a", "s", 32, 1, 1, new Stride(4, 4));
    nets.conv("s", "t", 32, 1, 1, TWO).conv("t", "u", 32, 1, 1, TWO).conv("u", "d", 32, 3, 32);
    Graph graph = nets.conv("d", "y", 3, 1, 1).graph("y");
    PlanRequest request = PlanRequest.fastest("deep", 64, 64, 1).withMultipliers(300);
    Plan plan = Planner.plan(graph, Boards.load("zcu102"), request);
    ConvSpec spec =
        plan.design().instances().stream()
            .map(Instance::spec)
            .filter(s -> s instanceof ConvSpec c && c.kernel().inChannelsPerGroup() == 1)
            .map(s -> (ConvSpec) s)
            .findFirst()
            .orElseThrow();
    assertTrue(Resources.cost(spec).multipliers() == 1, Resources.cost(spec).toString());
  }
}
