package dev.tessera.emit;

import dev.tessera.emit.Netlist.Assign;
import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Pin;
import dev.tessera.emit.Netlist.Register;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Design;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The top of a design with an AXI4 master: reader, the design with its video streams, writer.
 *
 * <p>A frame is handed over while {@code start} and {@code start_ready} are high, with where it
 * lies and where the result goes; {@code done} marks the cycle in which the result is in memory.
 */
final class MemoryShell {
  /** Instance name of the design inside. */
  static final String CORE = "core";

  /** Library files, in the order in which tools read them. */
  static final List<String> SOURCES =
      List.of(
          "lib/ts_ram.sv",
          "lib/ts_fifo.sv",
          "memory/ts_mem_tiles.sv",
          "memory/ts_mem_walk.sv",
          "memory/ts_mem_bursts.sv",
          "memory/ts_mem_unpack.sv",
          "memory/ts_mem_pack.sv",
          "memory/ts_mem_filter.sv",
          "memory/ts_mem_reader.sv",
          "control/ts_crc32.sv",
          "memory/ts_mem_writer.sv");

  private static final String RESET = "rst";

  /** The bank of a frame's tables: taken with the start, held while the frame is read. */
  private static final String TABLE = "frame_table";

  private static final String CRC = "pixels_crc";

  private static final String STARVED = "starved";

  private static final String BLOCKED = "blocked";

  /** What registers tell of a frame, besides where it is. */
  private static final List<Port> TAPS =
      List.of(
          new Port(CRC, false, Integer.SIZE),
          new Port(STARVED, false, 1),
          new Port(BLOCKED, false, 1));

  /** What names of the AXI4 master begin with. */
  static final String PREFIX = "m_axi_";

  private static final String UNUSED = "unused_";

  private final Design design;
  private final MemoryTop memory;
  private final AxiPins axi;
  private final List<Port> external;
  private final List<Pin> pins = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private final List<Assign> assigns = new ArrayList<>();

  private MemoryShell(Design design, List<Port> external) {
    this.design = design;
    this.memory = design.memory().orElseThrow();
    this.axi = new AxiPins(PREFIX, memory.busBits());
    this.external = external;
  }

  /** Module name of the shell. */
  static String name(Design design) {
    return design.name() + "_memory";
  }

  /** The pins of the shell but clock and reset. */
  static List<Port> pins(Design design, List<Port> external) {
    List<Port> all = new ArrayList<>();
    all.add(new Port("start", true, 1));
    all.add(new Port("start_ready", false, 1));
    all.add(new Port("source_base", true, 64));
    all.add(new Port("source_pitch", true, 32));
    all.add(new Port("target_base", true, 64));
    all.add(new Port("target_pitch", true, 32));
    if (design.isSized()) {
      all.add(new Port("frame_width", true, 16));
      all.add(new Port("frame_height", true, 16));
    }
    external.stream().filter(p -> p.name().equals(TABLE)).forEach(all::add);
    all.add(new Port("done", false, 1));
    all.add(new Port("memory_error", false, 2));
    if (design.hasRegisters()) {
      all.addAll(TAPS);
    }
    all.addAll(new AxiPins(PREFIX, design.memory().orElseThrow().busBits()).ports());
    external.stream().filter(p -> !video(p)).forEach(all::add);
    return all;
  }

  private static boolean video(Port port) {
    return port.name().contains("_axis_") || port.name().startsWith("frame_");
  }

  /**
   * The shell.
   *
   * @param external pins of the design inside
   */
  static Netlist of(Design design, List<Port> external, List<String> header) {
    return new MemoryShell(design, external).build(header);
  }

