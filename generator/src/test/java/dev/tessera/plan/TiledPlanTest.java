package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Stride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames in tiles through planned pipelines: laws 1, 2 and 4 together. */
class TiledPlanTest {
  private static final Size FRAME = new Size(48, 32);

  @TempDir Path folder;

  private static Graph graph(String name) {
    return switch (name) {
      case "residual" ->
          new Nets(3)
              .conv("x", "a", 8, 3, 1)
              .conv("a", "b", 8, 3, 1)
              .add("a", "b", "s")
              .conv("s", "y", 3, 5, 1)
              .graph("y");
      case "doubled" ->
          new Nets(1)
              .conv("x", "a", 8, 3, 1)
              .conv("a", "g", 8, 3, 4)
              .conv("g", "e", 4, 1, 1)
              .shuffle("e", "y", 2)
              .graph("y");
      case "attention" ->
          new Nets(3)
              .conv("x", "a", 4, 3, 1)
              .conv("a", "d", 4, 3, 1, new Stride(2, 2))
              .max("d", "p", 5, 2, 0)
              .conv("p", "b", 4, 3, 1)
              .linear("b", "u", "a")
              .mul("a", "u", "m")
              .conv("m", "y", 3, 1, 1)
              .graph("y");
      default ->
          new Nets(3)
              .conv("x", "a", 12, 3, 1)
              .shuffle("a", "b", 2)
              .conv("b", "c", 4, 3, 1)
              .conv("c", "y", 3, 3, 1)
              .graph("y");
    };
  }

  /** One window of five columns; half of them and one more are too few for it. */
  private static Graph wide() {
    return new Nets(1).conv("x", "a", 3, 5, 1).graph("a");
  }

  /** The branch of an attention looks far. */
  private static Size frame(String name) {
    return name.equals("attention") ? new Size(90, 70) : FRAME;
  }

  private static PlanRequest request(int bound) {
    return request(FRAME, bound);
  }

  private static PlanRequest request(Size size, int bound) {
    return PlanRequest.fastest("tiled", size.width(), size.height(), 1).withMultipliers(bound);
  }

  private static Frame noise(int channels, Size size) {
    Frame frame = new Frame(channels, size.height(), size.width());
    Random random = new Random(channels);
    Arrays.setAll(frame.data(), i -> random.nextInt(256));
    return frame;
  }

