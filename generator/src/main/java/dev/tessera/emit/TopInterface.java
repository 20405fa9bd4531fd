package dev.tessera.emit;

import dev.tessera.hw.Design;
import dev.tessera.hw.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pins of the module that a tool takes for the top of a design, grouped into buses: the one
 * description that wrappers in other languages are made from.
 *
 * @param module name of the module
 * @param clock its clock
 * @param reset its reset, synchronous, active low
 * @param buses AXI ports
 * @param pins all other pins
 */
public record TopInterface(
    String module, String clock, String reset, List<Bus> buses, List<Port> pins) {
  private static final Pattern STREAM = Pattern.compile("(\\w+?_axis)_(t[a-z]+)");
  private static final Pattern LITE = Pattern.compile("(s_axil)_([a-z]+)");
  private static final Pattern FULL = Pattern.compile("(m_axi|m_axi_cut)_([a-z]+)");

  /** Kinds of buses. */
  public enum Kind {
    AXI4_STREAM(STREAM, "tdata"),
    AXI4_LITE(LITE, "wdata"),
    AXI4(FULL, "wdata");

    private final Pattern pattern;
    private final String data;

    Kind(Pattern pattern, String data) {
      this.pattern = pattern;
      this.data = data;
    }
  }

  /**
   * An AXI port.
   *
   * @param kind protocol
   * @param name prefix of its pins, without the underscore
   * @param master whether the design drives it
   * @param dataBits width of its data
   * @param signals pins by the name of their signal, such as {@code tvalid} or {@code awaddr}
   */
  public record Bus(
      Kind kind, String name, boolean master, int dataBits, Map<String, Port> signals) {}

  public TopInterface {
    buses = List.copyOf(buses);
    pins = List.copyOf(pins);
  }

  /** Name of the module that tools take for the top of {@code design}: its outermost shell. */
  public static String module(Design design) {
    if (design.hasRegisters()) {
      return ControlShell.name(design);
    }
    return design.memory().isPresent() ? MemoryShell.name(design) : design.name();
  }

  /** The interface of the top of {@code design}: its memory shell where it has one. */
  public static TopInterface of(Design design) {
    List<Port> ports = DesignTop.external(design, DesignTop.modules(design));
    if (design.hasRegisters()) {
      ports = ControlShell.pins(design);
    } else if (design.memory().isPresent()) {
      ports = MemoryShell.pins(design, ports);
    }
    Map<String, Map<String, Port>> grouped = new LinkedHashMap<>();
    Map<String, Kind> kinds = new LinkedHashMap<>();
    List<Port> rest = new ArrayList<>();
    for (Port port : ports) {
      Optional<Matcher> bus = Optional.empty();
      for (Kind kind : Kind.values()) {
        Matcher match = kind.pattern.matcher(port.name());
        if (match.matches()) {
          kinds.put(match.group(1), kind);
          bus = Optional.of(match);
        }
      }
      bus.ifPresentOrElse(
          m ->
              grouped.computeIfAbsent(m.group(1), n -> new LinkedHashMap<>()).put(m.group(2), port),
          () -> rest.add(port));
    }
    List<Bus> buses = new ArrayList<>();
    kinds.forEach((name, kind) -> buses.add(bus(name, kind, grouped.get(name))));
    return new TopInterface(module(design), DesignTop.CLOCK, DesignTop.RESET, buses, rest);
  }

  /** The instances around the network, each with its dot; empty if the network is the top. */
  public static String inside(Design design) {
    String core = MemoryShell.CORE + ".";
    String shell = design.hasRegisters() ? ControlShell.MEMORY + "." + core : core;
    return design.memory().isPresent() ? shell : "";
  }

  private static Bus bus(String name, Kind kind, Map<String, Port> signals) {
    Port data = signals.get(kind.data);
    return new Bus(kind, name, !data.input(), data.width(), signals);
  }

  /** Every pin but clock and reset, those of buses first. */
  public List<Port> all() {
    List<Port> all = new ArrayList<>();
    buses.forEach(bus -> all.addAll(bus.signals().values()));
    all.addAll(pins);
    return all;
  }
}
