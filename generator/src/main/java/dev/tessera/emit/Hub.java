package dev.tessera.emit;

import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.SizeWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What the source announces of every frame, given to several cells at once: the stream {@code
 * <net>} comes in, {@code <net>_push} and {@code <net>_word} go out, and each cell {@code c} says
 * {@code c_room}.
 *
 * @param net name of the stream
 * @param clock net of the clock
 * @param reset net of the reset
 */
record Hub(String net, String clock, String reset) {
  /** The stream and what goes to the cells. */
  List<Wire> wires() {
    List<Wire> wires = new ArrayList<>(stream(net, SizeWord.BITS));
    wires.add(new Wire(net + "_push", 1));
    wires.add(new Wire(net + "_word", SizeWord.BITS));
    return wires;
  }

  /** The nets of a stream of {@code bits}. */
  static List<Wire> stream(String net, int bits) {
    return List.of(
        new Wire(net + "_valid", 1), new Wire(net + "_ready", 1), new Wire(net + "_data", bits));
  }

  /**
   * The hub itself.
   *
   * @param comment what it hands on
   * @param readers names of the cells
   */
  Cell cell(String comment, List<String> readers) {
    List<String> rooms = new ArrayList<>(readers.stream().map(r -> r + "_room").toList());
    Collections.reverse(rooms);
    return new CellBuilder(comment, "ts_size_hub", "u_" + net)
            .parameters(Map.of("N", Integer.toString(rooms.size())))
            .connect("clk", clock, "rst", reset)
            .stream("in", net)
            .connect("push", net + "_push", "data", net + "_word")
            .connect("room", "{" + String.join(", ", rooms) + "}")
            .build();
  }

  /** Connects a cell that hears of every frame and makes a stream of its own name. */
  CellBuilder reader(CellBuilder cell, String name) {
    return cell
        .connect("clk", clock, "rst", reset)
        .connect("push", net + "_push", "data", net + "_word", "room", name + "_room")
        .stream("out", name);
  }
}
