package dev.tessera.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.api.DesignInterface;
import dev.tessera.api.GenerateOptions;
import dev.tessera.api.GeneratedDesign;
import dev.tessera.api.NormalisedModel;
import dev.tessera.api.Tessera;
import dev.tessera.cosim.Verilator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wrappers of both languages have the pins of the Verilog that they stand for: names, widths
 * and directions, clock and reset; and the linter finds nothing where both meet.
 */
@Tag("synth")
class InterfaceTest {
  private static final Path MODEL =
      Path.of(System.getProperty("tessera.top"), "examples/sr_x2.onnx");

  /** A port of a module in plain Verilog. */
  private static final Pattern PORT =
      Pattern.compile("^\\s+(input|output) wire (?:\\[(\\d+):0\\] )?(\\w+),?$");

  @TempDir Path folder;

  /** Designs with every kind of pin that there is. */
  private Map<String, GenerateOptions> designs() throws IOException {
    GenerateOptions sr = GenerateOptions.of(MODEL).withFrame(24, 16).withMultipliers(300);
    GenerateOptions style = NormalisedModel.small(folder);
    Map<String, GenerateOptions> designs = new LinkedHashMap<>();
    designs.put("stream", sr);
    designs.put("sizes", sr.withResizable());
    designs.put("live", GenerateOptions.of(MODEL).withFrame(24, 16).withFps(100).withLive());
    designs.put("memory", sr.withMemoryTop().withAxiBits(64));
    designs.put("sizesInMemory", sr.withMemoryTop().withResizable());
    designs.put("tables", style.withNorm("host"));
    designs.put("tablesInMemory", style.withNorm("host").withMemoryTop());
    designs.put("maps", style.withNorm("exact"));
    return designs;
  }

  @TestFactory
  Stream<DynamicTest> wrappersHaveThePinsOfTheTop() throws IOException {
    return designs().entrySet().stream()
        .map(d -> DynamicTest.dynamicTest(d.getKey(), () -> check(d.getKey(), d.getValue())));
  }

  private void check(String name, GenerateOptions options) throws IOException {
    GeneratedDesign design = Tessera.generate(options, folder.resolve(name));
    DesignInterface ports = design.ports();
    TreeSet<String> top = ports(design, ports.module());
    assertTrue(top.size() > 8, "the scan found only " + top);
    assertTrue(
        top.contains(ports.clock() + " input 1") && top.contains(ports.reset() + " input 1"));
    Path spinal = Files.createDirectories(folder.resolve(name + "_spinal"));
    assertEquals(String.join("\n", top), text(Wrappers.inSpinal(design, spinal)), "SpinalHDL");
    Path chisel = Files.createDirectories(folder.resolve(name + "_chisel"));
    assertEquals(String.join("\n", top), text(Wrappers.inChisel(design, chisel)), "Chisel");
    assertEquals("", lint(spinal));
    assertEquals("", lint(chisel));
  }

  private static String text(List<String> pins) {
    return String.join("\n", new TreeSet<>(pins));
  }

  /** The ports that stand in the Verilog of {@code module}. */
  private static TreeSet<String> ports(GeneratedDesign design, String module) throws IOException {
    TreeSet<String> ports = new TreeSet<>();
    String file = module + ".v";
    Path source = design.sources().stream().filter(s -> s.endsWith(file)).findFirst().orElseThrow();
    for (String line : Files.readAllLines(source)) {
      Matcher port = PORT.matcher(line);
      if (port.matches()) {
        int width = port.group(2) == null ? 1 : Integer.parseInt(port.group(2)) + 1;
        ports.add(port.group(3) + " " + port.group(1) + " " + width);
      }
    }
    return ports;
  }

  /** What the linter says of the design around a wrapper. */
  private static String lint(Path place) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith("v"))
          .sorted()
          .forEach(sources::add);
    }
    return Verilator.lint("Around", place, sources);
  }
}
