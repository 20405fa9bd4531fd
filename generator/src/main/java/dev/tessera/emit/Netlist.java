package dev.tessera.emit;

import dev.tessera.hw.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Output model of one plain Verilog-2005 module that holds nothing but wires and instances.
 *
 * @param header comment lines, without the slashes
 * @param name module name
 * @param pins its ports, in order
 * @param wires its nets
 * @param assigns its continuous assignments
 * @param registers its clocked assignments
 * @param cells its instances
 */
public record Netlist(
    List<String> header,
    String name,
    List<Pin> pins,
    List<Wire> wires,
    List<Assign> assigns,
    List<Register> registers,
    List<Cell> cells) {
  public Netlist {
    header = List.copyOf(header);
    pins = List.copyOf(pins);
    wires = List.copyOf(wires);
    assigns = List.copyOf(assigns);
    registers = List.copyOf(registers);
    cells = List.copyOf(cells);
  }

  /** This module with memory images whose names begin with {@code prefix}. */
  Netlist withImages(String prefix) {
    List<Cell> renamed = cells.stream().map(cell -> cell.withImages(prefix)).toList();
    return new Netlist(header, name, pins, wires, assigns, registers, renamed);
  }

  /** A bit range with a leading space, or nothing for one bit. */
  private static String range(int width) {
    return width == 1 ? "" : " [" + (width - 1) + ":0]";
  }

  /** A port. */
  public record Pin(String name, boolean input, int width) {
    /** Its declaration. */
    public String declaration() {
      return (input ? "input wire" : "output wire") + range(width) + " " + name;
    }
  }

  /** A net. */
  public record Wire(String name, int width) {
    /** Its declaration. */
    public String declaration() {
      return "wire" + range(width) + " " + name;
    }
  }

  /** A continuous assignment. */
  public record Assign(String target, String value) {}

  /** {@code target <= value} at every rising edge of {@code clock}. */
  public record Register(String clock, String target, String value) {
    /** Its declaration. */
    public String declaration() {
      return "reg " + target;
    }
  }

  /** One parameter of an instance. */
  public record Parameter(String name, String value) {}

  /**
   * An instance.
   *
   * @param comment one line above it
   * @param module module name
   * @param name instance name
   * @param parameters overridden parameters
   * @param connections named connections, a few to a line
   */
  public record Cell(
      String comment,
      String module,
      String name,
      List<Parameter> parameters,
      List<String> connections) {
    public Cell {
      parameters = List.copyOf(parameters);
      connections = List.copyOf(connections);
    }

    private Cell withImages(String prefix) {
      List<Parameter> renamed =
          parameters.stream()
              .map(
                  p ->
                      new Parameter(p.name(), p.value().replaceFirst("^\"(?=[^\"])", '"' + prefix)))
              .toList();
      return new Cell(comment, module, name, renamed, connections);
    }
  }

  /** Builds the lists of a cell. */
  static final class CellBuilder {
    private final String comment;
    private final String module;
    private final String name;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> connections = new ArrayList<>();

    CellBuilder(String comment, String module, String name) {
      this.comment = comment;
      this.module = module;
      this.name = name;
    }

    CellBuilder parameters(Map<String, String> values) {
      values.forEach((key, value) -> parameters.add(new Parameter(key, value)));
      return this;
    }

    /** Pins and nets, alternating, on one line. */
    CellBuilder connect(String... pinsAndNets) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < pinsAndNets.length; i += 2) {
        line.append(i == 0 ? "" : ", ").append('.').append(pinsAndNets[i]);
        line.append('(').append(pinsAndNets[i + 1]).append(')');
      }
      connections.add(line.toString());
      return this;
    }

    /** A stream's three pins, {@code pin_valid} and so on, to {@code net_valid} and so on. */
    CellBuilder stream(String pin, String net) {
      return connect(
          pin + "_valid",
          net + "_valid",
          pin + "_ready",
          net + "_ready",
          pin + "_data",
          net + "_data");
    }

    /** Ties ports to zero or to wires that nobody reads, which it gives. */
    List<Wire> idle(List<Port> ports, String prefix) {
      List<Wire> wires = new ArrayList<>();
      for (Port port : ports) {
        if (port.input()) {
          connect(port.name(), port.width() + "'d0");
        } else {
          Wire wire = new Wire(prefix + "_unused_" + port.name(), port.width());
          wires.add(wire);
          connect(port.name(), wire.name());
        }
      }
      return wires;
    }

    Cell build() {
      return new Cell(comment, module, name, parameters, connections);
    }
  }
}
