package dev.tessera.emit;

import dev.tessera.emit.Netlist.Assign;
import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Pin;
import dev.tessera.emit.Netlist.Register;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.TableLayout;
import dev.tessera.hw.UnitSpec;
import dev.tessera.hw.VerilogName;
import dev.tessera.unit.Units;
import dev.tessera.unit.codec.CutTop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The top of a design: units, the cells of their links, and wires.
 *
 * <p>Nets of link {@code l} are {@code l_valid}, {@code l_ready}, {@code l_data} where it is made,
 * and {@code l_q_...} behind its buffer. Pins are {@code aclk}, {@code aresetn} (active low) and
 * what units own.
 */
final class DesignTop {
  /** Clock pin of a design. */
  static final String CLOCK = "aclk";

  /** Reset pin of a design, active low. */
  static final String RESET = "aresetn";

  private static final String INNER_RESET = "rst";
  private static final int SLICE_DEPTH = 2;

  /** Parameter that puts the large memories of a cell into UltraRAM. */
  private static final String ULTRA = "ULTRA";

  private final Design design;
  private final List<Pin> pins = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private final List<Assign> assigns = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  private DesignTop(Design design) {
    this.design = design;
  }

  /** The modules of all units, in order. */
  static Map<UnitSpec, RtlModule> modules(Design design) {
    Map<UnitSpec, RtlModule> modules = new LinkedHashMap<>();
    for (Instance instance : design.instances()) {
      RtlModule module = rtl(instance.spec(), design);
      boolean ultra = design.ultra().contains(instance.spec().name());
      modules.put(instance.spec(), ultra ? module.with(ULTRA, "1") : module);
    }
    return modules;
  }

  private static <S extends UnitSpec> RtlModule rtl(S spec, Design design) {
    HardwareUnit<S> unit = Units.of(spec);
    Optional<SizeRange> sizes = design.sizes();
    RtlModule module =
        sizes.map(range -> unit.resizable(spec, range)).orElseGet(() -> unit.rtl(spec));
    boolean tabled = spec.rule().isEmpty() || TableLayout.of(design).gives(spec);
    return design.norm().filter(t -> tabled).map(t -> unit.tabled(spec, module, t)).orElse(module);
  }

  /**
   * The pins of a design but clock and reset: those of its units, of the host, and of the memory of
   * stored maps.
   */
  static List<Port> external(Design design, Map<UnitSpec, RtlModule> modules) {
    return Stream.of(
            modules.values().stream().flatMap(m -> m.external().stream()),
            TableNet.pins(design).stream(),
            new CutNet(design, CLOCK, INNER_RESET).pins().stream())
        .flatMap(pins -> pins)
        .toList();
  }

  static Netlist of(Design design, Map<UnitSpec, RtlModule> modules, List<String> header) {
    DesignTop top = new DesignTop(design);
    top.build(modules);
    return new Netlist(
        header,
        design.name(),
        top.pins,
        top.wires,
        top.assigns,
        List.of(new Register(CLOCK, INNER_RESET, "!" + RESET)),
        top.cells);
  }

  private void build(Map<UnitSpec, RtlModule> modules) {
    require(design.name());
    pins.add(new Pin(CLOCK, true, 1));
    pins.add(new Pin(RESET, true, 1));
    external(design, modules).forEach(p -> pins.add(new Pin(p.name(), p.input(), p.width())));
    for (Link link : design.links()) {
      net(link.name(), link.type().bits());
      if (link.depth() > 0) {
        net(behind(link), link.type().bits());
      }
    }
    SizeNet sizes = new SizeNet(design, CLOCK, INNER_RESET);
    TableNet tables = new TableNet(design, CLOCK, INNER_RESET);
    CutNet cuts = new CutNet(design, CLOCK, INNER_RESET);
    for (Instance instance : design.instances()) {
      unit(instance, modules.get(instance.spec()), sizes, tables, cuts);
      instance.outputs().forEach(name -> buffer(design.link(name)));
    }
    wires.addAll(sizes.wires());
    cells.addAll(sizes.cells());
    wires.addAll(tables.wires());
    cells.addAll(tables.cells());
    wires.addAll(cuts.wires());
    assigns.addAll(cuts.assigns());
    cells.addAll(cuts.cells());
  }

