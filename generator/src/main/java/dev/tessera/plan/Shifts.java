package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.StreamType;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.plan.TokenSimulation.Result;
import dev.tessera.unit.codec.CutSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides where the data of a skip path wait. A unit off the critical path may act later by as much
 * as its results would wait anyway; that moves the waiting from its outputs to its inputs, which
 * saves memory if its input streams are narrower, as those of an expanding convolution are.
 */
final class Shifts {
  private Shifts() {}

  /**
   * When the middle beat of each unit that should wait is made.
   *
   * @param run one in which every unit acts as soon as it can
   */
  static Map<String, Long> targets(Netlist netlist, Result run) {
    Map<String, Long> bits = new HashMap<>();
    for (Link link : netlist.links()) {
      StreamType type = link.type();
      bits.put(link.name(), type.beatsPerFrame() * type.bits());
    }
    Map<String, String> takers = new HashMap<>();
    for (Instance instance : netlist.instances()) {
      instance.inputs().forEach(link -> takers.put(link, instance.spec().name()));
    }
    Map<String, Long> shifts = new HashMap<>();
    Map<String, Long> targets = new HashMap<>();
    List<Instance> instances = netlist.instances();
    for (int i = instances.size() - 2; i > 0; i--) {
      Instance instance = instances.get(i);
      String name = instance.spec().name();
      long before = instance.inputs().stream().mapToLong(bits::get).sum();
      long behind = instance.outputs().stream().mapToLong(bits::get).sum();
      long room =
          instance.outputs().stream()
              .mapToLong(l -> run.flows().get(l).slack() + shifts.getOrDefault(takers.get(l), 0L))
              .min()
              .orElse(0);
      if (behind >= before && room > 0) {
        if (!(instance.spec() instanceof CutSpec)) {
          shifts.put(name, room);
        }
        targets.put(name, run.middles().get(name) + room);
      }
    }
    return targets;
  }
}
