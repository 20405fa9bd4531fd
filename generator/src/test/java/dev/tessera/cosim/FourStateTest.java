package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.emit.Library;
import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.plan.LumaDesigns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Designs in a simulator of four states, where registers begin unknown: a reset makes all known
 * that leaves, at the start and in mid-frame.
 */
class FourStateTest {
  private static final int FRAMES = 2;
  private static final int TIME_OUT = 30_000;

  @TempDir Path folder;

  /** A name and the design. */
  record Case(String name, Design design) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("chain, 24 multipliers", LumaDesigns.chain(24)),
        new Case("skips, 160 multipliers", LumaDesigns.skips(160)));
  }

  private static List<Frame> frames() {
    Random random = new Random(5);
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < FRAMES; n++) {
      Frame frame = new Frame(1, LumaDesigns.HEIGHT, LumaDesigns.WIDTH);
      IntStream.range(0, frame.data().length)
          .forEach(i -> frame.data()[i] = (i * 3 + random.nextInt(60)) & 255);
      frames.add(frame);
    }
    return frames;
  }

  private static List<Frame> golden(Design design) {
    return frames().stream().map(f -> GoldenModel.run(design, f)).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Tag("sim")
  void aResetMakesAllKnown(Case tried) throws IOException {
    Emitter.emit(tried.design(), folder, new EmitContext("0", "hash", "tessera generate"));
    String said = run(tried.design());
    assertTrue(said.contains("passed"), said);
  }

  /** A register that no reset reaches is found: it stays unknown, or nothing moves. */
  @Test
  @Tag("sim")
  void aMissingResetIsFound() throws IOException {
    Design design = LumaDesigns.chain(24);
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Path fifo = folder.resolve("rtl/ts_fifo.sv");
    String text = Files.readString(fifo);
    String reset = "      count <= '0;\n";
    assertTrue(text.contains(reset));
    Files.writeString(fifo, text.replace(reset, ""));
    String said = run(design);
    assertTrue(said.contains("unknown signal") || said.contains("too late"), said);
  }

  /** Orders, repetition, refusals and resets, step by step. */
  @Test
  @Tag("sim")
  void ordersAreKept() throws IOException {
    assertEquals("passed", ordered("", ""));
    assertTrue(ordered("waiting <= repeat_on", "waiting <= 1'b0").startsWith("failed: "));
    assertTrue(ordered("!waiting | repeat_on", "!waiting").startsWith("failed: "));
    assertTrue(ordered("columns <= 16'(MOST_W)", "columns < 16'(MOST_W)").startsWith("failed: "));
    assertTrue(ordered("age == 4'(HOLD) && idle", "idle").startsWith("failed: "));
  }

  private String ordered(String from, String to) throws IOException {
    String text = Library.text("control/ts_control.sv");
    assertTrue(text.contains(from), from);
    Files.writeString(folder.resolve("ts_control.sv"), text.replace(from, to));
    copy("control_tb.sv", folder);
    List<String> command = new ArrayList<>(List.of("iverilog", "-g2012", "-s", "control_tb"));
    command.addAll(List.of("-o", "tb", "control_tb.sv", "ts_control.sv"));
    Processes.require(folder, command);
    return Processes.require(folder, List.of("vvp", "-n", "tb")).lines().findFirst().orElse("");
  }

  private String run(Design design) throws IOException {
    List<Frame> golden = golden(design);
    Frame made = golden.get(0);
    Path rtl = folder.resolve("rtl");
    Files.writeString(rtl.resolve("in.hex"), hex(frames()));
    Files.writeString(rtl.resolve("out.hex"), hex(golden));
    copy("four_state_tb.sv", rtl);
    List<String> command = new ArrayList<>(List.of("iverilog", "-g2012", "-s", "four_state_tb"));
    define(command, "IN", FRAMES * LumaDesigns.WIDTH * LumaDesigns.HEIGHT);
    define(command, "OUT", FRAMES * made.data().length);
    define(command, "W", LumaDesigns.WIDTH);
    define(command, "H", LumaDesigns.HEIGHT);
    define(command, "OW", made.width());
    define(command, "OH", made.height());
    define(command, "MOST", TIME_OUT);
    command.addAll(List.of("-o", "tb", "four_state_tb.sv"));
    command.addAll(Files.readAllLines(rtl.resolve(design.name() + ".f")));
    Processes.require(rtl, command);
    return Processes.require(rtl, List.of("vvp", "-n", "tb"));
  }

  private static void copy(String bench, Path to) throws IOException {
    try (InputStream in = FourStateTest.class.getResourceAsStream("/fourstate/" + bench)) {
      Files.write(to.resolve(bench), in.readAllBytes());
    }
  }

  private static void define(List<String> command, String name, int value) {
    command.add("-Pfour_state_tb." + name + "=" + value);
  }

  private static String hex(List<Frame> frames) {
    StringBuilder text = new StringBuilder();
    for (Frame frame : frames) {
      assertEquals(1, frame.channels());
      for (int code : frame.data()) {
        text.append(String.format(Locale.ROOT, "%02x%n", code & 255));
      }
    }
    return text.toString();
  }
}
