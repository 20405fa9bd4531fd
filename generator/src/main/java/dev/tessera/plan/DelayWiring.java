package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.UnitSpec;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.plan.SharedDelays.Copy;
import dev.tessera.plan.SharedDelays.Use;
import dev.tessera.unit.fork.ForkSpec;
import dev.tessera.unit.route.RouteSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rebuilds a netlist with its forks where {@link SharedDelays} wants them. */
final class DelayWiring {
  private final Netlist netlist;
  private final SharedDelays delays;
  private final Map<Use, String> sources = new HashMap<>();
  private final NetlistBuilder rebuilt = new NetlistBuilder();

  private DelayWiring(Netlist netlist, SharedDelays delays) {
    this.netlist = netlist;
    this.delays = delays;
    for (Instance instance : netlist.instances()) {
      if (!(instance.spec() instanceof ForkSpec)) {
        rebuilt.reserve(List.of(instance.spec().name()));
        rebuilt.reserve(instance.outputs());
      }
    }
    rebuilt.reserve(delays.copies().stream().map(Copy::name).toList());
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
    return rebuilt.build();
  }

  /** Adds a unit, the forks behind it and what selects from its streams. */
  private void add(UnitSpec spec, List<String> outputs) {
    List<String> inputs = new ArrayList<>();
    for (int port = 0; port < spec.inputs().size(); port++) {
      inputs.add(sources.get(new Use(spec.name(), port)));
    }
    rebuilt.connect(spec, inputs, outputs);
    for (String link : outputs) {
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
    RouteSpec route =
        RouteSpec.select(copy.name(), rebuilt.type(copy.from()), channels, copy.lanes());
    add(route, List.of(copy.link()));
  }

  /** Gives {@code link} to the readers of the first stage and hands the rest on. */
  private void distribute(String name, String link, List<List<Use>> stages) {
    List<Use> now = stages.get(0);
    List<List<Use>> later = stages.subList(1, stages.size());
    List<String> ends = rebuilt.fork(name, link, now.size() + (later.isEmpty() ? 0 : 1));
    for (int i = 0; i < now.size(); i++) {
      sources.put(now.get(i), ends.get(i));
    }
    if (!later.isEmpty()) {
      distribute(name, ends.get(now.size()), later);
    }
  }
}
