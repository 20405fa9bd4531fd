package dev.tessera.emit;

import dev.tessera.emit.Netlist.Assign;
import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Pin;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Design;
import dev.tessera.hw.Port;
import dev.tessera.hw.RegisterMap;
import dev.tessera.hw.SizeRange;
import dev.tessera.unit.codec.CutTop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The top of a design whose frames software starts: its memory shell, registers behind an AXI4-Lite
 * port, an interrupt, and a fence in front of each AXI4 master, so that software can reset the
 * design while bursts are under way.
 */
final class ControlShell {
  /** Library files, in the order in which tools read them. */
  static final List<String> SOURCES =
      List.of(
          "lib/ts_ram.sv",
          "lib/ts_fifo.sv",
          "lib/ts_skid.sv",
          "lib/ts_slice.sv",
          "control/ts_axi_open.sv",
          "control/ts_axi_fence.sv",
          "control/ts_lite_port.sv",
          "control/ts_lite_window.sv",
          "control/ts_counters.sv",
          "control/ts_control.sv");

  /** Instance name of the memory shell inside. */
  static final String MEMORY = "memory";

  private static final String IRQ = "irq";
  private static final String LITE = "s_axil_";
  private static final String CUT = "m_axi_cut_";
  private static final String INNER = "core_";
  private static final String RESET = "rst";
  private static final String STATUS = "irq_status_";

  /** Bursts under way that a fence knows of. */
  private static final int BURSTS = 64;

  private final Design design;
  private final RegisterMap map;
  private final List<Port> inside;
  private final Optional<CutTop> cuts;
  private final List<Wire> wires = new ArrayList<>();
  private final List<Assign> assigns = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  private ControlShell(Design design, RegisterMap map, List<Port> inside) {
    this.design = design;
    this.map = map;
    this.inside = inside;
    this.cuts = CutTop.of(design);
  }

  /** Module name of the shell. */
  static String name(Design design) {
    return design.name() + "_control";
  }

  /** Module name of its registers. */
  static String registers(Design design) {
    return design.name() + "_registers";
  }

  /** The pins of the shell but clock and reset. */
  static List<Port> pins(Design design) {
    List<Port> all = new ArrayList<>(TableNet.registerPins());
    all.add(new Port(IRQ, false, 1));
    all.addAll(new AxiPins(MemoryShell.PREFIX, design.memory().orElseThrow().busBits()).ports());
    CutTop.of(design).ifPresent(top -> all.addAll(new AxiPins(CUT, top.busBits()).ports()));
    return all;
  }

  /**
   * The shell.
   *
   * @param inside pins of the memory shell
   */
  static Netlist of(Design design, RegisterMap map, List<Port> inside, List<String> header) {
    return new ControlShell(design, map, inside).build(header);
  }

  private Netlist build(List<String> header) {
    List<Pin> pins = new ArrayList<>();
    pins.add(new Pin(DesignTop.CLOCK, true, 1));
    pins.add(new Pin(DesignTop.RESET, true, 1));
    pins(design).forEach(p -> pins.add(new Pin(p.name(), p.input(), p.width())));
    port();
    registers();
    window();
    control();
    counters();
    fence(MemoryShell.PREFIX, design.memory().orElseThrow().busBits(), "");
    cuts.ifPresent(top -> fence(CUT, top.busBits(), "cut_"));
    memory();
    Netlist.Register reset = new Netlist.Register(DesignTop.CLOCK, RESET, "!" + DesignTop.RESET);
    return new Netlist(header, name(design), pins, wires, assigns, List.of(reset), cells);
  }

  private CellBuilder cell(String comment, String module, String name) {
    return new CellBuilder(comment, module, name).connect("clk", DesignTop.CLOCK, "rst", RESET);
  }

  private void wire(String name, int width) {
    wires.add(new Wire(name, width));
  }

  private void port() {
    CellBuilder cell =
        cell("the port of the registers", "ts_lite_port", "port")
            .parameters(Map.of("AW", Integer.toString(map.addressBits())));
    for (Port pin : TableNet.registerPins()) {
      cell.connect(pin.name().substring(LITE.length()), pin.name());
    }
    request(cell, "ask_write", "ask_read");
    answer(cell, "");
    wire("ask_write", 1);
    wire("ask_read", 1);
    wire("ask_whole", 1);
    wire("ask_address", map.addressBits());
    wire("ask_data", Integer.SIZE);
    cells.add(cell.build());
  }

