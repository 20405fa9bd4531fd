package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dev.tessera.hw.Frame;
import dev.tessera.ir.Graph;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.d2s.D2sSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who puts the phases of an enlargement in order, and that it makes no difference to the frame. */
class PhaseOrderTest {
  private static final int WIDTH = 16;
  private static final int HEIGHT = 12;

  @TempDir Path folder;

  /** Enlarges {@code in} channels to {@code out} between two other convolutions. */
  private static Graph inside(int in, int out, int block) {
    return new Nets(3)
        .conv("x", "a", in, 3, 1)
        .conv("a", "b", out * block * block, 3, 1)
        .shuffle("b", "c", block)
        .conv("c", "y", 3, 3, 1)
        .graph("y");
  }

  private static Design plan(Graph graph, int width, Enlarging way) {
    PlanRequest request =
        PlanRequest.fastest("planned", width, HEIGHT, 1).withMultipliers(400).withEnlarging(way);
    return Planner.plan(graph, Boards.load("zcu102"), request).design();
  }

  private static int walks(Design design) {
    return design.instances().stream()
        .filter(i -> i.spec() instanceof ConvSpec)
        .mapToInt(i -> ((ConvSpec) i.spec()).block())
        .max()
        .orElseThrow();
  }

  private static boolean shuffles(Design design) {
    return design.instances().stream().anyMatch(i -> i.spec() instanceof D2sSpec);
  }

  @Test
  void takesWhatNeedsLessMemory() {
    for (int width : new int[] {WIDTH, 240}) {
      Design narrow = plan(inside(8, 8, 2), width, Enlarging.AUTO);
      assertEquals(2, walks(narrow), "one row of 8 channels against one of 16");
      assertTrue(!shuffles(narrow));
      Design wide = plan(inside(16, 4, 2), width, Enlarging.AUTO);
      assertEquals(1, walks(wide), "one row of 16 channels against one of 8");
      assertTrue(shuffles(wide));
      assertEquals(3, walks(plan(inside(16, 4, 3), width, Enlarging.AUTO)), "two rows of 12");
    }
  }

  @Test
  void leavesTheVideoOutputToAShuffle() {
    assertTrue(shuffles(plan(Nets.espcn(), WIDTH, Enlarging.AUTO)));
    assertTrue(shuffles(plan(Nets.fsrcnn(), WIDTH, Enlarging.AUTO)));
  }

  private Frame[] run(Design design, Path place) throws IOException {
    Emitter.emit(design, place, new EmitContext("0", "hash", "tessera generate"));
    Simulator simulator = new Simulator(Verilator.find(), design, place, place.resolve("build"));
    List<Frame> inputs = List.of(noise(1), noise(2));
    Simulation free = simulator.run(inputs, SimulationOptions.plain(3));
    assertEquals("", free.fault());
    assertTrue(free.bitExact());
    Simulation stalled = simulator.run(inputs, new SimulationOptions(2, 0.2, 5, 0, null));
    assertEquals("", stalled.fault());
    double planned =
        design.instances().stream()
            .mapToLong(i -> Resources.cost(i.spec()).cyclesPerFrame())
            .max()
            .orElseThrow();
    assertEquals(planned, free.cyclesPerFrame(), planned / 100);
    return inputs.stream().map(f -> GoldenModel.run(design, f)).toArray(Frame[]::new);
  }

  private static Frame noise(long seed) {
    Frame frame = new Frame(3, HEIGHT, WIDTH);
    int[] values = new Random(seed).ints(frame.data().length, 0, 256).toArray();
    System.arraycopy(values, 0, frame.data(), 0, values.length);
    return frame;
  }

  @Test
  @Tag("sim")
  void bothOrdersMakeTheSameFrames() throws IOException {
    for (int block : new int[] {2, 3, 4}) {
      Graph graph = inside(8, 4, block);
      Design replayed = plan(graph, WIDTH, Enlarging.REPLAY);
      Design reordered = plan(graph, WIDTH, Enlarging.REORDER);
      assertEquals(block, walks(replayed));
      assertEquals(1, walks(reordered));
      Frame[] a = run(replayed, folder.resolve("replayed" + block));
      Frame[] b = run(reordered, folder.resolve("reordered" + block));
      for (int i = 0; i < a.length; i++) {
        assertArrayEquals(b[i].data(), a[i].data());
      }
    }
  }
}
