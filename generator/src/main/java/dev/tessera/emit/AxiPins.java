package dev.tessera.emit;

import dev.tessera.emit.Netlist.Assign;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.hw.Port;
import java.util.ArrayList;
import java.util.List;

/**
 * The pins of an AXI4 master: 64 address bits, INCR bursts of whole words, one identifier.
 *
 * @param prefix of their names, with its underscore
 * @param busBits of the data bus
 */
record AxiPins(String prefix, int busBits) {
  /** AXI attributes that never change: incrementing bursts of whole words, normal memory. */
  private static final String INCR = "2'b01";

  private static final List<String> ATTRIBUTES = List.of("size", "burst", "cache", "prot");

  private static final String BUFFERABLE = "4'b0011";

  private int busBytes() {
    return busBits / Byte.SIZE;
  }

  /** All of them. */
  List<Port> ports() {
    List<Port> all = new ArrayList<>();
    address(all, "ar");
    all.add(new Port(prefix + "rdata", true, busBits));
    all.add(new Port(prefix + "rresp", true, 2));
    all.add(new Port(prefix + "rlast", true, 1));
    all.add(new Port(prefix + "rvalid", true, 1));
    all.add(new Port(prefix + "rready", false, 1));
    address(all, "aw");
    all.add(new Port(prefix + "wdata", false, busBits));
    all.add(new Port(prefix + "wstrb", false, busBytes()));
    all.add(new Port(prefix + "wlast", false, 1));
    all.add(new Port(prefix + "wvalid", false, 1));
    all.add(new Port(prefix + "wready", true, 1));
    all.add(new Port(prefix + "bresp", true, 2));
    all.add(new Port(prefix + "bvalid", true, 1));
    all.add(new Port(prefix + "bready", false, 1));
    return all;
  }

  private void address(List<Port> all, String channel) {
    String pin = prefix + channel;
    all.add(new Port(pin + "addr", false, 64));
    all.add(new Port(pin + "len", false, 8));
    all.add(new Port(pin + "size", false, 3));
    all.add(new Port(pin + "burst", false, 2));
    all.add(new Port(pin + "cache", false, 4));
    all.add(new Port(pin + "prot", false, 3));
    all.add(new Port(pin + "valid", false, 1));
    all.add(new Port(pin + "ready", true, 1));
  }

  /** The attributes of both address channels. */
  List<Assign> attributes() {
    List<Assign> assigns = new ArrayList<>();
    for (String channel : new String[] {"ar", "aw"}) {
      String pin = prefix + channel;
      assigns.add(new Assign(pin + "size", "3'd" + Integer.numberOfTrailingZeros(busBytes())));
      assigns.add(new Assign(pin + "burst", INCR));
      assigns.add(new Assign(pin + "cache", BUFFERABLE));
      assigns.add(new Assign(pin + "prot", "3'b000"));
    }
    return assigns;
  }

  /** Whether a pin of an address channel says what never changes. */
  static boolean isAttribute(String pin) {
    return pin.contains("_axi_") && ATTRIBUTES.stream().anyMatch(pin::endsWith);
  }

  /** Every pin of a cell that has this master's signals behind {@code in_}, but attributes. */
  void inner(CellBuilder cell) {
    for (Port port : ports()) {
      String signal = port.name().substring(prefix.length());
      if (!isAttribute(port.name())) {
        cell.connect("in_" + signal, port.name());
      }
    }
  }

  /** Connects the read channels of a cell. */
  CellBuilder read(CellBuilder cell) {
    connect(cell, "araddr", "arlen", "arvalid", "arready");
    return connect(cell, "rdata", "rresp", "rlast", "rvalid", "rready");
  }

  /** Connects the write channels of a cell. */
  CellBuilder write(CellBuilder cell) {
    connect(cell, "awaddr", "awlen", "awvalid", "awready");
    connect(cell, "wdata", "wstrb", "wlast", "wvalid", "wready");
    return connect(cell, "bresp", "bvalid", "bready");
  }

  private CellBuilder connect(CellBuilder cell, String... pins) {
    String[] both = new String[2 * pins.length];
    for (int i = 0; i < pins.length; i++) {
      both[2 * i] = pins[i];
      both[2 * i + 1] = prefix + pins[i];
    }
    return cell.connect(both);
  }
}
