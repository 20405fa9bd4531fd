package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Skid;
import dev.tessera.hw.UnitSpec;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.unit.Units;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.d2s.D2sSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows every beat of a pipeline through the units' exact schedules (a max-plus system: each unit
 * acts as soon as its inputs allow) with links that never fill up.
 *
 * <p>The source is throttled to the rate of the slowest unit, so that the run is a feasible
 * periodic execution. A FIFO that holds what its link holds at most in this run is deep enough:
 * dataflow graphs are monotonic, so the free execution with these FIFOs is never later than this
 * run, keeps its rate and cannot deadlock. Holding a unit back keeps the run feasible, whatever the
 * delay; it only shows where data can wait.
 *
 * <p>Three frames are run: one that fills the pipeline, one in steady state, and one that only
 * keeps the pipeline going, because units drain faster once the source has ended.
 */
final class TokenSimulation {
  /**
   * One stream in the run.
   *
   * @param slack the least cycles that a beat of the steady frame waits in the link, beyond its
   *     latency
   * @param waits whether a beat ever waits
   * @param occupancy words held at most, each counted until the cycle after it is taken
   */
  record Flow(long slack, boolean waits, int occupancy) {}

  /**
   * The run.
   *
   * @param flows per link
   * @param specs the units in order, depths of phase rows settled
   * @param middles per unit the cycle in which its middle beat is made
   * @param output cycles in which the beats of the video output are made
   */
  record Result(
      Map<String, Flow> flows, List<UnitSpec> specs, Map<String, Long> middles, long[] output) {}

  private final Netlist netlist;
  private final Map<String, Integer> depths;
  private final Map<String, Long> targets;
  private final int margin;
  private final Map<String, long[]> made = new HashMap<>();
  private final Map<String, Flow> flows = new LinkedHashMap<>();
  private final Map<String, Long> middles = new HashMap<>();

  private TokenSimulation(
      Netlist netlist, Map<String, Integer> depths, Map<String, Long> targets, int margin) {
    this.margin = margin;
    this.netlist = netlist;
    this.depths = depths;
    this.targets = targets;
  }

  /** Frames that the source of a run with {@code margin} delivers. */
  static int frames(int margin) {
    return 2 * margin + 1;
  }

  /**
   * Runs frames through {@code netlist}.
   *
   * @param depths per link its depth as far as it decides about latency
   * @param targets per unit that is to be held back the cycle in which its middle beat is made
   * @param source cycles in which the beats of the video input arrive
   * @param margin frames that fill the pipeline, and frames that keep it going
   */
  static Result run(
      Netlist netlist,
      Map<String, Integer> depths,
      Map<String, Long> targets,
      long[] source,
      int margin) {
    return new TokenSimulation(netlist, depths, targets, margin).run(source);
  }

  private Result run(long[] source) {
    List<UnitSpec> specs = new ArrayList<>();
    long[] output = source;
    for (Instance instance : netlist.instances()) {
      List<long[]> arrivals = new ArrayList<>();
      for (String link : instance.inputs()) {
        arrivals.add(Skid.delay(made.get(link), latency(link)));
      }
      if (arrivals.isEmpty()) {
        arrivals.add(source);
      }
      UnitSpec spec = settle(instance.spec(), arrivals);
      specs.add(spec);
      Schedule schedule = Units.of(spec).schedule(spec, arrivals);
      output = schedule.made().get(0);
      long middle = output[output.length / 2];
      int hold = Math.toIntExact(Math.max(0, targets.getOrDefault(spec.name(), 0L) - middle));
      middles.put(spec.name(), middle + hold);
      // A map that is stored waits in memory, and not in front of it.
      int before = spec instanceof CutSpec ? 0 : hold;
      for (int i = 0; i < instance.inputs().size(); i++) {
        close(instance.inputs().get(i), schedule.taken().get(i), before);
      }
      for (int i = 0; i < instance.outputs().size(); i++) {
        long[] times = schedule.made().get(i);
        made.put(instance.outputs().get(i), hold == 0 ? times : Skid.delay(times, hold));
      }
    }
    return new Result(flows, specs, middles, output);
  }

  private int latency(String link) {
    return Fifo.latency(depths.getOrDefault(link, 0));
  }

  private static UnitSpec settle(UnitSpec spec, List<long[]> arrivals) {
    if (!(spec instanceof D2sSpec d)) {
      return spec;
    }
    List<Integer> depths = D2sSpec.depths(d.input(), d.output(), d.block(), arrivals.get(0));
    return new D2sSpec(d.name(), d.input(), d.output(), d.block(), d.crd(), depths);
  }

  private void close(String link, long[] taken, int hold) {
    long[] given = made.remove(link);
    int latency = latency(link);
    int frame = given.length / frames(margin);
    int observed = frame * (margin + 1);
    long slack = Long.MAX_VALUE;
    int occupancy = 0;
    int gone = 0;
    boolean waits = false;
    for (int i = 0; i < observed; i++) {
      long waited = taken[i] + hold - given[i];
      waits |= waited > 0;
      if (i >= frame * margin) {
        slack = Math.min(slack, waited - latency);
      }
      while (gone < i && taken[gone] + hold < given[i]) {
        gone++;
      }
      occupancy = Math.max(occupancy, i - gone + 1);
    }
    flows.put(link, new Flow(slack, waits, occupancy));
  }
}