  private static void request(CellBuilder cell, String write, String read) {
    cell.connect("write", write, "read", read, "whole", "ask_whole");
    cell.connect("address", "ask_address", "data", "ask_data");
  }

  private void answer(CellBuilder cell, String prefix) {
    String net = prefix + "answer";
    cell.connect("answer", net, "answer_error", net + "_error", "answer_data", net + "_data");
    wire(net, 1);
    wire(net + "_error", 1);
    wire(net + "_data", Integer.SIZE);
  }

  private void registers() {
    CellBuilder cell = cell("what software sees", registers(design), "registers");
    request(cell, "ask_write", "ask_read");
    answer(cell, "own_");
    for (Pin pin : RegistersModel.pins(map)) {
      wire(pin.name(), pin.width());
      cell.connect(pin.name(), pin.name());
    }
    cells.add(cell.build());
  }

  private void window() {
    if (map.windowBytes() == 0) {
      for (String part : List.of("", "_error", "_data")) {
        assigns.add(new Assign("answer" + part, "own_answer" + part));
      }
      return;
    }
    String theirs = "ask_address[" + (map.addressBits() - 1) + "]";
    CellBuilder cell =
        cell("the way to the tables", "ts_lite_window", "window")
            .parameters(Map.of("AW", Integer.toString(map.addressBits())))
            .connect("blocked", "status_resetting");
    request(cell, "ask_write & " + theirs, "ask_read & " + theirs);
    answer(cell, "window_");
    for (Port pin : TableNet.registerPins()) {
      wire(INNER + pin.name(), pin.width());
      cell.connect(pin.name().substring(LITE.length()), INNER + pin.name());
    }
    cells.add(cell.build());
    assigns.add(new Assign("answer", "own_answer | window_answer"));
    for (String part : List.of("_error", "_data")) {
      String choice = "window_answer ? window_answer" + part + " : own_answer" + part;
      assigns.add(new Assign("answer" + part, choice));
    }
  }

  /** What a frame is made of: pins of the memory shell, and registers that say what they are. */
  private Map<String, String> job() {
    Map<String, String> job = new LinkedHashMap<>();
    job.put("source_base", "{source_hi, source_lo}");
    job.put("source_pitch", "source_pitch");
    job.put("target_base", "{target_hi, target_lo}");
    job.put("target_pitch", "target_pitch");
    if (map.has("FRAME_SIZE")) {
      job.put("frame_width", "frame_size_width");
      job.put("frame_height", "frame_size_height");
    }
    if (map.has("TABLE_BANK")) {
      job.put("frame_table", "table_bank");
    }
    return job;
  }

