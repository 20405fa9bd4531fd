package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.cosim.BenchResult.PortResult;
import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.unit.Resizing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planned networks on frames of different sizes, back to back. */
@Tag("sim")
class ResizablePlanTest {
  /** Registers on the way of a frame that do not depend on its size. */
  private static final int REGISTERS = 50;

  /** Frames of more rows keep four convolutions of 3x3 busy while the next one comes in. */
  private static final int COVERING_ROWS = 8;

  private static final Size MOST = new Size(24, 16);
  private static final List<Size> SIZES =
      List.of(
          MOST,
          new Size(10, 9),
          new Size(10, 16),
          new Size(22, 9),
          new Size(12, 12),
          new Size(4, 4),
          new Size(4, 3),
          new Size(24, 3),
          MOST,
          MOST,
          new Size(22, 16));

  @TempDir Path folder;

  private Simulation simulate(Design design, List<Size> sizes, SimulationOptions options) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    List<Frame> frames =
        IntStream.range(0, sizes.size()).mapToObj(i -> noise(sizes.get(i), i)).toList();
    frames.forEach(frame -> Nets.lively(GoldenModel.run(design, frame)));
    return simulator.run(frames, options);
  }

  private static Frame noise(Size size, long seed) {
    Frame frame = new Frame(3, size.height(), size.width());
    int[] values = new Random(seed).ints(frame.data().length, 0, 256).toArray();
    System.arraycopy(values, 0, frame.data(), 0, values.length);
    return frame;
  }

  private Design emitted(Design fixed) throws IOException {
    Design design = Resizing.resizable(fixed);
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    return design;
  }

  private void assertExact(Design design) {
    for (int seed = 1; seed <= 3; seed++) {
      int reset = seed == 3 ? 500 : 0;
      SimulationOptions stalls =
          new SimulationOptions(SIZES.size() + 3, 0.15 * (seed - 1), seed, reset, null);
      Simulation simulation = simulate(design, SIZES, stalls);
      assertEquals("", simulation.fault(), "seed " + seed);
      assertTrue(simulation.bitExact(), "seed " + seed);
    }
  }

  private static double cyclesPerPosition(Design design) {
    return slowest(design) / (double) (MOST.width() * MOST.height());
  }

  private static long slowest(Design design) {
    return design.instances().stream()
        .mapToLong(i -> Resources.cost(i.spec()).cyclesPerFrame())
        .max()
        .orElseThrow();
  }

  /**
   * The input takes the next frame while the one before is still in the pipeline; the output pauses
   * between them for no more than two rows, unless the frame before is too small to cover the way
   * of the next one.
   */
  private void assertNoDrain(Design design) {
    Simulation run = simulate(design, SIZES, SimulationOptions.plain(SIZES.size()));
    PortResult in = run.result().port("in0");
    PortResult out = run.result().port("out0");
    for (int n = 0; n + 1 < SIZES.size(); n++) {
      String frame = "frame " + (n + 1) + " of " + SIZES.get(n + 1);
      assertTrue(in.frameStarts().get(n + 1) < out.frameEnds().get(n), frame + " waits for an end");
      long gap = out.frameStarts().get(n + 1) - out.frameEnds().get(n);
      double rows = 2 * SIZES.get(n + 1).width() * cyclesPerPosition(design) + REGISTERS;
      boolean covered = SIZES.get(n).height() > COVERING_ROWS;
      assertTrue(!covered || gap <= rows, frame + ": " + gap + " cycles between, not " + rows);
    }
  }

  @Test
  void changesSizeAroundASkip() throws IOException {
    Design design = emitted(ResizableNets.residual(MOST.width(), MOST.height()));
    assertExact(design);
    assertNoDrain(design);
  }

  @Test
  void changesSizeThroughGroupsAndAShuffle() throws IOException {
    Design design = emitted(ResizableNets.doubled(MOST.width(), MOST.height()));
    assertExact(design);
    assertNoDrain(design);
  }

  /** Sizes that follow from the frame's by division, multiplication and division again. */
  @Test
  void changesSizeThroughStrides() throws IOException {
    Design design = emitted(ResizableNets.strided(MOST.width(), MOST.height()));
    Size made = Size.of(Resizing.resized(design, new Size(11, 14)).sink().spec().inputs().get(0));
    // Eleven columns give six, then 24; fourteen rows seven, three, then twelve.
    assertEquals(new Size(24, 12), made);
    List<Size> sizes = new ArrayList<>();
    for (Size size : SIZES) {
      sizes.add(new Size(Math.max(size.width(), 9) - 1, Math.max(size.height(), 12)));
    }
    sizes.add(MOST);
    for (double stall : new double[] {0, 0.2}) {
      SimulationOptions options = new SimulationOptions(sizes.size() + 2, stall, 3, 0, null);
      Simulation simulation = simulate(design, sizes, options);
      assertEquals("", simulation.fault(), "pauses " + stall);
      assertTrue(simulation.bitExact());
    }
  }

  /** The depths of the skips are those of the largest frame; the smallest ones lead over them. */
  @Test
  void smallFramesDoNotBlockDeepSkips() throws IOException {
    Design design = emitted(ResizableNets.distilling(MOST.width(), MOST.height()));
    List<Size> sizes = new ArrayList<>(Collections.nCopies(20, new Size(3, 3)));
    sizes.addAll(List.of(new Size(20, 3), new Size(3, 16), MOST, new Size(3, 3), new Size(5, 4)));
    for (double stall : new double[] {0, 0.2}) {
      SimulationOptions options = new SimulationOptions(sizes.size(), stall, 9, 0, null);
      Simulation simulation = simulate(design, sizes, options);
      assertEquals("", simulation.fault(), "pauses " + stall);
      assertTrue(simulation.bitExact());
    }
  }

  @Test
  void keepsThePlannedRateWhereTheSizeStays() throws IOException {
    Design design = emitted(ResizableNets.residual(MOST.width(), MOST.height()));
    List<Size> same = Collections.nCopies(4, MOST);
    Simulation simulation = simulate(design, same, SimulationOptions.plain(4));
    assertTrue(simulation.bitExact());
    assertEquals(slowest(design), simulation.cyclesPerFrame(), slowest(design) / 100.0);
  }
}
