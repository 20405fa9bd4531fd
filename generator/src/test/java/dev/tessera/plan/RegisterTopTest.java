package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.cosim.MemoryPlan;
import dev.tessera.cosim.Simulation;
import dev.tessera.cosim.SimulationOptions;
import dev.tessera.cosim.Simulator;
import dev.tessera.cosim.Verilator;
import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Size;
import dev.tessera.unit.Resizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Designs that software drives through registers: the driver in C that each comes with, in the
 * bench, on the Verilated design. It checks identity, wrong addresses, wrong orders and counters on
 * its way.
 */
@Tag("sim")
class RegisterTopTest {
  private static final int WIDTH = 36;
  private static final int HEIGHT = 20;
  private static final int FRAMES = 4;

  /** Bits of events, see ControlMap. */
  private static final long DONE = 1;

  private static final long RESET = 8;
  private static final long ERRORS = 48;

  @TempDir Path folder;

  /** Kinds of designs. */
  enum Kind {
    WHOLE(false),
    TILES(false),
    SIZED(true),
    TABLES(false),
    MAPS(false),
    CROPS(false);

    private final boolean sizes;

    Kind(boolean sizes) {
      this.sizes = sizes;
    }

    Design design() {
      PlanRequest request = PlanRequest.fastest("net", WIDTH, HEIGHT, 1).withMultipliers(150);
      Board board = Boards.load("zcu102");
      Design design =
          switch (this) {
            case WHOLE, SIZED -> Planner.plan(MemoryTopTest.graph(3, 2), board, request).design();
            case TILES ->
                Planner.plan(MemoryTopTest.graph(3, 2), board, request.withCore(new Size(12, 20)))
                    .design();
            case TABLES ->
                Planner.plan(NormalizedDesignTest.graph(), board, request)
                    .design()
                    .withNorm(Optional.of(NormTop.host(3)));
            case MAPS -> StoredDesignTest.design(WIDTH, HEIGHT, 150, 64);
            case CROPS ->
                CropPlanner.plan(
                        NormalizedDesignTest.graph(),
                        board,
                        request,
                        new CropPlanner.Wish(Optional.of(new Size(12, 8)), OptionalInt.of(2)))
                    .design();
          };
      Design made = sizes ? Resizing.resizable(design) : design;
      return MemoryPlanner.behind(made, 64, true);
    }

    List<Frame> frames() {
      Random random = new Random(ordinal());
      List<Frame> frames = new ArrayList<>();
      for (int n = 0; n < 3; n++) {
        Frame frame = new Frame(3, sizes ? HEIGHT - 2 * n : HEIGHT, sizes ? WIDTH - 3 * n : WIDTH);
        int contrast = 60 + 70 * n;
        Arrays.setAll(frame.data(), i -> random.nextInt(contrast));
        frames.add(frame);
      }
      return frames;
    }
  }

  private void emit(Design design) throws IOException {
    Emitter.emit(design, folder, new EmitContext("0", "0123456789abcdef", "tessera generate"));
  }

  private Simulation simulate(Kind kind, Design design, SimulationOptions options) {
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    return simulator.run(kind.frames(), options);
  }

  private static MemoryPlan memory(Design design) {
    MemoryTop top = design.memory().orElseThrow();
    return MemoryPlan.aligned(top, MemoryPlan.LATENCY, 0);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void softwarePutsFramesThrough(Kind kind) throws IOException {
    Design design = kind.design();
    emit(design);
    Path rtl = folder.resolve("rtl");
    assertEquals("", Verilator.lint("net_control", rtl, Files.readAllLines(rtl.resolve("net.f"))));
    MemoryPlan plan = memory(design);
    Simulation free = simulate(kind, design, new SimulationOptions(FRAMES, 0, 3, 0, null, plan));
    assertEquals("", free.fault());
    assertEquals(DONE, free.result().software().events() & (DONE | ERRORS));
    List<Long> crcs = free.result().software().crcs();
    assertEquals(FRAMES, crcs.size());
    assertTrue(crcs.stream().filter(crc -> crc >= 0).count() >= 2, crcs.toString());
    assertNotEquals(crcs.get(FRAMES - 1), crcs.get(FRAMES - 2));

    Simulation noisy =
        simulate(kind, design, new SimulationOptions(FRAMES, 0.15, 5, 300, null, plan));
    assertEquals("", noisy.fault());

    // Reset by software while words come and go, again while the memory is silent or errs.
    for (long words : new long[] {90, 333}) {
      for (MemoryPlan memory : List.of(plan, plan.silent(250, 3000), plan.failing(20))) {
        Simulation reset =
            simulate(
                kind,
                design,
                new SimulationOptions(FRAMES, 0.1, words, 0, null, memory).resetBySoftware(words));
        assertEquals("", reset.fault(), words + " words, " + memory);
        assertEquals(RESET, reset.result().software().events() & RESET);
      }
    }
  }

  /** An error is told and counted, and the frames behind it are right. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"WHOLE", "TILES"})
  void anErrorIsToldAndCounted(Kind kind) throws IOException {
    Design design = kind.design();
    emit(design);
    Simulation made =
        simulate(
            kind, design, new SimulationOptions(FRAMES, 0, 3, 0, null, memory(design).failing(7)));
    assertEquals(ERRORS, made.result().software().events() & ERRORS);
    assertEquals(0, made.result().mismatches());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "ts_axi_fence ; stop ? B'(0) : in_wstrb ; in_wstrb",
        "ts_axi_fence ; owed & (in_wvalid | stop) ; owed & in_wvalid",
        "ts_axi_fence ; !writes & stop ; stop",
        "ts_control ; age == 4'(HOLD) && idle ; age == 4'(HOLD)",
        "ts_control ; asked & (!free | resetting) ; asked & !free",
        "ts_control ; running <= !rst & !restart & !resetting ; running <= !rst",
        "ts_counters ; 32'(is[i]) ; 32'd1",
        "ts_crc32 ; crc = ~state ; crc = state",
        "ts_crc32 ; ^(data & MASK[W+31:32]) ; ^data",
        "ts_lite_port ; failed <= answer_error ; failed <= 1'b0",
        "net_registers ; partial | !known ; partial"
      })
  void aFaultIsFound(String module, String from, String to) throws IOException {
    Design design = Kind.WHOLE.design();
    emit(design);
    String name = module + (module.startsWith("ts_") ? ".sv" : ".v");
    Path file = folder.resolve("rtl").resolve(name);
    String text = Files.readString(file);
    assertTrue(text.contains(from), from);
    Files.writeString(file, text.replace(from, to));
    assertFalse(
        LongStream.of(90, 140, 211, 290, 333, 407, 1120).allMatch(w -> unharmed(design, w)));
  }

  /** Whether a reset by software after {@code words} words leaves nothing wrong. */
  private boolean unharmed(Design design, long words) {
    SimulationOptions options =
        new SimulationOptions(FRAMES, 0.3, words, 0, null, memory(design)).resetBySoftware(words);
    try {
      return simulate(Kind.WHOLE, design, options).fault().isEmpty();
    } catch (TesseraException refused) {
      return false;
    }
  }
}
