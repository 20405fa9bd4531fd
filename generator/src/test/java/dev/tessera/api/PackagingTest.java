package dev.tessera.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What vendors' tools get: their scripts run against stubs that know the tools' commands, and name
 * every file; descriptions of the component keep to their standard and say what the Verilog says.
 */
@Tag("synth")
class PackagingTest {
  private static final Path TOP =
      Path.of(System.getProperty("tessera.top", "..")).toAbsolutePath().normalize();
  private static final Path RESOURCES = TOP.resolve("generator/src/test/resources");
  private static final String SPIRIT = "http://www.spiritconsortium.org/XMLSchema/SPIRIT/1685-2009";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyKindOfTop() throws IOException {
    GenerateOptions sr =
        GenerateOptions.of(TOP.resolve("examples/sr_x2.onnx"))
            .withFrame(24, 16)
            .withMultipliers(300);
    GenerateOptions style = NormalisedModel.small(folder);
    Map<String, GenerateOptions> designs = new LinkedHashMap<>();
    designs.put("stream", sr);
    designs.put("memory", sr.withMemoryTop().withBoard("de10-nano"));
    designs.put("tables", style.withNorm("host"));
    designs.put("maps", style.withNorm("exact"));
    designs.put("registers", style.withNorm("host").withRegisterTop());
    designs.put("sized", sr.withRegisterTop().withResizable());
    return designs.entrySet().stream()
        .map(d -> DynamicTest.dynamicTest(d.getKey(), () -> check(d.getKey(), d.getValue())));
  }

  private void check(String name, GenerateOptions options) throws Exception {
    GeneratedDesign design = Tessera.generate(options, folder.resolve(name));
    String top = design.ports().module();
    List<String> vivado = tcl("vivado.tcl", design.folder().resolve("vivado/build.tcl"));
    assertEquals(rtl(design, true), files(vivado), "vivado/build.tcl");
    assertTrue(vivado.stream().anyMatch(c -> c.startsWith("CALL synth_design -top " + top + " ")));
    List<String> project = tcl("vivado.tcl", design.folder().resolve("vivado/project.tcl"));
    assertEquals(rtl(design, true), files(project), "vivado/project.tcl");
    assertTrue(project.contains("CALL set_property top " + top + " {}"), project::toString);
    List<String> quartus = tcl("quartus.tcl", design.folder().resolve("quartus/build.tcl"));
    assertEquals(rtl(design, false), files(quartus), "quartus/build.tcl");
    assertTrue(quartus.contains("CALL set_global_assignment TOP_LEVEL_ENTITY " + top));
    List<String> qsys = tcl("qsys.tcl", design.folder().resolve("ip/" + top + "_hw.tcl"));
    assertEquals(rtl(design, true), files(qsys), "_hw.tcl");
    assertEquals(ports(design), lines(qsys, "PORT "), "_hw.tcl");
    ipXact(design);
    if (Files.isDirectory(design.folder().resolve("driver"))) {
      registers(design);
    }
  }

  /**
   * Header, SystemRDL, IP-XACT and documentation say the same of every register: name, address and
   * value after a reset.
   */
  private static void registers(GeneratedDesign design) throws Exception {
    Path folder = design.folder();
    String top = design.ports().module();
    Map<String, String> header = new LinkedHashMap<>();
    Matcher defines =
        Pattern.compile("#define TESSERA_(\\w+)_(OFFSET|RESET) (0x[0-9a-f]+)u")
            .matcher(Files.readString(folder.resolve("driver/tessera_regs.h")));
    while (defines.find()) {
      header.merge(defines.group(1), defines.group(3), (at, value) -> at + " " + value);
    }
    assertTrue(header.size() > 20, header::toString);
    assertEquals("0x0 0x54455353", header.get("ID"));

    Map<String, String> documented = new LinkedHashMap<>();
    Matcher rows =
        Pattern.compile("\\| (0x[0-9a-f]+) \\| (\\w+) \\| +\\| +\\| +\\| (0x[0-9a-f]+) \\|")
            .matcher(Files.readString(folder.resolve("driver/registers.md")));
    while (rows.find()) {
      documented.put(rows.group(2), rows.group(1) + " " + rows.group(3));
    }
    assertEquals(header, documented);

    String rdl = Files.readString(folder.resolve("ip/" + top + ".rdl"));
    assertEquals(
        rdl.chars().filter(c -> c == '{').count(), rdl.chars().filter(c -> c == '}').count());
    Map<String, String> described = new LinkedHashMap<>();
    Matcher blocks =
        Pattern.compile("(?s)\\n  reg \\{(.*?)\\n  \\} (\\w+) @ (0x[0-9a-f]+);").matcher(rdl);
    while (blocks.find()) {
      Matcher fields =
          Pattern.compile("\\} \\w+\\[(\\d+):(\\d+)\\] = (\\d+)'h([0-9a-f]+);")
              .matcher(blocks.group(1));
      long reset = 0;
      while (fields.find()) {
        int low = Integer.parseInt(fields.group(2));
        assertEquals(
            Integer.parseInt(fields.group(1)) - low + 1, Integer.parseInt(fields.group(3)));
        reset |= Long.parseLong(fields.group(4), 16) << low;
      }
      described.put(blocks.group(2), blocks.group(3) + " 0x" + Long.toHexString(reset));
    }
    assertEquals(header, described);

    Document component = component(design);
    Map<String, String> packaged = new LinkedHashMap<>();
    for (Element register : all(component, "register")) {
      packaged.put(
          text(register, "name"), text(register, "addressOffset") + " " + text(register, "value"));
    }
    assertEquals(header, packaged);
  }

