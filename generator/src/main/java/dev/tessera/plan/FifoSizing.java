package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.UnitSpec;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.plan.TokenSimulation.Flow;
import dev.tessera.plan.TokenSimulation.Result;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Depths of all links and phase-row FIFOs by {@link TokenSimulation}: one run tells which units
 * have time to wait, further ones what the links hold.
 *
 * <p>A depth decides about the latency of its link, and latency about waiting, so the run is
 * repeated until no link changes its kind. Links only ever grow from wire to distributed to block
 * RAM in the course of this, so it ends.
 */
final class FifoSizing {
  private static final int SLICE = 2;

  /**
   * What the simulation settles.
   *
   * @param depths per link
   * @param run with the units' final phase rows
   */
  record Sizing(Map<String, Integer> depths, Result run) {
    /** Block memories and, as parts of one, bits that {@code netlist} holds in its links. */
    double memory(Netlist netlist) {
      double blocks = 0;
      for (Link link : netlist.links()) {
        int bits = link.type().bits();
        int depth = depths.get(link.name());
        blocks += Fifo.bram36(depth, bits) + 1e-9 * depth * bits;
      }
      return blocks;
    }
  }

  private final Netlist netlist;
  private final long[] source;
  private final int margin;
  private final Map<String, Integer> depths = new LinkedHashMap<>();

  private FifoSizing(Netlist netlist, long[] source, int margin) {
    this.margin = margin;
    this.netlist = netlist;
    this.source = source;
    netlist.links().forEach(link -> depths.put(link.name(), 0));
  }

  /**
   * The least depths with which the pipeline keeps the pace of {@code source}.
   *
   * @param source cycles in which the beats of the video input arrive: whole frames, enough of them
   *     for a steady state
   * @param margin frames before and behind the one in steady state
   */
  static Sizing size(Netlist netlist, long[] source, int margin) {
    return new FifoSizing(netlist, source, margin).run();
  }

  private Sizing run() {
    Result wires = TokenSimulation.run(netlist, depths, Map.of(), source, margin);
    Map<String, Long> targets = Shifts.targets(netlist, wires);
    Result run;
    do {
      run = TokenSimulation.run(netlist, depths, targets, source, margin);
    } while (grow(run.flows()));
    return new Sizing(depths, run);
  }

  /** Adopts the depths of a run; whether a link changed its latency by that. */
  private boolean grow(Map<String, Flow> flows) {
    boolean changed = false;
    for (Map.Entry<String, Flow> entry : flows.entrySet()) {
      int old = depths.get(entry.getKey());
      int depth = old;
      if (old > 0 || entry.getValue().waits()) {
        depth = Math.max(SLICE, entry.getValue().occupancy());
      }
      if (old > Fifo.DISTRIBUTED_DEPTH) {
        depth = Math.max(depth, Fifo.DISTRIBUTED_DEPTH + 1);
      }
      changed |= Fifo.latency(depth) != Fifo.latency(old);
      depths.put(entry.getKey(), depth);
    }
    return changed;
  }

  /** The netlist with its depths, its units those of {@code specs}. */
  static Netlist apply(Netlist netlist, Map<String, Integer> depths, List<UnitSpec> specs) {
    List<Link> links =
        netlist.links().stream()
            .map(l -> new Link(l.name(), l.type(), depths.get(l.name())))
            .toList();
    Map<String, UnitSpec> byName = new HashMap<>();
    specs.forEach(spec -> byName.put(spec.name(), spec));
    List<Instance> instances =
        netlist.instances().stream()
            .map(i -> new Instance(byName.get(i.spec().name()), i.inputs(), i.outputs()))
            .toList();
    return new Netlist(instances, links);
  }
}