  private void net(String name, int bits) {
    wires.add(new Wire(require(name) + "_valid", 1));
    wires.add(new Wire(name + "_ready", 1));
    wires.add(new Wire(name + "_data", bits));
  }

  private static String require(String name) {
    if (!VerilogName.isLegal(name)) {
      throw new IllegalArgumentException("'" + name + "' cannot be a name in Verilog");
    }
    return name;
  }

  /** The nets from which the reader of {@code link} takes its beats. */
  static String behind(Link link) {
    return link.depth() == 0 ? link.name() : link.name() + "_q";
  }

  private void unit(
      Instance instance, RtlModule module, SizeNet sizes, TableNet tables, CutNet cuts) {
    UnitSpec spec = instance.spec();
    CellBuilder cell =
        new CellBuilder(comment(spec), module.module(), "u_" + require(spec.name()))
            .parameters(module.parameters())
            .connect("clk", CLOCK, "rst", INNER_RESET);
    for (int i = 0; i < instance.inputs().size(); i++) {
      cell.stream("in" + i, behind(design.link(instance.inputs().get(i))));
    }
    for (int i = 0; i < instance.outputs().size(); i++) {
      cell.stream("out" + i, instance.outputs().get(i));
    }
    module.external().forEach(p -> cell.connect(p.name(), p.name()));
    sizes.net(instance).ifPresent(net -> cell.stream("size", net));
    tables.net(instance).ifPresent(net -> cell.stream("table", net));
    tables.tap(cell, instance);
    cuts.connect(cell, instance);
    wires.addAll(cell.idle(module.idle(), spec.name()));
    cells.add(cell.build());
  }

  private static String comment(UnitSpec spec) {
    return spec.name() + ": " + Units.of(spec).summary();
  }

  private void buffer(Link link) {
    if (link.depth() == 0) {
      return;
    }
    boolean slice = link.depth() <= SLICE_DEPTH;
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("W", Integer.toString(link.type().bits()));
    if (!slice) {
      parameters.put("DEPTH", Integer.toString(link.depth()));
      if (design.ultra().contains(link.name())) {
        parameters.put(ULTRA, "1");
      }
    }
    String what = slice ? "register slice" : link.depth() + " words";
    CellBuilder cell =
        new CellBuilder(
                link.name() + ": " + what, slice ? "ts_slice" : "ts_fifo", "f_" + link.name())
            .parameters(parameters)
            .connect("clk", CLOCK, "rst", INNER_RESET);
    cells.add(cell.stream("in", link.name()).stream("out", behind(link)).build());
  }

  /**
   * Library files of the cells of {@code design}'s links, in the order in which tools read them.
   */
  static List<String> linkSources(Design design) {
    boolean slices = design.links().stream().anyMatch(l -> l.depth() > 0);
    boolean fifos =
        design.resizable()
            || design.norm().isPresent()
            || design.links().stream().anyMatch(l -> l.depth() > SLICE_DEPTH);
    List<String> sources = new ArrayList<>();
    if (slices) {
      sources.addAll(List.of("lib/ts_skid.sv", "lib/ts_slice.sv"));
    }
    if (fifos) {
      sources.addAll(List.of("lib/ts_ram.sv", "lib/ts_fifo.sv"));
    }
    if (design.resizable()) {
      sources.addAll(List.of("lib/ts_word_queue.sv", "lib/ts_size.sv", "lib/ts_size_hub.sv"));
    }
    if (CutTop.of(design).isPresent()) {
      CutNet.SOURCES.stream().filter(s -> !sources.contains(s)).forEach(sources::add);
    }
    if (design.norm().isPresent()) {
      TableNet.sources(design).stream().filter(s -> !sources.contains(s)).forEach(sources::add);
    }
    return sources;
  }
}
