package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.ir.Macs;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.conv.ConvSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 4 for plans with products, pools and resized maps. */
@Tag("sim")
class PlannedMapsTest {
  @TempDir Path folder;

  private static Plan plan(Nets nets, int width, int height, int bound) {
    PlanRequest request = PlanRequest.fastest("maps", width, height, 1).withMultipliers(bound);
    return Planner.plan(nets.graph("y"), Boards.load("zcu102"), request);
  }

  private void assertAsPlanned(Plan plan) throws IOException {
    Design design = plan.design();
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    List<Frame> frames = List.of(noise(design, 1), noise(design, 2));
    frames.forEach(frame -> Nets.lively(GoldenModel.run(design, frame)));
    Simulation free = simulator.run(frames, SimulationOptions.plain(4));
    assertEquals("", free.fault());
    assertTrue(free.bitExact());
    double planned = plan.report().cyclesPerFrame();
    assertEquals(planned, free.cyclesPerFrame(), planned / 100);
    Simulation stalled = simulator.run(frames, new SimulationOptions(2, 0.2, 5, 0, null));
    assertEquals("", stalled.fault());
  }

  private static Frame noise(Design design, long seed) {
    return noise(design.source().spec().outputs().get(0).channels(), design.frame(), seed);
  }

  private static Frame noise(int channels, Size size, long seed) {
    Frame frame = new Frame(channels, size.height(), size.width());
    int[] values = new Random(seed).ints(frame.data().length, 0, 256).toArray();
    System.arraycopy(values, 0, frame.data(), 0, values.length);
    return frame;
  }

  /** Attention for every pixel and channel, then for every pixel. */
  @Test
  void multipliesAcrossSkips() throws IOException {
    Nets nets =
        new Nets(3)
            .conv("x", "a", 8, 3, 1)
            .conv("a", "b", 8, 1, 1)
            .table("b", "t")
            .mul("a", "t", "m")
            .conv("m", "one", 1, 3, 1)
            .mul("m", "one", "n")
            .conv("n", "y", 3, 3, 1);
    assertAsPlanned(plan(nets, 16, 12, 120));
  }

  @Test
  void poolsAndShufflesBack() throws IOException {
    Nets nets =
        new Nets(3)
            .conv("x", "a", 8, 3, 1)
            .max("a", "p", 2, 2, 0)
            .conv("p", "b", 12, 3, 1)
            .shuffle("b", "y", 2);
    assertAsPlanned(plan(nets, 16, 12, 100));
  }

  /** A window that walks past the frame is what takes longest. */
  @Test
  void poolsWithPadding() throws IOException {
    Nets nets = new Nets(3).max("x", "p", 3, 1, 1).average("p", "y", 5, 1, 2);
    Plan plan = plan(nets, 16, 12, 1);
    assertEquals((16 + 2) * (12 + 2), plan.report().cyclesPerFrame());
    assertAsPlanned(plan);
  }

  @Test
  void poolsDownAndEnlargesAgain() throws IOException {
    Nets nets =
        new Nets(3)
            .conv("x", "a", 6, 3, 1)
            .average("a", "p", 2, 2, 0)
            .conv("p", "b", 6, 3, 1)
            .linear("b", "u", 2)
            .add("a", "u", "s")
            .conv("s", "y", 3, 1, 1);
    Plan plan = plan(nets, 16, 64, 100);
    assertAsPlanned(plan);
  }

  /** A shift is wiring: its array chooses, and every multiplier belongs to the other layers. */
  @Test
  void movesWithoutMultipliers() throws IOException {
    Nets nets = new Nets(3).conv("x", "a", 6, 3, 1).move("a", "s").conv("s", "y", 3, 3, 1);
    Plan plan = plan(nets, 16, 12, 100);
    assertAsPlanned(plan);
    Cost cost =
        plan.design().instances().stream()
            .filter(i -> i.spec() instanceof ConvSpec c && c.kernel().moves())
            .map(i -> Resources.cost(i.spec()))
            .findAny()
            .orElseThrow();
    assertEquals(0, cost.multipliers());
    assertEquals(0, cost.macs());
    assertEquals(16 * 12 * (3 * 6 * 9 + 6 * 3 * 9), Macs.perFrame(nets.graph("y"), 16, 12));
  }

