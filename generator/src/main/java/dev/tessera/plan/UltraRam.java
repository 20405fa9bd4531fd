package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Ram;
import dev.tessera.plan.Lowering.Netlist;
import java.util.ArrayList;
import java.util.List;

/** Tells which units and links of a pipeline keep their memories in UltraRAM. */
final class UltraRam {
  private UltraRam() {}

  /** Names of the units and links that {@link RamMapping} gives memories without contents. */
  static List<String> names(Netlist netlist, Board board) {
    List<String> owners = new ArrayList<>();
    List<Ram> rams = new ArrayList<>();
    for (Instance instance : netlist.instances()) {
      add(instance.spec().name(), Resources.cost(instance.spec()).rams(), owners, rams);
    }
    for (Link link : netlist.links()) {
      add(link.name(), Resources.of(link).rams(), owners, rams);
    }
    List<Integer> kinds = RamMapping.of(rams, board.memories()).kinds();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < owners.size(); i++) {
      if (!board.memories().get(kinds.get(i)).initialContents()) {
        names.add(owners.get(i));
      }
    }
    return names;
  }

  private static void add(String owner, List<Ram> more, List<String> owners, List<Ram> rams) {
    more.forEach(ram -> owners.add(owner));
    rams.addAll(more);
  }
}
