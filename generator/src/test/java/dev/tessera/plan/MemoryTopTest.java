package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.cosim.BenchResult.Traffic;
import dev.tessera.cosim.MemoryPlan;
import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.Size;
import dev.tessera.ir.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames from and to memory, whole and in tiles: laws 1, 2, 4 and 5. */
class MemoryTopTest {
  private static final int WIDTH = 36;
  private static final int HEIGHT = 20;
  private static final int FRAMES = 3;

  @TempDir Path folder;

  static Graph graph(int channels, int factor) {
    return new Nets(channels)
        .conv("x", "a", 6, 3, 1)
        .conv("a", "b", channels * factor * factor, 3, 1)
        .shuffle("b", "y", factor)
        .graph("y");
  }

  private static Graph plain(int channels) {
    return new Nets(channels).conv("x", "a", 6, 3, 1).conv("a", "y", channels, 5, 1).graph("y");
  }

  private static Design design(int channels, int factor, int bits, Size core) {
    PlanRequest request = PlanRequest.fastest("net", WIDTH, HEIGHT, 1).withMultipliers(150);
    Graph graph = factor == 1 ? plain(channels) : graph(channels, factor);
    boolean whole = core.width() >= WIDTH && core.height() >= HEIGHT;
    PlanRequest asked = whole ? request : request.withCore(core);
    Design design = Planner.plan(graph, Boards.load("zcu102"), asked).design();
    return MemoryPlanner.behind(design, bits, false);
  }

  private static List<Frame> noise(int channels) {
    Random random = new Random(channels);
    Frame[] frames = new Frame[2];
    for (int n = 0; n < frames.length; n++) {
      frames[n] = new Frame(channels, HEIGHT, WIDTH);
      Arrays.setAll(frames[n].data(), i -> random.nextInt(256));
    }
    return List.of(frames);
  }

  @Tag("sim")
  @ParameterizedTest(name = "{0} components, x{1}, {2} bits, cores of {3} x {4}")
  @CsvSource({
    "3, 1, 64, 36, 20",
    "3, 2, 128, 36, 20",
    "1, 2, 64, 36, 20",
    "1, 3, 512, 36, 20",
    "3, 2, 128, 12, 20",
    "3, 1, 256, 16, 8",
    "1, 4, 64, 12, 12",
    "3, 3, 512, 18, 10"
  })
  void framesComeFromMemoryAndReturn(int channels, int factor, int bits, int coreW, int coreH)
      throws IOException {
    Design design = design(channels, factor, bits, new Size(coreW, coreH));
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    List<Frame> frames = noise(channels);
    MemoryTop top = design.memory().orElseThrow();
    MemoryPlan aligned = MemoryPlan.aligned(top, MemoryPlan.LATENCY, 0);
    Simulation free = simulate(design, frames, aligned, 0, 0);
    compare(design, frames, free);
    compareBytes(top, aligned, free);

    // Rows and frames that begin at odd bytes, just below a multiple of 4 KiB.
    MemoryPlan odd =
        new MemoryPlan(0x1_0000_0000L, 0, 0x2_0000_0000L, 0, 60, top.busBytes() / 4.0)
            .moved(4091, WIDTH * channels + 5, 4077, WIDTH * factor * channels + 11);
    Simulation noisy = simulate(design, frames, odd, 0.2, 100);
    compare(design, frames, noisy);
    compareBytes(top, odd, noisy);
  }