  @Test
  void enlargesTheNearestPixel() throws IOException {
    Nets nets = new Nets(3).conv("x", "a", 4, 3, 1).nearest("a", "u", 3).conv("u", "y", 3, 3, 1);
    assertAsPlanned(plan(nets, 12, 10, 400));
  }

  /** Attention out of a map of a few pixels: the skip holds what the branch looks ahead. */
  @Test
  void bringsAFewPixelsBackToTheFrame() throws IOException {
    int height = 31;
    Nets nets =
        new Nets(3)
            .conv("x", "a", 4, 3, 1)
            .max("a", "p", 7, 3, 0)
            .conv("p", "b", 4, 3, 1)
            .linear("b", "u", "a")
            .mul("a", "u", "m")
            .conv("m", "y", 3, 1, 1);
    Plan plan = plan(nets, 22, height, 60);
    long rows =
        plan.design().links().stream()
            .filter(l -> l.type().height() == height)
            .mapToLong(l -> l.depth() / ((long) l.type().width() * l.type().beatsPerPosition()))
            .max()
            .orElseThrow();
    // Row 7 of the pool's window, one of the kernel, one that is weighed: 3 rows each.
    assertTrue(rows >= 7 + 3 + 3 - 1 && rows < height, rows + " rows wait");
    assertAsPlanned(plan);
  }

  /** Pools and whole factors take frames of any size, one after the other. */
  @Test
  void takesFramesOfOtherSizes() throws IOException {
    Nets nets =
        new Nets(3)
            .conv("x", "a", 4, 3, 1)
            .max("a", "p", 3, 2, 1)
            .average("p", "q", 2, 2, 0)
            .linear("q", "u", 4)
            .table("u", "t")
            .mul("u", "t", "m")
            .nearest("m", "n", 2)
            .conv("n", "y", 3, 1, 1);
    Design design = Resizing.resizable(plan(nets, 22, 17, 200).design());
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    List<Size> sizes =
        List.of(
            new Size(22, 17),
            new Size(9, 8),
            new Size(13, 3),
            new Size(13, 17),
            new Size(22, 4),
            new Size(22, 17));
    List<Frame> frames = new ArrayList<>();
    for (Size size : sizes) {
      frames.add(noise(3, size, frames.size()));
    }
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    Simulation free = simulator.run(frames, SimulationOptions.plain(frames.size()));
    assertEquals("", free.fault());
    assertTrue(free.bitExact());
    Simulation stalled = simulator.run(frames, new SimulationOptions(12, 0.2, 5, 90, null));
    assertEquals("", stalled.fault());
    assertTrue(stalled.bitExact());
  }

  /** A ratio that depends on the rows leaves no shorter frame to look at. */
  @Test
  void depthsAreThoseOfWholeFrames() {
    Nets whole = new Nets(3).max("x", "p", 7, 3, 0).linear("p", "u", "x").mul("x", "u", "y");
    Nets periodic = new Nets(3).max("x", "p", 4, 4, 0).linear("p", "u", 4).mul("x", "u", "y");
    StepGraph esa = StepGraph.of(whole.graph("y"));
    assertEquals(240, new Pipeline(esa, 64, 240).steadyRows());
    int rows = new Pipeline(StepGraph.of(periodic.graph("y")), 64, 240).steadyRows();
    assertTrue(rows < 240 && rows % 4 == 0, rows + " rows");
    Plan plan = plan(periodic, 64, 240, 1);
    Plan one = plan(periodic, 64, rows, 1);
    assertEquals(depths(one), depths(plan));
  }

  private static List<Integer> depths(Plan plan) {
    return plan.design().links().stream().map(Link::depth).toList();
  }

  @Test
  void refusesToMakeMapsSmaller() {
    Nets nets = new Nets(3).nearest("x", "u", 2).linear("u", "y", "x");
    TesseraException refused = assertThrows(TesseraException.class, () -> plan(nets, 16, 12, 1));
    assertEquals("plan.frame", refused.diagnostic().code());
    assertEquals("it makes 16 of 32 pixels, and only enlarges", refused.diagnostic().sentence());
  }

  @Test
  void refusesFramesSmallerThanAPool() {
    Nets nets = new Nets(3).max("x", "p", 7, 1, 0).nearest("p", "y", 1);
    TesseraException refused = assertThrows(TesseraException.class, () -> plan(nets, 16, 6, 1));
    assertEquals("the frame is smaller than the window", refused.diagnostic().sentence());
  }
}
