package dev.tessera.emit;

import dev.tessera.emit.DriverModel.Block;
import dev.tessera.emit.TopInterface.Bus;
import dev.tessera.emit.TopInterface.Kind;
import dev.tessera.hw.Design;
import dev.tessera.hw.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Output model of the descriptions by which block-design tools take a design: IP-XACT (IEEE
 * 1685-2009) and Platform Designer.
 *
 * @param header what the files say of themselves
 * @param name module name of the top
 * @param description one line about the design
 * @param clock clock pin
 * @param reset reset pin, active low
 * @param clockHertz planned clock
 * @param interfaces AXI ports
 * @param pins all other pins
 * @param ports every pin
 * @param blocks what lies behind its AXI4-Lite port
 * @param files Verilog files, in the order in which tools read them, then memory images
 */
public record IpModel(
    List<String> header,
    String name,
    String description,
    String clock,
    String reset,
    long clockHertz,
    List<Interface> interfaces,
    List<Pin> pins,
    List<Pin> ports,
    List<Block> blocks,
    List<File> files) {
  private static final double HZ_PER_MHZ = 1e6;

  public IpModel {
    header = List.copyOf(header);
    interfaces = List.copyOf(interfaces);
    pins = List.copyOf(pins);
    ports = List.copyOf(ports);
    blocks = List.copyOf(blocks);
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param name relative to {@code rtl/}
   * @param type its element in IP-XACT
   * @param qsysType its type in Platform Designer
   */
  public record File(String name, String type, String qsysType) {
    private static File of(String name) {
      if (name.endsWith(".sv")) {
        return new File(name, element("fileType", "systemVerilogSource"), "SYSTEM_VERILOG");
      }
      return name.endsWith(".v")
          ? new File(name, element("fileType", "verilogSource"), "VERILOG")
          : new File(name, element("userFileType", "mem"), "OTHER");
    }

    private static String element(String name, String text) {
      return "<spirit:" + name + ">" + text + "</spirit:" + name + ">";
    }
  }

  /** A parameter of an interface in IP-XACT. */
  public record Parameter(String name, String value) {}

  /**
   * Clock or reset.
   *
   * @param pin its pin
   * @param kind its type in IP-XACT
   * @param logical its signal there
   * @param parameters what is said of it
   */
  public record Line(String pin, String kind, String logical, List<Parameter> parameters) {
    public Line {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * An AXI port.
   *
   * @param name prefix of its pins
   * @param busType its type in IP-XACT
   * @param qsysType its type in Platform Designer
   * @param master whether the design drives it
   * @param registers whether the register map lies behind it
   * @param memory whether it is the master of an address space
   * @param dataBits width of its data
   * @param signals its pins
   */
  public record Interface(
      String name,
      String busType,
      String qsysType,
      boolean master,
      boolean registers,
      boolean memory,
      int dataBits,
      List<Signal> signals) {
    public Interface {
      signals = List.copyOf(signals);
    }

    /** Its side in Platform Designer. */
    public String qsysSide() {
      return master ? "start" : "end";
    }
  }

  /**
   * A pin of a bus.
   *
   * @param role its signal in small letters
   * @param logical the same as the standard writes it
   * @param pin itself
   */
  public record Signal(String role, String logical, Pin pin) {}

  /**
   * A pin.
   *
   * @param name of the pin
   * @param direction {@code in} or {@code out}
   * @param side {@code Input} or {@code Output}
   * @param width bits
   * @param left index of its most significant bit
   */
  public record Pin(String name, String direction, String side, int width, int left) {
    private static Pin of(Port port) {
      boolean in = port.input();
      return new Pin(
          port.name(), in ? "in" : "out", in ? "Input" : "Output", port.width(), port.width() - 1);
    }

    /** Whether it is a vector in Verilog. */
    public boolean vector() {
      return width > 1;
    }
  }

  static IpModel of(
      Design design, EmitContext context, List<String> sources, List<String> memories) {
    TopInterface top = TopInterface.of(design);
    List<Pin> ports = new ArrayList<>();
    ports.add(Pin.of(new Port(top.clock(), true, 1)));
    ports.add(Pin.of(new Port(top.reset(), true, 1)));
    top.all().forEach(port -> ports.add(Pin.of(port)));
    return new IpModel(
        context.header("Description of " + design.name() + ".").stream()
            .map(IpModel::escaped)
            .toList(),
        top.module(),
        Emitter.about(design),
        top.clock(),
        top.reset(),
        Math.round(design.clockMhz() * HZ_PER_MHZ),
        top.buses().stream().map(IpModel::face).toList(),
        top.pins().stream().map(Pin::of).toList(),
        ports,
        DriverModel.blocks(design, context.designHash()),
        Stream.concat(sources.stream(), memories.stream()).map(File::of).toList());
  }

  private static Interface face(Bus bus) {
    List<Signal> signals = new ArrayList<>();
    bus.signals()
        .forEach(
            (role, port) ->
                signals.add(new Signal(role, role.toUpperCase(Locale.ROOT), Pin.of(port))));
    boolean stream = bus.kind() == Kind.AXI4_STREAM;
    String qsys = stream ? "axi4stream" : bus.kind() == Kind.AXI4 ? "axi4" : "axi4lite";
    return new Interface(
        bus.name(),
        stream ? "axis" : "aximm",
        qsys,
        bus.master(),
        bus.kind() == Kind.AXI4_LITE,
        bus.kind() == Kind.AXI4,
        bus.dataBits(),
        signals);
  }

  /** Whether it has an address space of its own. */
  public boolean hasMasters() {
    return interfaces.stream().anyMatch(Interface::memory);
  }

  /** Clock and reset. */
  public List<Line> lines() {
    String clocked = interfaces.stream().map(Interface::name).collect(Collectors.joining(":"));
    return List.of(
        new Line(
            clock,
            "clock",
            "CLK",
            List.of(
                new Parameter("ASSOCIATED_BUSIF", clocked),
                new Parameter("ASSOCIATED_RESET", reset),
                new Parameter("FREQ_HZ", Long.toString(clockHertz)))),
        new Line(reset, "reset", "RST", List.of(new Parameter("POLARITY", "ACTIVE_LOW"))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