  private Simulation simulate(
      Design design, List<Frame> frames, MemoryPlan memory, double stall, long reset) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(frames, new SimulationOptions(FRAMES, stall, 9, reset, null, memory));
  }

  private static void compare(Design design, List<Frame> frames, Simulation made) {
    assertEquals("", made.fault());
    assertTrue(made.bitExact(), () -> made.result().toString());
    assertEquals(FRAMES, made.actual().size());
    for (int n = 0; n < FRAMES; n++) {
      Frame golden = Nets.lively(GoldenModel.run(design, frames.get(n % frames.size())));
      assertArrayEquals(golden.data(), made.actual().get(n).data(), "frame " + n);
    }
  }

  private static void compareBytes(MemoryTop top, MemoryPlan plan, Simulation made) {
    Traffic seen = made.result().memory();
    assertEquals(
        FRAMES * top.readBytes(plan.sourceBase(), plan.sourcePitch()), seen.readBytes(), "read");
    assertEquals(
        FRAMES * top.writeBytes(plan.targetBase(), plan.targetPitch()),
        seen.writeBytes(),
        "written");
  }

  /**
   * A memory that is slower than the design sets the pace, and nothing that it could move is lost.
   */
  @Test
  @Tag("sim")
  void aLimitIsUsedUp() throws IOException {
    Design design = design(1, 2, 64, new Size(WIDTH, HEIGHT));
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    MemoryTop top = design.memory().orElseThrow();
    MemoryPlan any = MemoryPlan.aligned(top, 20, 0);
    double free = steadyCycles(design, any);
    long bytes =
        top.readBytes(any.sourceBase(), any.sourcePitch())
            + top.writeBytes(any.targetBase(), any.targetPitch());
    for (double share : new double[] {0.5, 0.9, 1.2}) {
      double rate = share * bytes / free;
      double slower = steadyCycles(design, MemoryPlan.aligned(top, 20, rate)) / free;
      assertEquals(Math.max(1, 1 / share), slower, 0.05, "at " + share + " of its own rate");
    }
  }

  /** Cycles per frame in the middle of a run, where frames are read and written at once. */
  private double steadyCycles(Design design, MemoryPlan memory) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    SimulationOptions options = new SimulationOptions(10, 0, 9, 0, null, memory);
    List<Long> ends = simulator.run(noise(1), options).result().port("out0").frameEnds();
    return (ends.get(7) - ends.get(3)) / 4.0;
  }

  @Test
  @Tag("sim")
  void anErrorIsRememberedAndFramesComplete() throws IOException {
    Design design = design(1, 2, 64, new Size(WIDTH, HEIGHT));
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    MemoryPlan plan = MemoryPlan.aligned(design.memory().orElseThrow(), 10, 0).failing(7);
    Simulation made = simulate(design, noise(1), plan, 0, 0);
    long flag =
        made.result().flags().stream()
            .filter(f -> f.name().equals("memory_error"))
            .findFirst()
            .orElseThrow()
            .value();
    assertEquals(3, flag, "bit 0 for reads, bit 1 for writes");
    assertEquals(FRAMES, made.result().port("out0").beats());
    assertEquals(0, made.result().mismatches());
  }

  /** Law 9 for the shell: each change of one place turns the bench red. */
  @Tag("sim")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ts_mem_bursts | (KW+1)'(1 << KW) | (KW+1)'((1 << KW) + 1)",
        "ts_mem_bursts | 18'(place[BW-1:0]) + 18'(B - 1) | 18'(B - 1)",
        "ts_mem_pack | strobe_next[i+:N] = '1; | strobe_next[i+:1] = 1'b1;",
        "ts_mem_unpack | behind > PW'(B); | behind >= PW'(B);",
        "ts_mem_filter | x_first <= tile_x - skip_x; | x_first <= tile_x - skip_x - 16'd1;",
        "ts_mem_tiles | core - halo; | core;",
        "ts_mem_writer | wlast = count == length; | wlast = count + 8'd1 == length;",
        "ts_mem_writer | & !finished && open == '0; | & !finished;"
      })
  void seededFaultsTurnTheBenchRed(String file, String from, String to) throws IOException {
    Design design = design(3, 2, 128, new Size(12, HEIGHT));
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Path rtl = folder.resolve("rtl").resolve(file + ".sv");
    String text = Files.readString(rtl);
    assertEquals(2, text.split(Pattern.quote(from), -1).length, from + " stands there once");
    Files.writeString(rtl, text.replace(from, to));
    MemoryPlan odd =
        MemoryPlan.aligned(design.memory().orElseThrow(), 40, 0).moved(4091, 5, 4077, 11);
    Simulation broken = simulate(design, noise(3), odd, 0.1, 0);
    assertFalse(broken.bitExact(), from + " became " + to);
    assertFalse(broken.fault().isEmpty(), "the fault is named");
  }

  /** One row of whole words is all that is read and written where nothing is cut. */
  @Test
  @Tag("fast")
  void wholeFramesMoveNothingTwice() {
    MemoryTop top = design(3, 2, 128, new Size(WIDTH, HEIGHT)).memory().orElseThrow();
    // 36 pixels of 3 bytes are 108 bytes, 7 words; enlarged 216 bytes, 14 words.
    assertEquals(HEIGHT * 7 * 16, top.readBytes(0, top.readPitch()));
    assertEquals(2 * HEIGHT * 14 * 16, top.writeBytes(0, top.writePitch()));
    // A row that begins one byte before a word's end takes a word more.
    assertEquals(HEIGHT * 8 * 16, top.readBytes(15, top.readPitch()));
  }

  @Test
  @Tag("fast")
  void refusesABusThatIsNone() {
    for (int bits : new int[] {32, 96, 1024}) {
      TesseraException refused =
          assertThrows(TesseraException.class, () -> design(3, 2, bits, new Size(WIDTH, HEIGHT)));
      assertEquals("plan.memory", refused.diagnostic().code());
      assertTrue(refused.diagnostic().sentence().contains(bits + " bits"), refused.getMessage());
    }
  }
}
