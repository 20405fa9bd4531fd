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
import java.util.Collections;
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
  private final String clock;
  private final String reset;
  private final Map<Instance, List<SizeMap>> readers = new LinkedHashMap<>();

  SizeNet(Design design, String clock, String reset) {
    this.design = design;
    this.clock = clock;
    this.reset = reset;
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
      wires.addAll(stream(SOURCE, 1));
      wires.add(new Wire(SOURCE + "_push", 1));
      wires.add(new Wire(SOURCE + "_word", SizeWord.BITS));
      readers.forEach(
          (instance, words) -> {
            wires.addAll(stream(name(instance), words.size()));
            wires.add(new Wire(name(instance) + "_room", 1));
          });
    }
    return wires;
  }

  private static List<Wire> stream(String net, int words) {
    return List.of(
        new Wire(net + "_valid", 1),
        new Wire(net + "_ready", 1),
        new Wire(net + "_data", words * SizeWord.BITS));
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    if (design.resizable()) {
      cells.add(hub());
      readers.forEach((instance, words) -> cells.add(cell(name(instance), words)));
    }
    return cells;
  }

  private Cell hub() {
    List<String> rooms =
        new ArrayList<>(readers.keySet().stream().map(i -> name(i) + "_room").toList());
    Collections.reverse(rooms);
    return new CellBuilder("sizes of the frames", "ts_size_hub", "u_" + SOURCE)
            .parameters(Map.of("N", Integer.toString(rooms.size())))
            .connect("clk", clock, "rst", reset)
            .stream("in", SOURCE)
            .connect("push", SOURCE + "_push", "data", SOURCE + "_word")
            .connect("room", "{" + String.join(", ", rooms) + "}")
            .build();
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
    return new CellBuilder(name + ": size of its frames", "ts_size", "u_" + name)
            .parameters(p)
            .connect("clk", clock, "rst", reset)
            .connect("push", SOURCE + "_push", "data", SOURCE + "_word", "room", name + "_room")
            .stream("out", name)
            .build();
  }
}