  private Netlist build(List<String> header) {
    pins.add(new Pin(DesignTop.CLOCK, true, 1));
    pins.add(new Pin(DesignTop.RESET, true, 1));
    pins(design, external).forEach(p -> pins.add(new Pin(p.name(), p.input(), p.width())));
    for (Port port : external) {
      if (video(port)) {
        wires.add(new Wire(net(port), port.width()));
      }
    }
    assigns.addAll(axi.attributes());
    wires.add(new Wire("reader_ready", 1));
    wires.add(new Wire("writer_ready", 1));
    wires.add(new Wire("reader_start", 1));
    wires.add(new Wire("writer_start", 1));
    assigns.add(new Assign("start_ready", "reader_ready & writer_ready"));
    assigns.add(new Assign("reader_start", "start & writer_ready"));
    assigns.add(new Assign("writer_start", "start & reader_ready"));
    if (memory.registers()) {
      assigns.add(new Assign(STARVED, "s_axis_tready & !s_axis_tvalid"));
      assigns.add(new Assign(BLOCKED, "m_axis_tvalid & !m_axis_tready"));
    } else {
      wires.add(new Wire(UNUSED + CRC, Integer.SIZE));
    }
    List<Cell> cells = List.of(reader(), core(), writer());
    Register reset = new Register(DesignTop.CLOCK, RESET, "!" + DesignTop.RESET);
    return new Netlist(header, name(design), pins, wires, assigns, List.of(reset), cells);
  }

  /** The net inside the shell: the writer needs no marks of frames and rows. */
  private static String net(Port port) {
    boolean mark = port.name().equals("m_axis_tuser") || port.name().equals("m_axis_tlast");
    return mark ? UNUSED + port.name() : port.name().replace("frame_", "tile_");
  }

  private String frame(String axis, int size) {
    return design.isSized() ? "frame_" + axis : "16'd" + size;
  }

  private CellBuilder engine(String module, String name) {
    return new CellBuilder(name + " of frames in memory", module, name)
        .connect("clk", DesignTop.CLOCK, "rst", RESET)
        .connect("width", frame("width", memory.grid().columns().frame()))
        .connect("height", frame("height", memory.grid().rows().frame()));
  }

  private Cell reader() {
    Map<String, String> parameters = new LinkedHashMap<>(memory.readerParameters());
    external.stream()
        .filter(p -> p.name().equals(TABLE))
        .forEach(p -> parameters.put("TAG_W", Integer.toString(p.width())));
    CellBuilder cell = engine("ts_mem_reader", "reader").parameters(parameters);
    cell.connect("start", "reader_start", "start_ready", "reader_ready");
    cell.connect("base", "source_base", "pitch", "source_pitch", "error", "memory_error[0]");
    axi.read(cell);
    cell.connect("tvalid", "s_axis_tvalid", "tready", "s_axis_tready", "tdata", "s_axis_tdata");
    cell.connect("tuser", "s_axis_tuser", "tlast", "s_axis_tlast");
    boolean told = design.resizable();
    if (!told) {
      wires.add(new Wire("unused_width", 16));
      wires.add(new Wire("unused_height", 16));
    }
    cell.connect("tile_width", told ? "tile_width" : "unused_width");
    cell.connect("tile_height", told ? "tile_height" : "unused_height");
    tag(cell);
    return cell.build();
  }

  private void tag(CellBuilder cell) {
    Optional<Port> bank = external.stream().filter(p -> p.name().equals(TABLE)).findFirst();
    if (bank.isPresent()) {
      cell.connect("tag", TABLE, "tile_tag", net(bank.get()));
    } else {
      wires.add(new Wire("unused_tag", 1));
      cell.connect("tag", "1'd0", "tile_tag", "unused_tag");
    }
  }

  private Cell writer() {
    CellBuilder cell = engine("ts_mem_writer", "writer").parameters(memory.writerParameters());
    cell.connect("start", "writer_start", "start_ready", "writer_ready", "done", "done");
    cell.connect("base", "target_base", "pitch", "target_pitch", "error", "memory_error[1]");
    cell.connect("crc", (memory.registers() ? "" : UNUSED) + CRC);
    axi.write(cell);
    cell.connect("tvalid", "m_axis_tvalid", "tready", "m_axis_tready", "tdata", "m_axis_tdata");
    return cell.build();
  }

  private Cell core() {
    CellBuilder cell = new CellBuilder("the network", design.name(), CORE);
    cell.connect(DesignTop.CLOCK, DesignTop.CLOCK, DesignTop.RESET, DesignTop.RESET);
    for (Port port : external) {
      cell.connect(port.name(), net(port));
    }
    return cell.build();
  }
}
