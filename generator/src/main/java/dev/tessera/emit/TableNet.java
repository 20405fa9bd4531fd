package dev.tessera.emit;

import dev.tessera.base.Bits;
import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Port;
import dev.tessera.hw.TableLayout;
import dev.tessera.hw.TableLayout.Slice;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.NormTable;
import dev.tessera.num.TableCodes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of the tables to the normalising units of a design: from the host's registers or a
 * statistics branch into one memory per unit; from what names every frame's bank, the source or the
 * branch, through a hub to all of them; and from each, entry by entry, to its unit.
 */
final class TableNet {
  private static final List<String> SOURCES =
      List.of("lib/ts_word_queue.sv", "lib/ts_size_hub.sv", "norm/ts_norm_table.sv");

  private static final String SOURCE = "frame_bank";

  /** The cell that writes the tables, and its module behind {@code ts_}. */
  private static final String HOST = "norm_host";

  private static final String BRANCH = "norm_branch";
  private static final int ADDRESS_BITS = 32;
  private static final int PROTECTION_BITS = 3;

  private final Design design;
  private final String clock;
  private final String reset;
  private final Hub hub;

  /** Where the tables lie in banks. */
  private final Optional<NormTop> top;

  private final String writer;
  private final TableLayout layout;

  /** Where the tables follow from sums over frames. */
  private final Optional<SumsNet> sums;

  TableNet(Design design, String clock, String reset) {
    this.design = design;
    this.clock = clock;
    this.reset = reset;
    this.hub = new Hub(SOURCE, clock, reset);
    this.top = design.norm().filter(n -> !n.sums());
    this.writer = top.filter(NormTop::host).isPresent() ? HOST : BRANCH;
    this.layout = TableLayout.of(design);
    this.sums = design.norm().filter(NormTop::sums).map(n -> new SumsNet(design, clock, reset));
  }

  /** Library files, in the order in which tools read them. */
  static List<String> sources(Design design) {
    NormTop top = design.norm().orElseThrow();
    if (top.sums()) {
      return SumsNet.SOURCES;
    }
    List<String> sources = new ArrayList<>(SOURCES);
    sources.add("norm/ts_" + (top.host() ? HOST : BRANCH) + ".sv");
    return sources;
  }

  /** Connects the tap of a unit, if sums are taken of it. */
  void tap(CellBuilder cell, Instance instance) {
    sums.ifPresent(net -> net.tap(instance).ifPresent(tap -> net.tapped(cell, tap)));
  }

  /** The net at the table port of a unit, if it uses one. */
  Optional<String> net(Instance instance) {
    if (top.filter(NormTop::host).isPresent() && instance == design.source()) {
      return Optional.of(SOURCE);
    }
    boolean reads = design.norm().isPresent() && layout.gives(instance.spec());
    return reads ? Optional.of(name(instance.spec())) : Optional.empty();
  }

  static String name(UnitSpec unit) {
    return unit.name() + "_table";
  }

  /** The host's pins. */
  static List<Port> pins(Design design) {
    return design.norm().filter(NormTop::host).isEmpty() ? List.of() : registerPins();
  }

  /** The pins of an AXI4-Lite port, the design being its slave. */
  static List<Port> registerPins() {
    List<Port> pins = new ArrayList<>();
    pins.add(new Port("s_axil_awaddr", true, ADDRESS_BITS));
    pins.add(new Port("s_axil_awprot", true, PROTECTION_BITS));
    handshake(pins, "aw", true);
    pins.add(new Port("s_axil_wdata", true, ADDRESS_BITS));
    pins.add(new Port("s_axil_wstrb", true, ADDRESS_BITS / Byte.SIZE));
    handshake(pins, "w", true);
    pins.add(new Port("s_axil_bresp", false, 2));
    handshake(pins, "b", false);
    pins.add(new Port("s_axil_araddr", true, ADDRESS_BITS));
    pins.add(new Port("s_axil_arprot", true, PROTECTION_BITS));
    handshake(pins, "ar", true);
    pins.add(new Port("s_axil_rdata", false, ADDRESS_BITS));
    pins.add(new Port("s_axil_rresp", false, 2));
    handshake(pins, "r", false);
    return pins;
  }

  private static void handshake(List<Port> pins, String channel, boolean taken) {
    pins.add(new Port("s_axil_" + channel + "valid", taken, 1));
    pins.add(new Port("s_axil_" + channel + "ready", !taken, 1));
  }

