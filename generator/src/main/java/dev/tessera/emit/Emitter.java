package dev.tessera.emit;

import dev.tessera.hw.Design;
import dev.tessera.hw.Port;
import dev.tessera.hw.RegisterMap;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.UnitSpec;
import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A design as files. */
public final class Emitter {
  private static final String DEFAULT_AMD_PART = "xc7z020clg400-1";
  private static final String DEFAULT_INTEL_PART = "10AS066N3F40E2SG";
  private static final double NS_PER_MHZ = 1000;

  private Emitter() {}

  /**
   * Writes a design's files below {@code folder}, which exists.
   *
   * <p>{@code rtl/} holds the top, library modules, memory images and a file list; {@code tb/} the
   * simulated top; {@code constraints/}, {@code vivado/}, {@code quartus/} and {@code <name>.core}
   * what tools need. Equal designs and contexts give equal bytes.
   */
  public static void emit(Design design, Path folder, EmitContext context) throws IOException {
    for (Map.Entry<String, String> file : files(design, context).entrySet()) {
      Path place = folder.resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.writeString(place, file.getValue());
    }
  }

  /** Path below the folder to contents. */
  public static Map<String, String> files(Design design, EmitContext context) {
    Map<UnitSpec, RtlModule> modules = DesignTop.modules(design);
    Map<String, String> rtl = rtl(design, modules, context);
    Map<String, String> files = new LinkedHashMap<>();
    rtl.forEach((name, text) -> files.put("rtl/" + name, text));
    List<String> sources = verilog(rtl);
    files.put("rtl/" + design.name() + ".f", String.join("\n", sources) + "\n");
    files.put(
        "tb/" + DesignBench.name(design) + ".v",
        Templates.render("top/netlist.v.vm", bench(design, modules, context, false).netlist()));
    tools(design, context, sources, rtl).forEach(files::put);
    if (design.hasRegisters()) {
      files.putAll(DriverModel.files(design, context));
    }
    return files;
  }

  private static Map<String, String> rtl(
      Design design, Map<UnitSpec, RtlModule> modules, EmitContext context) {
    Map<String, String> files = new LinkedHashMap<>();
    RtlFiles.add(files, DesignTop.linkSources(design));
    modules.values().forEach(module -> RtlFiles.add(files, module));
    TableNet.images(design).forEach(image -> RtlFiles.add(files, image));
    List<String> header = context.header("Top of " + design.name() + ".");
    Netlist top = DesignTop.of(design, modules, header).withImages(imagePrefix(design));
    files.put(design.name() + ".v", Templates.render("top/netlist.v.vm", top));
    if (design.memory().isPresent()) {
      RtlFiles.add(files, MemoryShell.SOURCES);
      List<String> about = context.header("AXI4 memory top of " + design.name() + ".");
      Netlist shell = MemoryShell.of(design, DesignTop.external(design, modules), about);
      files.put(MemoryShell.name(design) + ".v", Templates.render("top/netlist.v.vm", shell));
    }
    if (design.hasRegisters()) {
      control(design, modules, context, files);
    }
    return named(files, imagePrefix(design));
  }

  /** Adds registers and the shell around them. */
  private static void control(
      Design design,
      Map<UnitSpec, RtlModule> modules,
      EmitContext context,
      Map<String, String> files) {
    RtlFiles.add(files, ControlShell.SOURCES);
    RegisterMap map = ControlMap.of(design, context.designHash());
    String name = ControlShell.registers(design);
    List<String> header = context.header("Registers of " + design.name() + ".");
    files.put(
        name + ".v",
        Templates.render("control/registers.v.vm", RegistersModel.of(map, name, header)));
    List<Port> inside = MemoryShell.pins(design, DesignTop.external(design, modules));
    List<String> about = context.header("Register top of " + design.name() + ".");
    Netlist shell = ControlShell.of(design, map, inside, about);
    files.put(ControlShell.name(design) + ".v", Templates.render("top/netlist.v.vm", shell));
  }

