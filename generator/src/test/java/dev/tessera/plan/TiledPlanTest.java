package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

  private static PlanRequest request(int bound) {
    return PlanRequest.fastest("tiled", FRAME.width(), FRAME.height(), 1).withMultipliers(bound);
  }

  private static Frame noise(int channels) {
    Frame frame = new Frame(channels, FRAME.height(), FRAME.width());
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
    "doubled, 200, 13, 32"
  })
  void tilesMakeTheWholeFrame(String name, int bound, int width, int height) throws IOException {
    Size core = new Size(width, height);
    Graph graph = graph(name);
    Plan plan = Planner.plan(graph, Boards.load("zcu102"), request(bound).withCore(core));
    Design design = plan.design();
    TileGrid grid = plan.report().tilings().get(0).option().grid();
    Frame frame = noise(graph.type("x").channels());
    Design once = Planner.plan(graph, Boards.load("zcu102"), request(bound)).design();
    Frame whole = GoldenModel.run(once, frame);
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    List<Frame> tiles = grid.tiles().stream().map(t -> crop(frame, t)).toList();

    Simulation free = simulate(design, tiles, SimulationOptions.plain(3 * tiles.size()));
    assertEquals("", free.fault());
    assertArrayEquals(whole.data(), joined(whole, free.actual(), grid).data());
    List<Long> ends = free.result().port("out0").frameEnds();
    long cycles = ends.get(ends.size() - 1) - ends.get(ends.size() - 1 - tiles.size());
    double planned = plan.report().cyclesPerFrame();
    assertEquals(planned, cycles, planned / 100);

    Simulation stalled =
        simulate(design, tiles, new SimulationOptions(tiles.size(), 0.2, 7, 300, null));
    assertEquals("", stalled.fault());
    assertArrayEquals(whole.data(), joined(whole, stalled.actual(), grid).data());
  }

  private Simulation simulate(Design design, List<Frame> tiles, SimulationOptions options) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(tiles, options);
  }

  private static Frame crop(Frame frame, TileGrid.Tile tile) {
    Frame part = new Frame(frame.channels(), tile.row().size(), tile.column().size());
    for (int c = 0; c < part.channels(); c++) {
      for (int y = 0; y < part.height(); y++) {
        for (int x = 0; x < part.width(); x++) {
          part.data()[part.index(c, y, x)] =
              frame.at(c, tile.row().start() + y, tile.column().start() + x);
        }
      }
    }
    return part;
  }

  private static Frame joined(Frame whole, List<Frame> made, TileGrid grid) {
    Frame all = new Frame(whole.channels(), whole.height(), whole.width());
    Arrays.fill(all.data(), -1);
    List<TileGrid.Tile> tiles = grid.tiles();
    for (int i = 0; i < tiles.size(); i++) {
      TileGrid.Tile tile = tiles.get(i);
      for (int c = 0; c < all.channels(); c++) {
        for (int y = 0; y < tile.row().madeSize(); y++) {
          for (int x = 0; x < tile.column().madeSize(); x++) {
            int row = tile.row().madeStart() + y;
            int column = tile.column().madeStart() + x;
            all.data()[all.index(c, row, column)] =
                made.get(i).at(c, tile.row().skipped() + y, tile.column().skipped() + x);
          }
        }
      }
    }
    return all;
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