  List<Wire> wires() {
    List<Wire> wires = new ArrayList<>(sums.map(SumsNet::wires).orElse(List.of()));
    if (top.isPresent()) {
      wires.addAll(hub.wires());
      wires.add(new Wire(writer + "_write", 1));
      wires.add(new Wire(writer + "_address", bankBits() + layout.indexBits()));
      wires.add(new Wire(writer + "_entry", NormTable.BITS));
      for (Slice slice : layout.slices()) {
        wires.addAll(Hub.stream(name(slice.instance().spec()), NormTable.BITS));
        wires.add(new Wire(name(slice.instance().spec()) + "_room", 1));
      }
    }
    return wires;
  }

  private int bankBits() {
    return bankBits(top.orElseThrow());
  }

  /** Bits of the number of a bank. */
  static int bankBits(NormTop top) {
    return Bits.indexWidth(top.banks());
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>(sums.map(SumsNet::cells).orElse(List.of()));
    if (top.isPresent()) {
      cells.add(writer());
      cells.add(
          hub.cell(
              "tables of the frames",
              layout.slices().stream().map(s -> name(s.instance().spec())).toList()));
      layout.slices().forEach(slice -> cells.add(cell(slice)));
    }
    return cells;
  }

  private Map<String, String> parameters(String count, int value, int base) {
    Map<String, String> p = new LinkedHashMap<>();
    p.put(count, Integer.toString(value));
    if (base >= 0) {
      p.put("BASE", Integer.toString(base));
    }
    p.put("BANKS", Integer.toString(top.orElseThrow().banks()));
    p.put("IW", Integer.toString(layout.indexBits()));
    p.put("BW", Integer.toString(bankBits()));
    return p;
  }

  private Cell writer() {
    Map<String, String> p = parameters("ENTRIES", layout.entries(), -1);
    NormTop.Branch branch = top.orElseThrow().branch();
    if (branch != null) {
      p.put("LAG", Integer.toString(NormTop.LAG));
      p.put("MULTIPLIER_SHIFT", Integer.toString(TableCodes.MULTIPLIER_SHIFT));
      p.put("OFFSET_SHIFT", Integer.toString(branch.codes().offsetShift()));
    }
    String what = branch == null ? "registers of the tables" : "tables of the statistics branch";
    CellBuilder cell =
        new CellBuilder(what, "ts_" + writer, "u_" + writer)
            .parameters(p)
            .connect("clk", clock, "rst", reset);
    if (branch == null) {
      registerPins().forEach(port -> cell.connect(port.name().replace("s_axil_", ""), port.name()));
    } else {
      cell.stream("in", DesignTop.behind(design.link(branch.link()))).stream("out", SOURCE);
    }
    cell.connect("write", writer + "_write", "address", writer + "_address");
    return cell.connect("entry", writer + "_entry").build();
  }

  private Cell cell(Slice slice) {
    String name = name(slice.instance().spec());
    Map<String, String> p = parameters("N", slice.entries(), slice.base());
    if (top.orElseThrow().branch() != null) {
      p.put("WAITING", Integer.toString(NormTop.BRANCH_WAITING));
    }
    p.put("FILE", '"' + image(slice).file() + '"');
    CellBuilder made =
        new CellBuilder(name + ": its tables", "ts_norm_table", "u_" + name).parameters(p);
    made.connect("write", writer + "_write", "address", writer + "_address");
    return hub.reader(made.connect("entry", writer + "_entry"), name).build();
  }

  /** What memories hold: typical tables, and what other ones follow from. */
  static List<MemoryImage> images(Design design) {
    TableNet net = new TableNet(design, "", "");
    if (net.top.isPresent()) {
      return net.layout.slices().stream().map(net::image).toList();
    }
    return net.sums.map(SumsNet::images).orElse(List.of());
  }

  private MemoryImage image(Slice slice) {
    NormTable typical = slice.instance().spec().rule().orElseThrow().typical();
    int filled = 1 << Bits.indexWidth(slice.entries());
    List<BigInteger> words = new ArrayList<>();
    for (int bank = 0; bank < top.orElseThrow().banks(); bank++) {
      for (int i = 0; i < filled; i++) {
        long word = i < typical.channels() ? typical.word(i) : 0;
        words.add(BigInteger.valueOf(word));
      }
    }
    return new MemoryImage(name(slice.instance().spec()) + ".hex", NormTable.BITS, words);
  }
}
