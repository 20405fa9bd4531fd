package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.cosim.MemoryPlan;
import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Crops;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Size;
import dev.tessera.hw.SumArea;
import dev.tessera.num.NormTable;
import dev.tessera.unit.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose tables follow from crops of the frame: laws 1, 2, 4 and 5. */
class CroppedDesignTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 28;
  private static final int FRAMES = 3;
  private static final int BITS = 64;

  @TempDir Path folder;

  /** A design in one tile, or in tiles with cores of {@code core} columns and rows. */
  private static Design design(int multipliers, Optional<Size> core, Size crop, int passes) {
    return MemoryPlanner.behind(streamed(multipliers, core, crop, passes), BITS, false);
  }

  private static Design streamed(int multipliers, Optional<Size> core, Size crop, int passes) {
    PlanRequest request = PlanRequest.fastest("net", WIDTH, HEIGHT, 1).withMultipliers(multipliers);
    PlanRequest asked = core.map(request::withCore).orElse(request);
    CropPlanner.Wish wish = new CropPlanner.Wish(Optional.of(crop), OptionalInt.of(passes));
    return CropPlanner.plan(NormalizedDesignTest.graph(), Boards.load("zcu102"), asked, wish)
        .design();
  }

  private static Design design(int passes) {
    return design(200, Optional.empty(), new Size(12, 8), passes);
  }

  /** Noise whose contrast and level change over each frame and between them. */
  private static List<Frame> frames() {
    Random random = new Random(5);
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < FRAMES; n++) {
      Frame frame = new Frame(3, HEIGHT, WIDTH);
      int contrast = 20 + 80 * n;
      int level = 60 - 25 * n;
      Arrays.setAll(frame.data(), i -> level + i % WIDTH / 2 + random.nextInt(contrast));
      frames.add(frame);
    }
    return frames;
  }

  private Simulation simulate(Design design, int frames, double stall, long reset) {
    MemoryTop top = design.memory().orElseThrow();
    MemoryPlan memory = MemoryPlan.aligned(top, MemoryPlan.LATENCY, 0);
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(frames(), new SimulationOptions(frames, stall, 3, reset, null, memory));
  }

  private void emit(Design design) throws IOException {
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
  }

  /** A crop that is the whole frame, and a pass for every layer: exact instance normalisation. */
  @Test
  @Tag("fast")
  void aCropOfTheWholeFrameIsExact() {
    Design design = design(3);
    Crops all = new Crops(WIDTH, HEIGHT, List.of(0), List.of(0), 3);
    Design whole = design.withNorm(Optional.of(NormTop.thumbnail(all)));
    Frame frame = frames().get(1);
    Map<String, NormTable> tables = Tables.own(whole, frame);
    assertEquals(3, tables.size());
    assertEquals(Tables.summed(design(3), frame), tables);
  }

  /** Sums leave out what zeros of a padding reach, the same whatever the fold. */
  @Test
  @Tag("fast")
  void theBordersOfACropAreLeftOut() {
    Size crop = new Size(32, 24);
    for (int multipliers : new int[] {60, 200, 1400}) {
      Design design = streamed(multipliers, Optional.empty(), crop, 3);
      Statistics.summed(design)
          .forEach(
              summed -> {
                SumArea area = summed.area();
                assertEquals(32, area.right() + area.left(), summed.unit().name());
                assertEquals(4, area.left(), 4 % area.step());
                assertEquals(3, area.ends());
                assertTrue(area.holds(3) && !area.holds(2));
                int phases = summed.engine().channels() / summed.engine().distinct();
                assertEquals(9 * area.positions() * phases, summed.engine().count());
              });
    }
    // The zeros around a crop of the whole frame are those of the frame.
    Design whole = streamed(200, Optional.empty(), new Size(WIDTH, HEIGHT), 1);
    Statistics.summed(whole).forEach(s -> assertEquals(s.unit().summedArea(), s.area()));
  }

  @Test
  @Tag("fast")
  void everyPassGivesOneUnitItsTable() {
    Design design = design(2);
    List<Map<String, NormTable>> passes = Tables.passes(design, frames().get(0));
    assertEquals(3, passes.size());
    List<String> units = List.copyOf(passes.get(0).keySet());
    // The third unit has no pass and keeps what it was generated with.
    assertEquals(2, units.size());
    for (int unit = 0; unit < 2; unit++) {
      String name = units.get(unit);
      for (int pass = 0; pass <= 2; pass++) {
        boolean typical = passes.get(pass).get(name).equals(passes.get(0).get(name));
        assertEquals(pass <= unit, typical, name + ", pass " + pass);
      }
    }
    // Nothing is left of the frame before.
    assertEquals(Tables.own(design, frames().get(0)), passes.get(2));
    assertNotEquals(Tables.own(design, frames().get(1)), passes.get(2));
  }

  /** A rate that the network keeps alone, and that leaves crops no time. */
  @Test
  @Tag("fast")
  void aRateThatLeavesCropsNoTimeIsRefused() {
    PlanRequest request = PlanRequest.fastest("net", WIDTH, HEIGHT, 1).withFps(150_000);
    Board board = Boards.load("zcu102");
    assertEquals(
        WIDTH, Planner.plan(NormalizedDesignTest.graph(), board, request).design().frameWidth());
    CropPlanner.Wish wish = new CropPlanner.Wish(Optional.of(new Size(12, 8)), OptionalInt.empty());
    TesseraException refused =
        assertThrows(
            TesseraException.class,
            () -> CropPlanner.plan(NormalizedDesignTest.graph(), board, request, wish));
    assertEquals("plan.rate", refused.diagnostic().code());
    assertTrue(refused.diagnostic().sentence().contains("crops and 1.500e+05 frames"));
    double slow = 20_000;
    Plan plan = CropPlanner.plan(NormalizedDesignTest.graph(), board, request.withFps(slow), wish);
    assertTrue(plan.report().fps() >= slow, "at " + plan.report().fps());
  }

  /** What crops say of a frame does not depend on how it is cut: no seam. */
  @Test
  @Tag("fast")
  void tilesShareTheTablesOfTheirFrame() {
    Size crop = new Size(12, 8);
    Design whole = design(200, Optional.empty(), crop, 3);
    Design tiles = design(200, Optional.of(new Size(20, 12)), crop, 3);
    for (Frame frame : frames()) {
      Frame one = GoldenModel.run(Tables.applied(whole, Tables.own(whole, frame)), frame);
      Frame many = GoldenModel.run(Tables.applied(tiles, Tables.own(tiles, frame)), frame);
      assertArrayEquals(one.data(), many.data());
    }
  }

  @ParameterizedTest(name = "{0} multipliers, cores of {1}x{2}, crops of {3}x{4}, {5} passes")
  @CsvSource({"200, 40, 28, 12, 8, 3", "1400, 20, 12, 8, 8, 3", "60, 40, 28, 16, 12, 1"})
  @Tag("sim")
  void framesFollowTheirCrops(
      int multipliers, int coreW, int coreH, int cropW, int cropH, int passes) throws IOException {
    Optional<Size> core = coreW < WIDTH ? Optional.of(new Size(coreW, coreH)) : Optional.empty();
    Design design = design(multipliers, core, new Size(cropW, cropH), passes);
    emit(design);
    Path rtl = folder.resolve("rtl");
    assertEquals("", Verilator.lint("net", rtl, Files.readAllLines(rtl.resolve("net.f"))));
    Simulation free = simulate(design, 2 * FRAMES, 0, 0);
    assertEquals("", free.fault());
    MemoryTop top = design.memory().orElseThrow();
    assertEquals(
        2 * FRAMES * top.readBytes(0, top.readPitch()), free.result().memory().readBytes());
    assertEquals("", simulate(design, FRAMES, 0.2, 700).fault());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ts_norm_pick.sv | picked && !closing | picked",
        "ts_norm_pick.sv | < SW'(STEPS - SIDES) | <= SW'(STEPS - SIDES)",
        "ts_norm_pick.sv | < RW'(ROWS - ENDS) | <= RW'(ROWS - ENDS)",
        "ts_norm_send.sv | state == OWNS ? own : typical | typical",
        "ts_mem_walk.sv | place = PLACES[index*32+:32] | place = PLACES[31:0]",
        "ts_mem_walk.sv | pass == PW'(PASSES - 1) | pass == PW'(PASSES)",
        "ts_mem_writer.sv | give & tile_kept | give"
      })
  @Tag("sim")
  void aFaultOfTheCropsIsFound(String file, String from, String to) throws IOException {
    Design design = design(3);
    emit(design);
    Path place = folder.resolve("rtl").resolve(file);
    String text = Files.readString(place);
    assertTrue(text.contains(from), file);
    Files.writeString(place, text.replace(from, to));
    Simulation faulty = simulate(design, FRAMES, 0, 0);
    assertFalse(faulty.bitExact());
    // A wrong table is found at the unit that uses it, not where the frame leaves.
    boolean table = file.startsWith("ts_norm");
    assertEquals(table, faulty.fault().startsWith("unit net_"), faulty.fault());
  }
}
