package dev.tessera.emit;

import dev.tessera.emit.BenchModel.BenchFlag;
import dev.tessera.emit.BenchModel.BenchPort;
import dev.tessera.emit.BenchModel.BenchUnit;
import dev.tessera.emit.BenchModel.Role;
import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Pin;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A top that holds many units side by side, each with its own clock and its streams as pins, so
 * that one simulator build proves many parameter sets.
 */
final class UnitTop {
  /** Name of the module. */
  static final String NAME = "tessera_units";

  private final List<Pin> pins = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();
  private final List<BenchUnit> units = new ArrayList<>();

  private UnitTop() {}

  /** The module and its port list. */
  record Result(Netlist netlist, BenchModel bench) {}

  /** The top of these units. */
  static Result of(List<UnitUnderTest> duts) {
    UnitTop top = new UnitTop();
    duts.forEach(top::add);
    Netlist netlist =
        new Netlist(
            List.of("Units under test, side by side."),
            NAME,
            top.pins,
            top.wires,
            List.of(),
            List.of(),
            top.cells);
    return new Result(netlist, new BenchModel(NAME, top.units));
  }

  private void add(UnitUnderTest dut) {
    UnitSpec spec = dut.spec();
    RtlModule module = dut.module();
    String prefix = "u" + units.size();
    CellBuilder cell = new CellBuilder(dut.name(), module.module(), prefix + "_dut");
    cell.parameters(module.parameters());
    pins.add(new Pin(prefix + "_clk", true, 1));
    pins.add(new Pin(prefix + "_rst", true, 1));
    cell.connect("clk", prefix + "_clk", "rst", prefix + "_rst");
    VideoPins video = VideoPins.of(spec);
    List<BenchPort> ports = new ArrayList<>(video.ports(prefix + "_", module.external()));
    for (int i = 0; i < spec.inputs().size(); i++) {
      ports.add(stream(Role.SOURCE, prefix, "in" + i, spec.inputs().get(i), cell));
    }
    for (int i = 0; i < spec.outputs().size(); i++) {
      ports.add(stream(Role.SINK, prefix, "out" + i, spec.outputs().get(i), cell));
    }
    if (dut.sizeWords() > 0) {
      Role role = spec.inputs().isEmpty() ? Role.SINK : Role.SOURCE;
      ports.add(stream(role, prefix, "size", SizeWord.stream(dut.sizeWords()), cell));
    }
    wires.addAll(cell.idle(module.idle(), prefix));
    List<BenchFlag> flags = new ArrayList<>();
    for (Port port : module.external()) {
      external(prefix, port, video, cell, flags);
    }
    cells.add(cell.build());
    units.add(
        new BenchUnit(
            dut.name(), prefix + "_clk", prefix + "_rst", false, ports, flags, List.of(), ""));
  }

  private BenchPort stream(
      Role role, String prefix, String pin, StreamType type, CellBuilder cell) {
    String net = prefix + "_" + pin;
    boolean driven = role == Role.SOURCE;
    pins.add(new Pin(net + "_valid", driven, 1));
    pins.add(new Pin(net + "_ready", !driven, 1));
    pins.add(new Pin(net + "_data", driven, type.bits()));
    cell.stream(pin, net);
    return BenchPort.of(role, pin, type, net);
  }

  private void external(
      String prefix, Port port, VideoPins video, CellBuilder cell, List<BenchFlag> flags) {
    String net = prefix + "_" + port.name();
    if (port.input() && !video.owns(port)) {
      cell.connect(port.name(), port.width() + "'d0");
      return;
    }
    pins.add(new Pin(net, port.input(), port.width()));
    cell.connect(port.name(), net);
    if (!port.input() && !video.owns(port)) {
      flags.add(new BenchFlag(port.name(), net));
    }
  }

  /** File name to contents of everything that the simulator reads. */
  static Map<String, String> sources(List<UnitUnderTest> duts) {
    Map<String, String> files = new LinkedHashMap<>();
    for (UnitUnderTest dut : duts) {
      RtlFiles.add(files, dut.module());
    }
    return files;
  }
}
