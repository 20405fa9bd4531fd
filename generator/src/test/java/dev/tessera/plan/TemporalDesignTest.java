package dev.tessera.plan;

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
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.SceneCut;
import dev.tessera.ir.Graph;
import dev.tessera.num.NormTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose tables follow from the sums of earlier frames: laws 1 and 4. */
class TemporalDesignTest {
  private static final int WIDTH = 28;
  private static final int HEIGHT = 20;
  private static final int FRAMES = 9;
  private static final int CUT = 6;

  @TempDir Path folder;

  private static Design design(Graph graph, int multipliers, Enlarging enlarging) {
    PlanRequest request =
        PlanRequest.fastest("net", WIDTH, HEIGHT, 1)
            .withMultipliers(multipliers)
            .withEnlarging(enlarging);
    Design design = Planner.plan(graph, Boards.load("zcu102"), request).design();
    return design.withNorm(Optional.of(NormTop.temporal()));
  }

  /** Noise whose contrast and level change, a flat frame among it. */
  private static List<Frame> frames() {
    Random random = new Random(11);
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < FRAMES; n++) {
      Frame frame = new Frame(3, HEIGHT, WIDTH);
      int contrast = n == CUT ? 1 : 100 + 10 * n;
      int level = n * 7;
      Arrays.setAll(frame.data(), i -> level + random.nextInt(contrast));
      frames.add(frame);
    }
    return frames;
  }

  private Simulation simulate(Design design, SimulationOptions options) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(frames(), options);
  }

  @Test
  @Tag("fast")
  void tablesFollowTheFrames() {
    Design design = design(NormalizedDesignTest.graph(), 200, Enlarging.AUTO);
    List<Map<String, NormTable>> tables = Tables.following(design, frames());
    Map<String, NormTable> typical = tables.get(0);
    List<String> units = List.copyOf(typical.keySet());
    assertEquals(3, units.size());
    assertEquals(typical, tables.get(1));
    // The first unit has what frame 0 would have wanted, but for rounding; the others wait.
    int[] wanted = Tables.exact(design, frames().get(0)).get(units.get(0)).multiplier();
    int[] made = tables.get(2).get(units.get(0)).multiplier();
    for (int c = 0; c < wanted.length; c++) {
      assertEquals(wanted[c], made[c], 1 + 1e-3 * Math.abs(wanted[c]));
    }
    for (String later : units.subList(1, 3)) {
      assertEquals(typical.get(later), tables.get(2).get(later));
    }
    assertEquals(tables.get(2), tables.get(3));
    assertEquals(tables.get(2).get(units.get(0)), tables.get(4).get(units.get(0)));
    assertNotEquals(typical.get(units.get(1)), tables.get(4).get(units.get(1)));
    // A flat frame begins a scene.
    SceneCut scenes = new SceneCut(design.link(design.source().outputs().get(0)).type());
    assertTrue(scenes.between(frames().get(CUT - 1), frames().get(CUT)));
    assertFalse(scenes.between(frames().get(0), frames().get(1)));
    assertEquals(typical.get(units.get(1)), tables.get(CUT + 2).get(units.get(1)));
    assertNotEquals(tables.get(CUT + 1).get(units.get(0)), tables.get(CUT + 2).get(units.get(0)));
  }

  /** What does not change settles: in a period every unit has the table of exact statistics. */
  @Test
  @Tag("fast")
  void aStaticSceneSettles() {
    Design design = design(NormalizedDesignTest.graph(), 200, Enlarging.AUTO);
    Frame still = frames().get(1);
    int frames = NormTop.LAG + NormTop.period(3);
    Map<String, NormTable> settled =
        Tables.following(design, Collections.nCopies(frames, still)).get(frames - 1);
    Tables.exact(design, still)
        .forEach(
            (unit, exact) -> {
              for (int c = 0; c < exact.channels(); c++) {
                int wanted = exact.multiplier()[c];
                assertEquals(
                    wanted, settled.get(unit).multiplier()[c], 1 + 0.01 * Math.abs(wanted));
              }
            });
  }

  @ParameterizedTest(name = "{0} multipliers, {1}")
  @CsvSource({"12, AUTO", "400, REPLAY", "1400, REORDER"})
  @Tag("sim")
  void framesFollowEarlierOnes(int multipliers, Enlarging enlarging) throws IOException {
    Design design = design(NormalizedDesignTest.graph(), multipliers, enlarging);
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Path rtl = folder.resolve("rtl");
    assertEquals("", Verilator.lint("net", rtl, Files.readAllLines(rtl.resolve("net.f"))));
    assertEquals("", simulate(design, SimulationOptions.plain(2 * FRAMES)).fault());
    for (int seed = 1; seed <= 2; seed++) {
      SimulationOptions noisy = new SimulationOptions(FRAMES, 0.15 * seed, seed, 150 * seed, null);
      assertEquals("", simulate(design, noisy).fault(), "seed " + seed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ts_norm_sums.sv | !held ? '0 : again ? made | !held ? '0 : 1'b0 ? made",
        "ts_norm_engine.sv | low == negative ? | low != negative ?",
        "ts_norm_held.sv | here == PW'(TURN) | here == PW'(0)",
        "ts_norm_held.sv | if (begins) own <= 1'b0; | if (begins) own <= own;",
        "ts_norm_cut.sv | known && sum > LIMIT | known && sum > (LIMIT >> 2)",
        "ts_norm_engine.sv | left  <= steps; | left  <= steps + 1'b1;"
      })
  @Tag("sim")
  void aFaultInTheStatisticsIsFound(String file, String from, String to) throws IOException {
    Design design = design(NormalizedDesignTest.graph(), 1400, Enlarging.AUTO);
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Path place = folder.resolve("rtl").resolve(file);
    String text = Files.readString(place);
    assertTrue(text.contains(from), file);
    Files.writeString(place, text.replace(from, to));
    assertFalse(simulate(design, SimulationOptions.plain(FRAMES)).bitExact());
  }
}
