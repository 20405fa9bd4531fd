package dev.tessera.emit;

import dev.tessera.emit.Netlist.Assign;
import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Port;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.codec.CutTop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way of stored maps to memory: the ports of all cuts, and the AXI4 master that they share. */
final class CutNet {
  /** Library files, in the order in which tools read them. */
  static final List<String> SOURCES =
      List.of(
          "lib/ts_skid.sv",
          "lib/ts_slice.sv",
          "lib/ts_ram.sv",
          "lib/ts_fifo.sv",
          "memory/ts_mem_turns.sv",
          "memory/ts_mem_hub.sv");

  private static final String PREFIX = "m_axi_cut_";
  private static final String BASE = "cut_base";
  private static final String ERROR = "cut_error";
  private static final String NET = "cuts_";

  /** Pins of a port of the hub and their bits, those of a bus apart. */
  private static final Map<String, Integer> SINGLE =
      Map.of("aw_place", Integer.SIZE, "aw_length", 8, "ar_place", Integer.SIZE, "ar_length", 8);

  private static final List<String> PORT_PINS =
      List.of(
          "aw_valid",
          "aw_ready",
          "aw_place",
          "aw_length",
          "w_valid",
          "w_ready",
          "w_data",
          "b_valid",
          "ar_valid",
          "ar_ready",
          "ar_place",
          "ar_length",
          "r_valid");

  private final Optional<CutTop> top;
  private final String clock;
  private final String reset;

  CutNet(Design design, String clock, String reset) {
    this.top = CutTop.of(design);
    this.clock = clock;
    this.reset = reset;
  }

  private AxiPins axi() {
    return new AxiPins(PREFIX, top.orElseThrow().busBits());
  }

  /** The pins of the design's master, if it has one. */
  List<Port> pins() {
    if (top.isEmpty()) {
      return List.of();
    }
    List<Port> pins = new ArrayList<>();
    pins.add(new Port(BASE, true, Long.SIZE));
    pins.add(new Port(ERROR, false, 2));
    pins.addAll(axi().ports());
    return pins;
  }

  private int bits(String pin) {
    return pin.equals("w_data") ? top.orElseThrow().busBits() : SINGLE.getOrDefault(pin, 1);
  }

  List<Wire> wires() {
    if (top.isEmpty()) {
      return List.of();
    }
    int ports = top.get().cuts().size();
    List<Wire> wires = new ArrayList<>();
    PORT_PINS.forEach(pin -> wires.add(new Wire(NET + pin, ports * bits(pin))));
    wires.add(new Wire(NET + "r_data", top.get().busBits()));
    return wires;
  }

  List<Assign> assigns() {
    return top.isEmpty() ? List.of() : axi().attributes();
  }

  List<Cell> cells() {
    if (top.isEmpty()) {
      return List.of();
    }
    CellBuilder cell =
        new CellBuilder("the memory of stored maps", "ts_mem_hub", "u_cuts")
            .parameters(Map.of("N", Integer.toString(top.get().cuts().size())))
            .parameters(Map.of("B", Integer.toString(top.get().busBytes())))
            .connect("clk", clock, "rst", reset, "base", BASE, "error", ERROR);
    PORT_PINS.forEach(pin -> cell.connect(pin, NET + pin));
    cell.connect("r_data", NET + "r_data");
    axi().read(cell);
    return List.of(axi().write(cell).build());
  }

  /** Connects the memory port of a cut. */
  void connect(CellBuilder cell, Instance instance) {
    if (!(instance.spec() instanceof CutSpec cut) || !cut.stored()) {
      return;
    }
    List<Instance> cuts = top.orElseThrow().cuts();
    int port = cuts.indexOf(instance);
    for (String pin : PORT_PINS) {
      cell.connect(pin, part(NET + pin, port, bits(pin), cuts.size()));
    }
    cell.connect("r_data", NET + "r_data");
  }

  /** The bits of a port on a net that holds those of all. */
  private static String part(String net, int port, int bits, int ports) {
    if (ports * bits == 1) {
      return net;
    }
    int first = port * bits;
    return bits == 1 ? net + "[" + first + "]" : net + "[" + (first + bits - 1) + ":" + first + "]";
  }
}