  /**
   * What names of memory images begin with: several designs may lie side by side in a project, and
   * their units may have the same names.
   */
  private static String imagePrefix(Design design) {
    return design.name() + "_";
  }

  private static Map<String, String> named(Map<String, String> files, String prefix) {
    Map<String, String> named = new LinkedHashMap<>();
    files.forEach((name, text) -> named.put(isImage(name) ? prefix + name : name, text));
    return named;
  }

  private static boolean isImage(String file) {
    return file.endsWith(".hex");
  }

  private static List<String> verilog(Map<String, String> rtl) {
    return rtl.keySet().stream().filter(f -> f.endsWith(".v") || f.endsWith(".sv")).toList();
  }

  private static DesignBench.Result bench(
      Design design, Map<UnitSpec, RtlModule> modules, EmitContext context, boolean probes) {
    List<String> header = context.header("Simulated top around " + design.name() + ".");
    return DesignBench.of(design, modules, header, probes);
  }

  /** One line about {@code design}. */
  static String about(Design design) {
    return design.name()
        + ": "
        + design.frameWidth()
        + "x"
        + design.frameHeight()
        + " video network";
  }

  private static Map<String, String> tools(
      Design design, EmitContext context, List<String> sources, Map<String, String> rtl) {
    Board board = Boards.load(design.board());
    boolean amd = board.vendor().equals("amd");
    boolean intel = board.vendor().equals("intel");
    List<String> memories = rtl.keySet().stream().filter(Emitter::isImage).toList();
    String about = about(design);
    ToolModel forAmd =
        new ToolModel(
            context.header("Constraints and scripts of " + design.name() + "."),
            TopInterface.module(design),
            NS_PER_MHZ / design.clockMhz(),
            amd ? board.part() : DEFAULT_AMD_PART,
            sources,
            memories,
            about,
            context.version());
    ToolModel forIntel =
        new ToolModel(
            forAmd.header(),
            forAmd.name(),
            forAmd.periodNs(),
            intel ? board.part() : DEFAULT_INTEL_PART,
            sources,
            memories,
            about,
            context.version());
    Map<String, String> files = new LinkedHashMap<>();
    String top = forAmd.name();
    files.put("constraints/" + top + ".xdc", Templates.render("tool/clock.xdc.vm", forAmd));
    files.put("constraints/" + top + ".sdc", Templates.render("tool/clock.sdc.vm", forIntel));
    files.put("vivado/build.tcl", Templates.render("tool/vivado.tcl.vm", forAmd));
    files.put("quartus/build.tcl", Templates.render("tool/quartus.tcl.vm", forIntel));
    files.put("vivado/project.tcl", Templates.render("tool/project.tcl.vm", forAmd));
    IpModel ip = IpModel.of(design, context, sources, memories);
    files.put("ip/component.xml", Templates.render("tool/component.xml.vm", ip));
    files.put("ip/" + top + "_hw.tcl", Templates.render("tool/hw.tcl.vm", ip));
    files.put(design.name() + ".core", Templates.render("tool/design.core.vm", forAmd));
    return files;
  }

  /**
   * The simulated top of a design as text.
   *
   * @param top module name
   * @param verilog text of the module
   * @param ports C++ port list for the bench
   */
  public record SimulatedTop(String top, String verilog, String ports) {}

  /**
   * The simulated top, with every link as a stream to watch if {@code probes}; for a bench only, so
   * that its header says nothing of a version.
   */
  public static SimulatedTop simulatedTop(Design design, boolean probes) {
    List<String> header = List.of("Simulated top around " + design.name() + ".");
    DesignBench.Result made = DesignBench.of(design, DesignTop.modules(design), header, probes);
    return new SimulatedTop(
        made.bench().top(),
        Templates.render("top/netlist.v.vm", made.netlist()),
        Templates.render("bench/ports.cpp.vm", made.bench()));
  }
}
