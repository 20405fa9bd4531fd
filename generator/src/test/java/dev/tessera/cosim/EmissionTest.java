package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.DesignFile;
import dev.tessera.hw.Design;
import dev.tessera.unit.Resizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Laws 7 and 8 for a whole design, and what an emitted folder promises. */
@Tag("synth")
@TestInstance(Lifecycle.PER_CLASS)
class EmissionTest {
  private final Design design = SmallDesign.make();
  private Path folder;

  /** Writes the small design to the folder it is given; runs in a Java machine of its own. */
  public static void main(String[] arguments) throws IOException {
    Design made = SmallDesign.make();
    Path out = Path.of(arguments[0]);
    Emitter.emit(made, out, context(made));
    DesignFile.write(made, out.resolve("netlist.json"));
  }

  private static EmitContext context(Design made) {
    return new EmitContext("1.2.3", DesignFile.hash(made), "tessera generate small.onnx");
  }

  @BeforeAll
  void emit(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Emitter.emit(design, folder, context(design));
  }

  private List<String> sources() throws IOException {
    return Files.readAllLines(folder.resolve("rtl/tiny.f"));
  }

  private static Map<String, String> tree(Path top) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(top.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static Map<String, String> fresh(Path place, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EmissionTest.class.getName(), place.toString()));
    Files.createDirectories(place);
    Processes.require(place, command);
    return tree(place);
  }

  @Test
  void freshMachinesGiveEqualTrees(@TempDir Path temporary) throws IOException {
    Map<String, String> plain = fresh(temporary.resolve("one"));
    Map<String, String> foreign =
        fresh(
            temporary.resolve("two"),
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Asia/Tokyo",
            "-Dfile.encoding=ISO-8859-1",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2");
    assertEquals(plain, foreign);
    assertTrue(plain.size() > 20, plain.keySet()::toString);
  }

  @Test
  void everyFileOfTheDesignIsThere() throws IOException {
    Map<String, String> files = tree(folder);
    for (String file :
        List.of(
            "rtl/tiny.v",
            "rtl/tiny.f",
            "rtl/ts_add.sv",
            "rtl/tiny_sum_coefficients.hex",
            "tb/tiny_tb.v",
            "constraints/tiny.xdc",
            "constraints/tiny.sdc",
            "vivado/build.tcl",
            "quartus/build.tcl",
            "tiny.core")) {
      assertTrue(files.containsKey(file), () -> file + " in " + files.keySet());
    }
    assertFalse(files.containsKey("rtl/ts_conv.sv"), "only library modules that are used");
    assertTrue(files.get("constraints/tiny.xdc").contains("-period 5.000 "));
  }

  @Test
  void memoriesThatThePlannerMovesAreUltraRam() throws IOException {
    String top = tree(folder).get("rtl/tiny.v");
    assertEquals(2, top.split(".ULTRA\\(1\\)", -1).length - 1);
  }

  @Test
  void generatedFilesSayWhereTheyComeFromAndNothingElse() throws IOException {
    String hash = DesignFile.hash(design);
    for (Map.Entry<String, String> file : tree(folder).entrySet()) {
      boolean copied = file.getKey().matches("rtl/.*\\.(sv|hex|f)");
      if (!copied) {
        assertTrue(
            file.getValue().contains("Tessera 1.2.3, design " + hash)
                && file.getValue().contains("By: tessera generate small.onnx"),
            file.getKey());
      }
      assertFalse(file.getValue().contains(folder.toString()), file.getKey());
      assertFalse(file.getValue().matches("(?s).*\\b20\\d\\d-\\d\\d-\\d\\d.*"), file.getKey());
    }
  }

  @Test
  void lintsWithoutWarning() throws IOException {
    Path rtl = folder.resolve("rtl");
    assertEquals("", Verilator.lint("tiny", rtl, sources()));
    List<String> withBench = new ArrayList<>(sources());
    withBench.add("../tb/tiny_tb.v");
    assertEquals("", Verilator.lint("tiny_tb", rtl, withBench));
  }

  @Test
  void aResizableDesignLintsAndElaborates(@TempDir Path place) throws IOException {
    Emitter.emit(Resizing.resizable(design), place, context(design));
    Path rtl = place.resolve("rtl");
    List<String> files = Files.readAllLines(rtl.resolve("tiny.f"));
    assertEquals("", Verilator.lint("tiny", rtl, files));
    assertEquals("", Yosys.check("tiny", rtl, files));
    files.add("../tb/tiny_tb.v");
    assertEquals("", Verilator.lint("tiny_tb", rtl, files));
  }

  @Test
  void elaboratesInYosys() throws IOException {
    assertEquals("", Yosys.check("tiny", folder.resolve("rtl"), sources()));
  }

  @Test
  void theTopIsPlainVerilog() {
    Path rtl = folder.resolve("rtl");
    List<String> parse = List.of("yosys", "-q", "-p", "read_verilog tiny.v");
    Processes.Ended ended = Processes.run(rtl, parse);
    assertFalse(ended.failed(), ended.output());
  }

  @Test
  void refusesNamesThatVerilogDoesNotTake() {
    Design keyword =
        new Design(
            "small",
            design.board(),
            design.clockMhz(),
            design.frameWidth(),
            design.frameHeight(),
            design.instances(),
            design.links(),
            0);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Emitter.files(keyword, context(keyword)));
    assertEquals("'small' cannot be a name in Verilog", refused.getMessage());
  }
}
