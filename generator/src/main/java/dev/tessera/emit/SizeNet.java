package dev.tessera.emit;

import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Scaling;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.Word;
import dev.tessera.unit.Resizing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of the frame sizes through a resizable design: from the source to a hub, from there to
 * one cell per unit that must know a size, which makes it the size of the unit's own frames.
 */
final class SizeNet {
  private static final String SOURCE = "frame_size";

  private final Design design;
  private final Hub hub;
  private final Map<Instance, List<SizeMap>> readers = new LinkedHashMap<>();

  SizeNet(Design design, String clock, String reset) {
    this.design = design;
    this.hub = new Hub(SOURCE, clock, reset);
    if (design.resizable()) {
      Map<String, SizeMap> links = Resizing.maps(design);
      for (Instance instance : design.instances()) {
        List<SizeMap> words = Resizing.words(instance, links);
        if (!words.isEmpty()) {
          readers.put(instance, words);
        }
      }
    }
  }

  /** The net at the size port of a unit, if it uses one. */
  Optional<String> net(Instance instance) {
    if (design.resizable() && instance == design.source()) {
      return Optional.of(SOURCE);
    }
    return readers.containsKey(instance) ? Optional.of(name(instance)) : Optional.empty();
  }

  private static String name(Instance instance) {
    return instance.spec().name() + "_size";
  }

  List<Wire> wires() {
    List<Wire> wires = new ArrayList<>();
    if (design.resizable()) {
      wires.addAll(hub.wires());
      readers.forEach(
          (instance, words) -> {
            wires.addAll(Hub.stream(name(instance), words.size() * SizeWord.BITS));
            wires.add(new Wire(name(instance) + "_room", 1));
          });
    }
    return wires;
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    if (design.resizable()) {
      cells.add(
          hub.cell("sizes of the frames", readers.keySet().stream().map(SizeNet::name).toList()));
      readers.forEach((instance, words) -> cells.add(cell(name(instance), words)));
    }
    return cells;
  }

  private Cell cell(String name, List<SizeMap> words) {
    List<List<Scaling>> lanes = new ArrayList<>();
    for (SizeMap word : words) {
      lanes.add(word.columns());
      lanes.add(word.rows());
    }
    int stages = Math.max(1, lanes.stream().mapToInt(List::size).max().orElse(1));
    Map<String, String> p = new LinkedHashMap<>();
    p.put("LANES", Integer.toString(lanes.size()));
    p.put("STAGES", Integer.toString(stages));
    Word mul = new Word();
    Word add = new Word();
    Word div = new Word();
    for (int stage = 0; stage < stages; stage++) {
      for (List<Scaling> lane : lanes) {
        Scaling step = stage < lane.size() ? lane.get(stage) : Scaling.SAME;
        mul.add(step.mul(), Integer.SIZE);
        add.add(step.add(), Integer.SIZE);
        div.add(step.div(), Integer.SIZE);
      }
    }
    p.put("MUL", mul.literal());
    p.put("ADD", add.literal());
    p.put("DIV", div.literal());
    CellBuilder made = new CellBuilder(name + ": size of its frames", "ts_size", "u_" + name);
    return hub.reader(made.parameters(p), name).build();
  }
}
