package dev.tessera.api;

import dev.tessera.emit.TopInterface;
import dev.tessera.hw.Port;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pins of a design's top module, from the description that the module itself is written from.
 *
 * @param module name of the module
 * @param clock name of its clock
 * @param reset name of its reset, synchronous and active low
 * @param buses AXI ports
 * @param pins all other pins
 */
public record DesignInterface(
    String module, String clock, String reset, List<Bus> buses, List<Pin> pins) {
  public DesignInterface {
    buses = List.copyOf(buses);
    pins = List.copyOf(pins);
  }

  /** Protocols of buses. */
  public enum Protocol {
    AXI4_STREAM,
    AXI4_LITE,
    AXI4
  }

  /**
   * One pin.
   *
   * @param name of the pin
   * @param input whether it is driven from outside
   * @param width bits
   */
  public record Pin(String name, boolean input, int width) {}

  /**
   * One AXI port.
   *
   * @param protocol what it speaks
   * @param name prefix of its pins, without the underscore
   * @param master whether the design is the master
   * @param dataBits width of its data
   * @param signals its pins by the name of the signal in small letters, such as {@code tvalid}
   */
  public record Bus(
      Protocol protocol, String name, boolean master, int dataBits, Map<String, Pin> signals) {
    public Bus {
      signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
    }
  }

  static DesignInterface of(TopInterface top) {
    return new DesignInterface(
        top.module(),
        top.clock(),
        top.reset(),
        top.buses().stream().map(DesignInterface::bus).toList(),
        top.pins().stream().map(DesignInterface::pin).toList());
  }

  private static Bus bus(TopInterface.Bus bus) {
    Map<String, Pin> signals = new LinkedHashMap<>();
    bus.signals().forEach((name, port) -> signals.put(name, pin(port)));
    Protocol protocol = Protocol.valueOf(bus.kind().name());
    return new Bus(protocol, bus.name(), bus.master(), bus.dataBits(), signals);
  }

  private static Pin pin(Port port) {
    return new Pin(port.name(), port.input(), port.width());
  }
}