  @Tag("sim")
  @ParameterizedTest
  @CsvSource({
    "residual, 100, 24, 32",
    "residual, 100, 16, 16",
    "doubled, 60, 24, 32",
    "doubled, 60, 20, 12",
    "inside, 150, 16, 16",
    "residual, 300, 18, 18",
    "doubled, 200, 13, 32",
    "attention, 60, 48, 36",
    "attention, 60, 20, 70"
  })
  void tilesMakeTheWholeFrame(String name, int bound, int width, int height) throws IOException {
    Size core = new Size(width, height);
    Graph graph = graph(name);
    PlanRequest request = request(frame(name), bound);
    Plan plan = Planner.plan(graph, Boards.load("zcu102"), request.withCore(core));
    Design design = plan.design();
    Frame frame = noise(graph.type("x").channels(), frame(name));
    Design once = Planner.plan(graph, Boards.load("zcu102"), request).design();
    Frame whole = Nets.lively(GoldenModel.run(once, frame));
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));

    assertArrayEquals(whole.data(), GoldenModel.run(design, frame).data());

    Simulation free = simulate(design, frame, SimulationOptions.plain(3));
    assertEquals("", free.fault());
    for (Frame made : free.actual()) {
      assertArrayEquals(whole.data(), made.data());
    }
    double planned = plan.report().cyclesPerFrame();
    assertEquals(planned, free.cyclesPerFrame(), planned / 100);

    Simulation stalled = simulate(design, frame, new SimulationOptions(1, 0.2, 7, 300, null));
    assertEquals("", stalled.fault());
    assertArrayEquals(whole.data(), stalled.actual().get(0).data());
  }

  /** Law 9 for a resize that counts tiles: each change of one place turns the bench red. */
  @Tag("sim")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ts_resize_read | .tile(begins ? next_x : tile_x) | .tile(tile_x)",
        "ts_resize_read | .tile(next_y) | .tile('0)",
        "ts_resize_axis | start = AW'(STARTS[t*32+:32]); | start = '0;",
        "ts_resize_axis | made = OW'(MADE[t*32+:32]); | made = OW'(MADE[31:0]);"
      })
  void seededFaultsTurnTheBenchRed(String file, String from, String to) throws IOException {
    Graph graph = graph("attention");
    Size size = frame("attention");
    PlanRequest request = request(size, 60).withCore(new Size(48, 36));
    Design design = Planner.plan(graph, Boards.load("zcu102"), request).design();
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Path rtl = folder.resolve("rtl").resolve(file + ".sv");
    String text = Files.readString(rtl);
    assertEquals(2, text.split(Pattern.quote(from), -1).length, from + " stands there once");
    Files.writeString(rtl, text.replace(from, to));
    Simulation broken = simulate(design, noise(3, size), SimulationOptions.plain(1));
    assertFalse(broken.bitExact(), from + " became " + to);
  }

  private Simulation simulate(Design design, Frame frame, SimulationOptions options) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(List.of(frame), options);
  }

  /** A board with fewer block memories. */
  private static Board with(Board b, int blocks) {
    Board.Memory m = b.memories().get(0);
    Board.Memory few =
        new Board.Memory(m.kind(), blocks, m.shapes(), m.halves(), m.initialContents());
    return new Board(
        b.name(),
        b.title(),
        b.vendor(),
        b.part(),
        b.clockMhz(),
        b.dsp(),
        List.of(few),
        b.lut(),
        b.ff(),
        b.dram(),
        b.sources());
  }

  /** Whole rows do not fit, parts of them do. */
  @Test
  @Tag("fast")
  void cutsFramesThatDoNotFit() {
    Board small = with(Boards.load("pynq-z2"), 24);
    PlanRequest large = PlanRequest.fastest("net", 640, 360, 1).withCuts();
    Plan plan = Planner.plan(Nets.espcn(), small, large);
    List<PlanReport.Tiling> tilings = plan.report().tilings();
    TileOption taken = tilings.get(0).option();
    assertEquals("taken: fewest bytes of those that fit", tilings.get(0).verdict());
    assertEquals(taken.grid(), plan.design().tiles().orElseThrow());
    assertEquals(360, taken.grid().rows().core());
    assertEquals(new Size(640, 360), plan.design().picture());
    assertTrue(plan.report().resources().excess(small).isEmpty());
    assertThrows(TesseraException.class, () -> Planner.plan(Nets.espcn(), with(small, 1), large));
    for (PlanReport.Tiling other : tilings.subList(1, tilings.size())) {
      boolean better = other.option().bytes() < taken.bytes();
      boolean tried = !other.verdict().contains("of a frame in DRAM");
      assertEquals(better, tried, other.toString());
    }
  }

  @Test
  @Tag("fast")
  void refusesWhatCannotBeCut() {
    List<String> sentences = new ArrayList<>();
    for (PlanRequest request :
        List.of(
            request(100).withCore(new Size(47, 31)),
            request(100).withFps(60).withLive(LiveTiming.of(48, 32)).withCore(new Size(24, 32)))) {
      TesseraException refused =
          assertThrows(
              TesseraException.class, () -> Planner.plan(wide(), Boards.load("zcu102"), request));
      assertEquals("plan.tile", refused.diagnostic().code());
      sentences.add(refused.diagnostic().sentence());
    }
    assertTrue(sentences.get(0).startsWith("one of the tiles is"), sentences.toString());
    assertEquals("a live source cannot wait for a frame to be cut", sentences.get(1));
  }
}
