package dev.tessera.emit;

import dev.tessera.emit.BenchModel.BenchFlag;
import dev.tessera.emit.BenchModel.BenchPort;
import dev.tessera.emit.BenchModel.BenchUnit;
import dev.tessera.emit.BenchModel.Role;
import dev.tessera.emit.Netlist.Assign;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Pin;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.codec.CutTop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The simulated top around a design: its pins, the handshakes of all links as two vectors, and, in
 * the probing form, every link as a stream of its own.
 */
final class DesignBench {
  private static final String DUT = "dut";

  private final Design design;
  private final boolean probes;
  private final Optional<MemoryTop> memory;
  private final boolean registers;
  private final String inside;
  private final List<Pin> pins = new ArrayList<>();
  private final List<Assign> assigns = new ArrayList<>();
  private final List<BenchPort> ports = new ArrayList<>();
  private final List<BenchFlag> flags = new ArrayList<>();

  private DesignBench(Design design, boolean probes) {
    this.design = design;
    this.probes = probes;
    // Where a link goes wrong is looked for in the design without its shell.
    this.memory = probes ? Optional.empty() : design.memory();
    this.registers = memory.isPresent() && design.hasRegisters();
    String shell = registers ? DUT + "." + ControlShell.MEMORY : DUT;
    this.inside = memory.isPresent() ? shell + "." + MemoryShell.CORE : DUT;
  }

  /** The module and its port list. */
  record Result(Netlist netlist, BenchModel bench) {}

  /** Module name of the simulated top. */
  static String name(Design design) {
    return design.name() + "_tb";
  }

  static Result of(
      Design design, Map<UnitSpec, RtlModule> modules, List<String> header, boolean probes) {
    return new DesignBench(design, probes).build(modules, header);
  }

  private Result build(Map<UnitSpec, RtlModule> modules, List<String> header) {
    boolean shell = memory.isPresent();
    String module = shell ? TopInterface.module(design) : design.name();
    CellBuilder dut = new CellBuilder("the design", module, DUT);
    pins.add(new Pin(DesignTop.CLOCK, true, 1));
    pins.add(new Pin(DesignTop.RESET, true, 1));
    dut.connect(DesignTop.CLOCK, DesignTop.CLOCK, DesignTop.RESET, DesignTop.RESET);
    List<Port> external = DesignTop.external(design, modules);
    if (!shell) {
      video(external);
    }
    List<Port> all = shell ? MemoryShell.pins(design, external) : external;
    for (Port port : registers ? ControlShell.pins(design) : all) {
      pins.add(new Pin(port.name(), port.input(), port.width()));
      dut.connect(port.name(), port.name());
      if (!port.input() && port.name().endsWith("_error")) {
        flags.add(new BenchFlag(port.name(), port.name()));
      }
    }
    handshakes();
    if (registers) {
      List.of("start", "start_ready", "done").forEach(this::watch);
    }
    if (probes) {
      design.links().forEach(this::probe);
    }
    Netlist netlist =
        new Netlist(
            header, name(design), pins, List.of(), assigns, List.of(), List.of(dut.build()));
    BenchUnit unit =
        new BenchUnit(
            design.name(),
            DesignTop.CLOCK,
            DesignTop.RESET,
            true,
            ports,
            flags,
            design.links().stream().map(Link::name).toList(),
            "link",
            memory.orElse(null),
            design.isSized(),
            design.norm().filter(NormTop::host).isPresent(),
            registers,
            CutTop.of(design).orElse(null));
    return new Result(netlist, new BenchModel(name(design), List.of(unit)));
  }

  private void video(List<Port> external) {
    ports.addAll(VideoPins.of(design.source().spec()).ports("", external));
    ports.addAll(VideoPins.of(design.sink().spec()).ports("", external));
  }

  private void handshakes() {
    for (String pin : List.of("valid", "ready")) {
      List<String> bits =
          new ArrayList<>(
              design.links().stream().map(l -> inside + "." + l.name() + "_" + pin).toList());
      Collections.reverse(bits);
      pins.add(new Pin("link_" + pin, false, bits.size()));
      assigns.add(new Assign("link_" + pin, "{" + String.join(", ", bits) + "}"));
    }
  }

  /** Shows a net of the shell, by which frames are seen to begin and end. */
  private void watch(String net) {
    pins.add(new Pin("watch_" + net, false, 1));
    assigns.add(new Assign("watch_" + net, DUT + "." + net));
  }

  private void probe(Link link) {
    probe(link, link.name());
    if (link.depth() > 0) {
      probe(link, DesignTop.behind(link));
    }
  }

  private void probe(Link link, String net) {
    String pin = "p_" + net;
    for (String part : List.of("_valid", "_ready", "_data")) {
      pins.add(new Pin(pin + part, false, part.equals("_data") ? link.type().bits() : 1));
      assigns.add(new Assign(pin + part, inside + "." + net + part));
    }
    ports.add(BenchPort.of(Role.PROBE, net, link.type(), pin));
  }
}
