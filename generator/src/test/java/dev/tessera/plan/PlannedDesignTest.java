package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Frame;
import dev.tessera.ir.Graph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 4 for whole plans: what the planner predicts is what the Verilog does. */
@Tag("sim")
class PlannedDesignTest {
  private static final int WIDTH = 16;
  private static final int HEIGHT = 12;

  @TempDir Path folder;

  private static Graph residual() {
    return new Nets(3)
        .conv("x", "a", 8, 3, 1)
        .conv("a", "b", 8, 3, 1)
        .conv("b", "c", 8, 3, 1)
        .add("a", "c", "s")
        .conv("s", "y", 3, 3, 1)
        .graph("y");
  }

  private static Graph branches() {
    return new Nets(3)
        .conv("x", "a", 8, 3, 1)
        .select("a", "low", 0, 3)
        .select("a", "high", 3, 8)
        .conv("high", "b", 6, 3, 1)
        .conv("b", "g", 6, 3, 2)
        .table("low", "t")
        .concat("cat", "g", "t", "low")
        .conv("cat", "d", 12, 1, 1)
        .shuffle("d", "y", 2)
        .graph("y");
  }

  private static Graph shuffledInside() {
    return new Nets(1)
        .conv("x", "a", 8, 3, 1)
        .shuffle("a", "b", 2)
        .conv("b", "c", 2, 3, 1)
        .conv("c", "y", 1, 1, 1)
        .graph("y");
  }

  private static Plan plan(Graph graph, int bound) {
    PlanRequest request = PlanRequest.fastest("planned", WIDTH, HEIGHT, 1).withMultipliers(bound);
    return Planner.plan(graph, Boards.load("zcu102"), request);
  }

  private Simulation simulate(Design design, SimulationOptions options) throws IOException {
    int channels = design.source().spec().outputs().get(0).channels();
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    List<Frame> frames = List.of(noise(channels, 1), noise(channels, 2));
    frames.forEach(frame -> Nets.lively(GoldenModel.run(design, frame)));
    return simulator.run(frames, options);
  }

  private static Frame noise(int channels, long seed) {
    Frame frame = new Frame(channels, HEIGHT, WIDTH);
    int[] values = new Random(seed).ints(frame.data().length, 0, 256).toArray();
    System.arraycopy(values, 0, frame.data(), 0, values.length);
    return frame;
  }

  private void assertAsPlanned(Plan plan) throws IOException {
    Simulation free = simulate(plan.design(), SimulationOptions.plain(3));
    assertEquals("", free.fault());
    assertTrue(free.bitExact());
    double planned = plan.report().cyclesPerFrame();
    assertEquals(planned, free.cyclesPerFrame(), planned / 100);

    Simulation stalled = simulate(plan.design(), new SimulationOptions(2, 0.2, 5, 0, null));
    assertEquals("", stalled.fault());
  }

  @Test
  void keepsTheRateAcrossASkip() throws IOException {
    assertAsPlanned(plan(residual(), 100));
  }

  @Test
  void keepsTheRateThroughSelectionsAndGroups() throws IOException {
    assertAsPlanned(plan(branches(), 130));
  }

  @Test
  void keepsTheRateBehindAShuffle() throws IOException {
    assertAsPlanned(plan(shuffledInside(), 60));
  }

  /** Longer without a pixel at either end than any watchdog of a few frames would wait. */
  @Test
  void isNotGivenUpWhileFramesAreInside() throws IOException {
    Nets nets = new Nets(1);
    String value = "x";
    for (int i = 0; i < 12; i++) {
      nets.conv(value, "c" + i, 1, 11, 1);
      value = "c" + i;
    }
    Plan plan = plan(nets.graph(value), 12);
    Simulation simulation = simulate(plan.design(), SimulationOptions.plain(1));
    assertEquals("", simulation.fault());
    assertTrue(plan.report().latencyCycles() > 4 * plan.report().cyclesPerFrame());
  }

  /**
   * The registers at both ends of a link hold a little themselves, so a few words less go
   * unnoticed; room for two positions less does not.
   */
  @Test
  void needsTheDepthOfASkip() throws IOException {
    Plan plan = plan(residual(), 100);
    Design design = plan.design();
    Link skip = design.links().stream().max(Comparator.comparingInt(Link::depth)).orElseThrow();
    int less = skip.depth() - 2 * skip.type().beatsPerPosition();
    List<Link> links =
        design.links().stream()
            .map(l -> l == skip ? new Link(l.name(), l.type(), less) : l)
            .toList();
    Design starved =
        new Design(
            design.name(),
            design.board(),
            design.clockMhz(),
            design.frameWidth(),
            design.frameHeight(),
            design.instances(),
            links,
            design.macsPerFrame());

    Simulation simulation = simulate(starved, SimulationOptions.plain(3));

    boolean slower = simulation.cyclesPerFrame() > plan.report().cyclesPerFrame() * 1.01;
    assertTrue(!simulation.bitExact() || slower, less + " words would do for " + skip);
  }
}