  /** What a script calls, or the error with which it ends. */
  private static List<String> tcl(String stubs, Path script)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "tclsh", RESOURCES.resolve("tcl").resolve(stubs).toString(), script.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.lines().toList();
  }

  private static TreeSet<String> lines(List<String> calls, String prefix) {
    TreeSet<String> found = new TreeSet<>();
    calls.stream()
        .filter(c -> c.startsWith(prefix))
        .forEach(c -> found.add(c.substring(prefix.length())));
    return found;
  }

  /** Names of the files below {@code rtl/} that a script reads. */
  private static TreeSet<String> files(List<String> calls) {
    TreeSet<String> found = new TreeSet<>();
    lines(calls, "FILE ").stream()
        .map(Path::of)
        .filter(f -> f.getParent().endsWith("rtl"))
        .forEach(f -> found.add(f.getFileName().toString()));
    return found;
  }

  /** Names of the files below {@code rtl/}. */
  private static TreeSet<String> rtl(GeneratedDesign design, boolean images) {
    List<Path> all = new ArrayList<>(design.sources());
    all.addAll(images ? design.images() : List.of());
    TreeSet<String> names = new TreeSet<>();
    all.forEach(f -> names.add(f.getFileName().toString()));
    assertTrue(names.size() > 5, names::toString);
    return names;
  }

  /** Name, direction and width of every pin of the top. */
  private static TreeSet<String> ports(GeneratedDesign design) {
    DesignInterface face = design.ports();
    TreeSet<String> all = new TreeSet<>();
    all.add(face.clock() + " input 1");
    all.add(face.reset() + " input 1");
    Stream.concat(
            face.buses().stream().flatMap(b -> b.signals().values().stream()), face.pins().stream())
        .forEach(p -> all.add(p.name() + (p.input() ? " input " : " output ") + p.width()));
    return all;
  }

  private static Document component(GeneratedDesign design) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(design.folder().resolve("ip/component.xml").toFile());
  }

  private static void ipXact(GeneratedDesign design) throws Exception {
    Path file = design.folder().resolve("ip/component.xml");
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(RESOURCES.resolve("ipxact/subset.xsd").toFile())
        .newValidator()
        .validate(new StreamSource(file.toFile()));
    Document component = component(design);

    TreeSet<String> ports = new TreeSet<>();
    for (Element port : all(component, "port")) {
      String side = text(port, "direction").equals("in") ? " input " : " output ";
      boolean vector = port.getElementsByTagNameNS(SPIRIT, "vector").getLength() > 0;
      int width = vector ? Integer.parseInt(text(port, "left")) + 1 : 1;
      ports.add(text(port, "name") + side + width);
    }
    assertEquals(ports(design), ports, "ports");

    TreeSet<String> mapped = new TreeSet<>();
    all(component, "physicalPort").forEach(p -> mapped.add(text(p, "name")));
    TreeSet<String> expected = new TreeSet<>(List.of("aclk", "aresetn"));
    design.ports().buses().forEach(b -> b.signals().values().forEach(p -> expected.add(p.name())));
    assertEquals(expected, mapped, "pins of buses");

    TreeSet<String> files = new TreeSet<>();
    for (Element entry : all(component, "file")) {
      Path named = file.resolveSibling(text(entry, "name")).normalize();
      assertTrue(Files.isRegularFile(named), named::toString);
      files.add(named.getFileName().toString());
    }
    assertEquals(rtl(design, true), files, "files");
    assertEquals(names(component, "memoryMap"), references(component, "memoryMapRef"));
    assertEquals(names(component, "addressSpace"), references(component, "addressSpaceRef"));
    assertEquals(names(component, "fileSet"), new TreeSet<>(List.of("rtl")));
    long lite = design.ports().buses().stream().filter(b -> b.name().equals("s_axil")).count();
    assertEquals(lite, all(component, "memoryMap").size());
  }

  private static TreeSet<String> names(Document component, String tag) {
    TreeSet<String> names = new TreeSet<>();
    all(component, tag).forEach(e -> names.add(text(e, "name")));
    return names;
  }

  private static TreeSet<String> references(Document component, String tag) {
    TreeSet<String> names = new TreeSet<>();
    all(component, tag).forEach(e -> names.add(e.getAttributeNS(SPIRIT, tag)));
    return names;
  }

  private static List<Element> all(Document component, String tag) {
    NodeList found = component.getElementsByTagNameNS(SPIRIT, tag);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static String text(Element element, String tag) {
    return element.getElementsByTagNameNS(SPIRIT, tag).item(0).getTextContent();
  }
}
