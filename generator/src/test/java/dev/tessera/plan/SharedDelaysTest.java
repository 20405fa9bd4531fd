package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
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

/** Values with several late readers are stored once, and the pipeline keeps its pace. */
@Tag("sim")
class SharedDelaysTest {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 14;
  private static final int CHANNELS = 32;

  @TempDir private Path folder;

  /** The map {@code a} is added again behind each of three convolutions. */
  private static Graph sums() {
    return new Nets(1)
        .conv("x", "a", CHANNELS, 3, 1)
        .conv("a", "b", CHANNELS, 5, CHANNELS)
        .add("b", "a", "s")
        .conv("s", "c", CHANNELS, 5, CHANNELS)
        .add("c", "a", "t")
        .conv("t", "d", CHANNELS, 5, CHANNELS)
        .add("d", "a", "u")
        .conv("u", "y", 1, 1, 1)
        .graph("y");
  }

  /** The map {@code a} waits in a concatenation, and is added behind a reader of that. */
  private static Graph dense() {
    return new Nets(1)
        .conv("x", "a", CHANNELS, 3, 1)
        .conv("a", "b", CHANNELS, 5, CHANNELS)
        .concat("ab", "a", "b")
        .conv("ab", "c", CHANNELS, 5, CHANNELS)
        .concat("abc", "ab", "c")
        .conv("abc", "d", CHANNELS, 1, 1)
        .add("d", "a", "u")
        .conv("u", "y", 1, 1, 1)
        .graph("y");
  }

  private static Plan plan(Graph graph) {
    PlanRequest request = PlanRequest.fastest("shared", WIDTH, HEIGHT, 1).withMultipliers(400);
    return Planner.plan(graph, Boards.load("zcu102"), request);
  }

  /** Words of {@code channels} values that the links of {@code design} hold. */
  private static long positions(Design design) {
    return design.links().stream().mapToLong(l -> (long) l.depth() * l.type().lanes()).sum()
        / CHANNELS;
  }

  private Simulation simulate(Design design, double stall) throws IOException {
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    Frame frame = new Frame(1, HEIGHT, WIDTH);
    int[] codes = new Random(4).ints(frame.data().length, 0, 256).toArray();
    System.arraycopy(codes, 0, frame.data(), 0, codes.length);
    return simulator.run(List.of(frame), new SimulationOptions(3, stall, 5, 0, null));
  }

  private void assertAsPlanned(Plan plan) throws IOException {
    Simulation free = simulate(plan.design(), 0);
    assertEquals("", free.fault());
    double planned = plan.report().cyclesPerFrame();
    assertEquals(planned, free.cyclesPerFrame(), planned / 100);
    assertEquals("", simulate(plan.design(), 0.2).fault());
  }

  /** Each convolution lags by less than three rows; flat FIFOs would hold 1 + 2 + 3 lags. */
  @Test
  void laterReadersWaitBehindTheFifoOfEarlierOnes() throws IOException {
    Plan plan = plan(sums());
    long held = positions(plan.design());
    assertTrue(held >= 6 * WIDTH && held < 9 * WIDTH, held + " positions");
    assertAsPlanned(plan);
  }

  /** One lag of a, then one of a and b; the addition takes a from there instead of two lags. */
  @Test
  void concatenationsServeLateReadersOfTheirParts() throws IOException {
    Plan plan = plan(dense());
    long held = positions(plan.design());
    assertTrue(held >= 6 * WIDTH && held < 8 * WIDTH, held + " positions");
    assertAsPlanned(plan);
  }

  /** Registers at the ends of three links hold a few positions; four less go noticed. */
  @Test
  void needsTheDepthOfTheChain() throws IOException {
    Plan plan = plan(sums());
    Design design = plan.design();
    Link link = design.links().stream().max(Comparator.comparingInt(Link::depth)).orElseThrow();
    int less = link.depth() - 4 * link.type().beatsPerPosition();
    List<Link> links =
        design.links().stream()
            .map(l -> l == link ? new Link(l.name(), l.type(), less) : l)
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

    Simulation simulation = simulate(starved, 0);

    boolean slower = simulation.cyclesPerFrame() > plan.report().cyclesPerFrame() * 1.01;
    assertTrue(!simulation.bitExact() || slower, less + " words would do for " + link);
  }
}