  private Port inside(String name) {
    return inside.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private void control() {
    Map<String, String> job = job();
    int bits = job.keySet().stream().mapToInt(pin -> inside(pin).width()).sum();
    Map<String, String> p = new LinkedHashMap<>();
    p.put("JW", Integer.toString(bits));
    p.put("EVENTS", Integer.toString(ControlMap.EVENTS.size()));
    if (map.has("FRAME_SIZE")) {
      SizeRange range = design.sizes().orElseThrow();
      p.put("SIZED", "1");
      p.put("LEAST_W", Integer.toString(range.least().width()));
      p.put("MOST_W", Integer.toString(range.most().width()));
      p.put("STEP_W", Integer.toString(range.widthStep()));
      p.put("LEAST_H", Integer.toString(range.least().height()));
      p.put("MOST_H", Integer.toString(range.most().height()));
      p.put("STEP_H", Integer.toString(range.heightStep()));
    }
    CellBuilder cell = cell("orders, resets, events", "ts_control", "control").parameters(p);
    cell.connect("order", "control_start", "repeat_on", "control_repeat");
    cell.connect("restart", "control_soft_reset");
    cell.connect("staged", together(new ArrayList<>(job.values())));
    boolean sized = map.has("FRAME_SIZE");
    cell.connect("staged_size", sized ? "{frame_size_height, frame_size_width}" : "32'd0");
    cell.connect("job", "job", "start", "start", "start_ready", "start_ready");
    cell.connect("done", "done", "crc", "pixels_crc", "frame_crc", "frame_crc");
    cell.connect("stop", "status_resetting", "idle", cuts.isEmpty() ? "idle" : "idle & cut_idle");
    cell.connect("run", "run", "ready", "status_ready", "busy", "status_busy");
    cell.connect("in_work", "status_in_work");
    cell.connect("events", events(RegistersModel.SET + STATUS, ControlMap.ORDER_EVENTS));
    cell.connect("status", events(STATUS, ControlMap.EVENTS.size()));
    cell.connect("enable", events("irq_enable_", ControlMap.EVENTS.size()), IRQ, IRQ);
    cells.add(cell.build());
    wire("job", bits);
    wire("run", 1);
    int low = 0;
    for (String pin : job.keySet()) {
      int high = low + inside(pin).width() - 1;
      String range = high == low ? "[" + low + "]" : "[" + high + ":" + low + "]";
      assigns.add(new Assign(INNER + pin, "job" + range));
      low = high + 1;
    }
    for (String kind : List.of("read_error", "write_error")) {
      String both = cuts.isEmpty() ? kind : kind + " | cut_" + kind;
      assigns.add(new Assign(RegistersModel.SET + STATUS + kind, both));
    }
  }

  /** The first {@code count} events as one vector. */
  private static String events(String prefix, int count) {
    return together(
        ControlMap.EVENTS.subList(0, count).stream()
            .map(e -> prefix + e.toLowerCase(Locale.ROOT))
            .toList());
  }

  /** A vector whose least significant bits are the first of {@code parts}. */
  private static String together(List<String> parts) {
    List<String> reversed = new ArrayList<>(parts);
    Collections.reverse(reversed);
    return reversed.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  private void counters() {
    Map<String, String> counted = new LinkedHashMap<>();
    counted.put("frames", "set_irq_status_done");
    counted.put("busy_cycles", "status_busy");
    counted.put("starved_cycles", "status_busy & starved");
    counted.put("blocked_cycles", "status_busy & blocked");
    for (String master : cuts.isEmpty() ? List.of("") : List.of("", "cut_")) {
      counted.put(master + "read_words", master + "read_word");
      counted.put(master + "written_words", master + "written_word");
      counted.put(master + "read_errors", master + "read_error");
      counted.put(master + "write_errors", master + "write_error");
    }
    CellBuilder cell =
        cell("counters", "ts_counters", "counters")
            .parameters(Map.of("N", Integer.toString(counted.size())))
            .connect("clear", "control_clear", "mark", "set_irq_status_done");
    cell.connect("now", together(new ArrayList<>(counted.values())));
    cell.connect("counts", together(new ArrayList<>(counted.keySet())));
    cells.add(cell.connect("distance", "frame_cycles").build());
  }

  private void fence(String prefix, int busBits, String net) {
    AxiPins outer = new AxiPins(prefix, busBits);
    AxiPins inner = new AxiPins(INNER + prefix, busBits);
    assigns.addAll(outer.attributes());
    Map<String, String> p = new LinkedHashMap<>();
    p.put("B", Integer.toString(busBits / Byte.SIZE));
    p.put("DEPTH", Integer.toString(BURSTS));
    CellBuilder cell =
        cell("what outlives a reset of the master", "ts_axi_fence", net + "fence").parameters(p);
    cell.connect("stop", "status_resetting", "idle", net + "idle");
    wire(net + "idle", 1);
    for (String event : List.of("read_word", "read_error", "written_word", "write_error")) {
      cell.connect(event, net + event);
      wire(net + event, 1);
    }
    inner.inner(cell);
    outer.read(cell);
    cells.add(outer.write(cell).build());
  }

  private void memory() {
    CellBuilder cell = new CellBuilder("the design", MemoryShell.name(design), MEMORY);
    cell.connect(DesignTop.CLOCK, DesignTop.CLOCK, DesignTop.RESET, "run");
    Map<String, String> job = job();
    for (Port pin : inside) {
      boolean lite = pin.name().startsWith(LITE);
      boolean inner = lite || pin.name().startsWith("m_axi_") || job.containsKey(pin.name());
      boolean unused = !inner && pin.name().endsWith("_error") || AxiPins.isAttribute(pin.name());
      String net = (unused ? "unused_" : "") + (inner ? INNER : "") + pin.name();
      if (pin.name().equals("cut_base")) {
        net = "{cut_base_hi, cut_base_lo}";
      } else if (!lite) {
        wire(net, pin.width());
      }
      cell.connect(pin.name(), net);
    }
    cells.add(cell.build());
  }
}
