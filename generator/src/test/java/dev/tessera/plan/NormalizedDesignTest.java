package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.DesignFile;
import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Size;
import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.Normalization;
import dev.tessera.num.Requant;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.conv.ConvSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks that normalise over the frame, with a table of its own for every frame: laws 1, 2, 4.
 */
class NormalizedDesignTest {
  private static final int WIDTH = 28;
  private static final int HEIGHT = 20;
  private static final int FRAMES = 3;

  @TempDir Path folder;

  /** The graph with every convolution normalising to a mean of 120 and a deviation of 45. */
  private static Graph normalising(Graph graph, int phases) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(node instanceof Node.QConv conv ? normalising(conv, phases) : node);
    }
    return new Graph(graph.name(), nodes, graph.types(), graph.quants(), graph.output());
  }

  private static Node normalising(Node.QConv conv, int phases) {
    int channels = conv.kernel().outChannels();
    int distinct = channels % (phases * 3) == 0 ? channels / phases : channels;
    double[] ones = filled(channels, 1);
    Normalization bare =
        new Normalization(
            ones,
            new double[channels],
            filled(distinct, 45),
            filled(distinct, 120),
            1,
            ones,
            new int[channels],
            1,
            null);
    long[] squares = new long[channels];
    Arrays.fill(squares, 100L * (1 << 22));
    Normalization rule = bare.with(22, new Moments(100, new long[channels], squares));
    Requant none =
        new Requant(0, 22, new int[channels], new long[1][channels], null, null, null, 0, 255);
    return new Node.QConv(
        conv.name(),
        conv.input(),
        conv.output(),
        conv.kernel(),
        conv.stride(),
        conv.pads(),
        conv.border(),
        conv.padCode(),
        none.with(rule.typical(), rule.offsetShift()),
        conv.type(),
        rule);
  }

  private static double[] filled(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  static Graph graph() {
    return normalising(
        new Nets(3)
            .conv("x", "a", 10, 3, 1)
            .conv("a", "b", 10, 3, 10)
            .conv("b", "c", 12, 3, 1)
            .shuffle("c", "y", 2)
            .graph("y"),
        4);
  }

  private static Design design(Graph graph, int width, int height, int multipliers, Size core) {
    PlanRequest request = PlanRequest.fastest("net", width, height, 1).withMultipliers(multipliers);
    PlanRequest asked = core == null ? request : request.withCore(core);
    Design design = Planner.plan(graph, Boards.load("zcu102"), asked).design();
    return design.withNorm(Optional.of(NormTop.host(FRAMES)));
  }

  /** Noise of rising contrast: every frame has statistics of its own. */
  private static List<Frame> frames(int width, int height) {
    Random random = new Random(11);
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < FRAMES; n++) {
      Frame frame = new Frame(3, height, width);
      int contrast = 60 + 70 * n;
      Arrays.setAll(frame.data(), i -> random.nextInt(contrast));
      frames.add(frame);
    }
    return frames;
  }

  private Simulation simulate(Design design, List<Frame> frames, SimulationOptions options)
      throws IOException {
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    return again(design, frames, options);
  }

  private Simulation again(Design design, List<Frame> frames, SimulationOptions options) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(frames, options);
  }

  @Test
  @Tag("fast")
  void exactTablesNormaliseEveryChannel() {
    Design design = design(graph(), WIDTH, HEIGHT, 200, null);
    List<Frame> frames = frames(WIDTH, HEIGHT);
    Map<String, NormTable> first = Tables.exact(design, frames.get(0));
    assertEquals(3, first.size());
    assertNotEquals(first, Tables.exact(design, frames.get(1)));
    for (Frame frame : frames) {
      Design settled = Tables.applied(design, Tables.exact(design, frame));
      Frame made = GoldenModel.run(settled, frame);
      double mean = Arrays.stream(made.data()).average().orElseThrow();
      double variance =
          Arrays.stream(made.data())
              .mapToDouble(v -> v - mean)
              .map(v -> v * v)
              .average()
              .orElseThrow();
      assertEquals(120, mean, 1.5);
      assertEquals(45, Math.sqrt(variance), 2);
    }
    Path file = folder.resolve("design");
    assertEquals(design.norm(), written(design, file).norm());
    assertEquals(first, Tables.exact(written(design, file), frames.get(0)));
  }

  private static Design written(Design design, Path file) {
    try {
      DesignFile.write(design, file);
      return DesignFile.read(file);
    } catch (IOException fault) {
      throw new IllegalStateException(fault);
    }
  }

  @ParameterizedTest(name = "{0} multipliers")
  @CsvSource({"12", "60", "400", "1400"})
  @Tag("sim")
  void framesFollowTheirTables(int multipliers) throws IOException {
    Design design = design(graph(), WIDTH, HEIGHT, multipliers, null);
    List<Frame> frames = frames(WIDTH, HEIGHT);
    Simulation free = simulate(design, frames, SimulationOptions.plain(2 * FRAMES));
    assertEquals("", free.fault());
    long planned =
        Planner.plan(
                graph(),
                Boards.load("zcu102"),
                PlanRequest.fastest("net", WIDTH, HEIGHT, 1).withMultipliers(multipliers))
            .report()
            .cyclesPerFrame();
    assertEquals(planned, free.cyclesPerFrame(), 0.01 * planned);
    for (int seed = 1; seed <= 2; seed++) {
      SimulationOptions noisy =
          new SimulationOptions(2 * FRAMES, 0.15 * seed, seed, 150 * seed, null);
      assertEquals("", again(design, frames, noisy).fault(), "seed " + seed);
    }
  }

  /** The table of a frame comes later than its first sums. */
  @Test
  @Tag("sim")
  void sumsWaitForTheirTable() throws IOException {
    Graph graph =
        normalising(new Nets(3).conv("x", "a", 24, 1, 1).conv("a", "y", 3, 1, 1).graph("y"), 1);
    Design design = design(graph, 4, 2, 200, null);
    List<Frame> frames = frames(4, 2);
    assertEquals("", simulate(design, frames, SimulationOptions.plain(4 * FRAMES)).fault());
    assertEquals(
        "", again(design, frames, new SimulationOptions(4 * FRAMES, 0.2, 3, 9, null)).fault());
    fault("ts_conv_factors.sv", "assign open = ahead != '0;", "assign open = 1'b1;");
    assertFalse(again(design, frames, SimulationOptions.plain(4 * FRAMES)).bitExact());
  }

  private void fault(String file, String from, String to) throws IOException {
    Path place = folder.resolve("rtl").resolve(file);
    String text = Files.readString(place);
    assertTrue(text.contains(from), file);
    Files.writeString(place, text.replace(from, to));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ts_conv_factors.sv | .rd_addr({bank, beat}) | .rd_addr({1'b0, beat})",
        "ts_conv_factors.sv | if (whole) fill <= !fill; | if (whole) fill <= fill;",
        "ts_norm_table.sv | {address[IW+:BW], NW'(index)} | {address[IW+:BW], ~NW'(index)}",
        "ts_video_in.sv | .in_data(32'(size[ZW+:BW])) | .in_data(32'd0)",
        "ts_drain.sv | parity <= parity ^ ended; | parity <= 1'b0;"
      })
  @Tag("sim")
  void aFaultInTheWayOfTheTablesIsFound(String file, String from, String to) throws IOException {
    Design design = design(graph(), WIDTH, HEIGHT, 400, null);
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    fault(file, from, to);
    Simulation simulation = again(design, frames(WIDTH, HEIGHT), SimulationOptions.plain(FRAMES));
    assertFalse(simulation.bitExact());
    assertTrue(simulation.fault().startsWith("unit "), simulation.fault());
  }

  /** Tables also reach a convolution that makes its phase rows itself. */
  @Test
  @Tag("sim")
  void rowsWalkedAgainHaveTheirTables() throws IOException {
    Graph graph =
        normalising(
            new Nets(3)
                .conv("x", "a", 10, 3, 1)
                .conv("a", "b", 24, 3, 1)
                .shuffle("b", "c", 2)
                .conv("c", "y", 3, 3, 1)
                .graph("y"),
            4);
    PlanRequest request =
        PlanRequest.fastest("net", WIDTH, HEIGHT, 1)
            .withMultipliers(400)
            .withEnlarging(Enlarging.REPLAY);
    Design design =
        Planner.plan(graph, Boards.load("zcu102"), request)
            .design()
            .withNorm(Optional.of(NormTop.host(FRAMES)));
    List<ConvSpec> units =
        design.instances().stream()
            .filter(i -> i.spec() instanceof ConvSpec)
            .map(i -> (ConvSpec) i.spec())
            .toList();
    assertTrue(units.stream().anyMatch(u -> u.block() == 2));
    assertTrue(units.stream().allMatch(u -> u.rule().isPresent()));
    List<Frame> frames = frames(WIDTH, HEIGHT);
    assertEquals("", simulate(design, frames, SimulationOptions.plain(2 * FRAMES)).fault());
    SimulationOptions noisy = new SimulationOptions(2 * FRAMES, 0.2, 4, 200, null);
    assertEquals("", again(design, frames, noisy).fault());
  }

  /** No seam: the tiles of a frame share its table. */
  @Test
  @Tag("sim")
  void tilesAreThoseOfTheWholeFrame() throws IOException {
    Design tiled = design(graph(), WIDTH, HEIGHT, 400, new Size(14, 10));
    Design whole = design(graph(), WIDTH, HEIGHT, 400, null);
    List<Frame> frames = frames(WIDTH, HEIGHT);
    TileGrid grid = tiled.tiles().orElseThrow();
    assertEquals(4, grid.count());
    List<Frame> expected =
        frames.stream()
            .map(f -> GoldenModel.run(Tables.applied(whole, Tables.exact(whole, f)), f))
            .toList();
    Design shell = MemoryPlanner.behind(tiled, 64, false);
    for (Design design : List.of(tiled, shell)) {
      Simulation simulation =
          simulate(design, frames, new SimulationOptions(FRAMES, 0.1, 5, 0, null));
      assertEquals("", simulation.fault());
      for (int n = 0; n < FRAMES; n++) {
        assertArrayEquals(expected.get(n).data(), simulation.actual().get(n).data(), "frame " + n);
      }
    }
  }

  @Test
  @Tag("sim")
  void framesOfOtherSizesHaveTheirTables() throws IOException {
    Design design = Resizing.resizable(design(graph(), WIDTH, HEIGHT, 400, null));
    List<Frame> frames =
        List.of(frames(20, 12).get(0), frames(WIDTH, HEIGHT).get(1), frames(9, 20).get(2));
    Simulation simulation = simulate(design, frames, SimulationOptions.plain(2 * FRAMES));
    assertEquals("", simulation.fault());
    assertEquals(
        "", again(design, frames, new SimulationOptions(2 * FRAMES, 0.2, 8, 200, null)).fault());
  }
}
