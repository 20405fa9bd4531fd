package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.hw.VerilogName;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.unit.fork.ForkSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects units and the links that they make, all with names of their own; links have no depth.
 */
final class NetlistBuilder {
  private final Set<String> names = new HashSet<>(Set.of("clk", "rst"));
  private final List<Instance> instances = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final Map<String, StreamType> types = new HashMap<>();

  /** Keeps {@code taken} from being given to anything else. */
  void reserve(Collection<String> taken) {
    names.addAll(taken);
  }

  /** {@code name}, made legal and different from all others. */
  String unique(String name) {
    return VerilogName.unique(name, names);
  }

  /** What the link called {@code name} carries. */
  StreamType type(String name) {
    return types.get(name);
  }

  /** Adds a unit that reads the links {@code in}; the names of the links it makes. */
  List<String> connect(UnitSpec spec, List<String> in) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < spec.outputs().size(); i++) {
      String suffix = spec.outputs().size() == 1 ? "_out" : "_out" + i;
      out.add(unique(spec.name() + suffix));
    }
    connect(spec, in, out);
    return out;
  }

  /** The same with names that are known. */
  void connect(UnitSpec spec, List<String> in, List<String> out) {
    for (int i = 0; i < out.size(); i++) {
      StreamType type = spec.outputs().get(i);
      links.add(new Link(out.get(i), type, 0));
      types.put(out.get(i), type);
    }
    instances.add(new Instance(spec, in, out));
  }

  /** Gives {@code link} to {@code readers} of it, through as many forks as that takes. */
  List<String> fork(String name, String link, int readers) {
    if (readers <= 1) {
      return List.of(link);
    }
    int branches = Math.min(readers, ForkSpec.MAX_OUTPUTS);
    ForkSpec fork = new ForkSpec(unique(name + "_fork"), type(link), branches);
    List<String> out = new ArrayList<>(connect(fork, List.of(link)));
    if (readers > branches) {
      String rest = out.remove(branches - 1);
      out.addAll(fork(name, rest, readers - branches + 1));
    }
    return out;
  }

  /** Everything that was added. */
  Netlist build() {
    return new Netlist(instances, links);
  }
}
