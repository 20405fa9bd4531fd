package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.hw.VerilogName;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.plan.SharedDelays.Copy;
import dev.tessera.plan.SharedDelays.Use;
import dev.tessera.unit.fork.ForkSpec;
import dev.tessera.unit.route.RouteSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rebuilds a netlist with its forks where {@link SharedDelays} wants them. */
final class DelayWiring {
  private final Netlist netlist;
  private final SharedDelays delays;
  private final Map<String, StreamType> types = new HashMap<>();
  private final Map<Use, String> sources = new HashMap<>();
  private final Set<String> names = new HashSet<>(Set.of("clk", "rst"));
  private final List<Instance> instances = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private DelayWiring(Netlist netlist, SharedDelays delays) {
    this.netlist = netlist;
    this.delays = delays;
    netlist.links().forEach(link -> types.put(link.name(), link.type()));
    for (Instance instance : netlist.instances()) {
      if (!(instance.spec() instanceof ForkSpec)) {
        names.add(instance.spec().name());
        names.addAll(instance.outputs());
      }
    }
    delays.copies().forEach(copy -> names.add(copy.name()));
  }

  /** {@code netlist} with the delays shared; its links have no depth yet. */
  static Netlist apply(Netlist netlist, SharedDelays delays) {
    return new DelayWiring(netlist, delays).run();
  }

  private Netlist run() {
    for (Instance instance : netlist.instances()) {
      UnitSpec spec = instance.spec();
      if (!(spec instanceof ForkSpec) && !delays.dropped().contains(spec.name())) {
        add(spec, instance.outputs());
      }
    }
    return new Netlist(instances, links);
  }

  /** Adds a unit, the forks behind it and what selects from its streams. */
  private void add(UnitSpec spec, List<String> outputs) {
    List<String> inputs = new ArrayList<>();
    for (int port = 0; port < spec.inputs().size(); port++) {
      inputs.add(sources.get(new Use(spec.name(), port)));
    }
    instances.add(new Instance(spec, inputs, outputs));
    for (String link : outputs) {
      links.add(new Link(link, types.get(link), 0));
      distribute(spec.name(), link, delays.stages().get(link));
      for (Copy copy : delays.copies()) {
        if (copy.from().equals(link)) {
          select(copy);
        }
      }
    }
  }

  private void select(Copy copy) {
    int[] channels = copy.channels().stream().mapToInt(Integer::intValue).toArray();
    RouteSpec route = RouteSpec.select(copy.name(), types.get(copy.from()), channels, copy.lanes());
    types.put(copy.link(), route.output());
    add(route, List.of(copy.link()));
  }

  /** Gives {@code link} to the readers of the first stage and hands the rest on. */
  private void distribute(String name, String link, List<List<Use>> stages) {
    List<Use> now = stages.get(0);
    List<List<Use>> later = stages.subList(1, stages.size());
    List<String> ends = fork(name, link, now.size() + (later.isEmpty() ? 0 : 1));
    for (int i = 0; i < now.size(); i++) {
      sources.put(now.get(i), ends.get(i));
    }
    if (!later.isEmpty()) {
      distribute(name, ends.get(now.size()), later);
    }
  }

  private List<String> fork(String name, String link, int ends) {
    if (ends <= 1) {
      return List.of(link);
    }
    int branches = Math.min(ends, ForkSpec.MAX_OUTPUTS);
    String unit = VerilogName.unique(name + "_fork", names);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < branches; i++) {
      String branch = VerilogName.unique(unit + "_out" + i, names);
      links.add(new Link(branch, types.get(link), 0));
      types.put(branch, types.get(link));
      out.add(branch);
    }
    instances.add(
        new Instance(
            new ForkSpec(unit, types.get(link), branches), List.of(link), List.copyOf(out)));
    if (ends > branches) {
      String rest = out.remove(branches - 1);
      out.addAll(fork(name, rest, ends - branches + 1));
    }
    return out;
  }
}
