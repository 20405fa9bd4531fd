package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.cosim.BenchResult.Traffic;
import dev.tessera.cosim.MemoryPlan;
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
import dev.tessera.num.NormTable;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.codec.CutTop;
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
 * Networks whose maps are stored until their frame is over, to be normalised by it: laws 1, 4, 5.
 */
class StoredDesignTest {
  /** Maps of this size do not fill their last word. */
  private static final int WIDTH = 27;

  private static final int HEIGHT = 19;
  private static final int FRAMES = 5;

  @TempDir Path folder;

  static Design design(int width, int height, int multipliers, int bits) {
    return StoredNet.plan(StoredNet.graph(), width, height, multipliers, bits, "raw")
        .design()
        .withNorm(Optional.of(NormTop.exact()));
  }

  /** Noise of changing contrast and level: every frame has statistics of its own. */
  private static List<Frame> frames(int width, int height) {
    Random random = new Random(11);
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < FRAMES; n++) {
      Frame frame = new Frame(3, height, width);
      int contrast = 40 + 40 * n;
      int level = 9 * n;
      Arrays.setAll(frame.data(), i -> level + random.nextInt(contrast));
      frames.add(frame);
    }
    return frames;
  }

  private void emit(Design design) throws IOException {
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
  }

  private Simulation simulate(Design design, SimulationOptions options) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(frames(design.frameWidth(), design.frameHeight()), options);
  }

  @Test
  @Tag("fast")
  void mapsAreStoredWhereTheyAreReadLater() throws IOException {
    Design design = design(WIDTH, HEIGHT, 200, 128);
    List<CutSpec> cuts = CutTop.of(design).orElseThrow().specs();
    assertEquals(List.of(8, 8, 8, 12), cuts.stream().map(c -> c.map().channels()).toList());
    assertEquals(3, cuts.stream().filter(CutSpec::normalised).count());
    // What is added to a map behind its normalisation waits for one frame, not for two.
    assertEquals(List.of(3, 3, 3, 3), cuts.stream().map(CutSpec::slots).toList());
    long end = 0;
    for (CutSpec cut : cuts) {
      assertEquals(end, cut.offset());
      assertTrue(cut.bytes() >= (long) cut.map().channels() * WIDTH * HEIGHT);
      end += cut.slots() * cut.stride();
    }
    Path file = folder.resolve("design");
    DesignFile.write(design, file);
    assertEquals(DesignFile.text(design), DesignFile.text(DesignFile.read(file)));
  }

  @Test
  @Tag("fast")
  void everyFrameHasTheStatisticsOfItsOwn() {
    Design design = design(WIDTH, HEIGHT, 200, 128);
    for (Frame frame : frames(WIDTH, HEIGHT)) {
      Map<String, NormTable> tables = Tables.summed(design, frame);
      assertEquals(3, tables.size());
      Frame made = GoldenModel.run(Tables.applied(design, tables), frame);
      double mean = Arrays.stream(made.data()).average().orElseThrow();
      double variance =
          Arrays.stream(made.data()).mapToDouble(v -> (v - mean) * (v - mean)).average().orElse(0);
      assertEquals(120, mean, 1.5);
      assertEquals(45, Math.sqrt(variance), 2);
    }
  }

  @ParameterizedTest(name = "{0} multipliers, {1} bits")
  @CsvSource({"12, 64", "200, 128", "1400, 256"})
  @Tag("sim")
  void isBitExactAndMovesWhatIsPlanned(int multipliers, int bits) throws IOException {
    Design design = design(WIDTH, HEIGHT, multipliers, bits);
    emit(design);
    Path rtl = folder.resolve("rtl");
    assertEquals("", Verilator.lint("net", rtl, Files.readAllLines(rtl.resolve("net.f"))));
    int frames = 2 * FRAMES;
    Simulation free = simulate(design, SimulationOptions.plain(frames));
    assertEquals("", free.fault());
    long wanted =
        StoredNet.plan(StoredNet.graph(), WIDTH, HEIGHT, multipliers, bits, "raw")
            .report()
            .cyclesPerFrame();
    long waited = Math.max(wanted, Statistics.cycles(design));
    assertTrue(free.cyclesPerFrame() >= wanted * 0.99, free.cyclesPerFrame() + " cycles");
    if (wanted == waited) {
      assertEquals(1, (double) free.cyclesPerFrame() / wanted, 0.01);
    }
    Traffic traffic = free.result().cuts();
    long bytes = frames * CutTop.of(design).orElseThrow().bytesPerFrame();
    assertEquals(bytes, traffic.readBytes());
    assertEquals(bytes, traffic.writeBytes());
    for (int seed = 1; seed <= 2; seed++) {
      MemoryPlan slow = MemoryPlan.ofMaps(30 * seed, bits / 8.0 / seed);
      SimulationOptions noisy =
          new SimulationOptions(FRAMES, 0.15 * seed, seed, 150 * seed, null, slow);
      assertEquals("", simulate(design, noisy).fault(), "seed " + seed);
    }
  }

  /** Coded maps: what comes back may differ, and how many bytes move depends on the frame. */
  @ParameterizedTest(name = "{0}, {1} multipliers, {2} bits")
  @CsvSource({
    "zvc, 60, 128",
    "zvc, 12, 256",
    "dctcm:0, 60, 128",
    "dctcm:2, 200, 128",
    "med:2, 12, 128"
  })
  @Tag("sim")
  void codesWhatItStores(String codec, int multipliers, int bits) throws IOException {
    Design design =
        StoredNet.plan(StoredNet.graph(), WIDTH, HEIGHT, multipliers, bits, codec)
            .design()
            .withNorm(Optional.of(NormTop.exact()));
    List<CutSpec> cuts = CutTop.of(design).orElseThrow().specs();
    assertTrue(cuts.stream().anyMatch(c -> c.codec().equals(codec)), cuts.toString());
    emit(design);
    // Bytes that differ from those of the golden codec are a fault as well.
    assertEquals("", simulate(design, SimulationOptions.plain(2 * FRAMES)).fault());
    for (int seed = 1; seed <= 2; seed++) {
      SimulationOptions noisy = new SimulationOptions(FRAMES, 0.15 * seed, seed, 150 * seed, null);
      assertEquals("", simulate(design, noisy).fault(), "seed " + seed);
    }
  }

  /** A table takes longer than a frame: sums wait until those before have left. */
  @Test
  @Tag("sim")
  void smallFramesWaitForTheirTables() throws IOException {
    Design design = design(6, 4, 1400, 128);
    emit(design);
    assertTrue(Statistics.cycles(design) > 10 * 6 * 4);
    assertEquals("", simulate(design, SimulationOptions.plain(4 * FRAMES)).fault());
    assertEquals("", simulate(design, new SimulationOptions(FRAMES, 0.2, 3, 9, null)).fault());
    fault("ts_cut.sv", "assign hold = pending;", "assign hold = 1'b0;");
    assertFalse(simulate(design, SimulationOptions.plain(4 * FRAMES)).bitExact());
  }

  /** Frames come from memory and go there as well. */
  @Test
  @Tag("sim")
  void storesMapsBehindAMemoryTop() throws IOException {
    Design design = MemoryPlanner.behind(design(WIDTH, HEIGHT, 200, 64), 64, false);
    emit(design);
    assertEquals("", simulate(design, SimulationOptions.plain(FRAMES)).fault());
    assertEquals("", simulate(design, new SimulationOptions(FRAMES, 0.2, 3, 9, null)).fault());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '@',
      value = {
        "ts_cut_write.sv @ burst_last ? following : next @ burst_last ? slot : next",
        "ts_cut_write.sv @ in_last || count == NW'(MOST - 1) @ in_last",
        "ts_cut_read.sv @ next <= last ? following @ next <= last ? slot",
        "ts_raw_encoder.sv @ wire           filling = at >= CW'(BEATS); @ wire filling = 1'b0;",
        "ts_raw_decoder.sv @ valid & !filling @ valid",
        "ts_mem_hub.sv @ N'(1) << reader @ N'(1) << !reader",
        "ts_mem_hub.sv @ N'(1) << owner @ N'(1) << !owner",
        "ts_norm.sv @ if (whole) fill <= !fill; @ if (whole) fill <= fill;",
        "ts_norm.sv @ TOLD == 0 || held != '0 @ 1'b1",
        "ts_norm_engine.sv @ go(ALWAYS != 0 ? ADD : SEND_HELD, 2) @ go(SEND_HELD, 2)"
      })
  @Tag("sim")
  void aFaultOnTheWayIsFound(String file, String from, String to) throws IOException {
    Design design = design(WIDTH, HEIGHT, 200, 128);
    emit(design);
    fault(file, from, to);
    assertFalse(simulate(design, SimulationOptions.plain(FRAMES)).bitExact());
  }

  private void fault(String file, String from, String to) throws IOException {
    Path place = folder.resolve("rtl").resolve(file);
    String text = Files.readString(place);
    assertTrue(text.contains(from), file);
    Files.writeString(place, text.replace(from, to));
  }
}
