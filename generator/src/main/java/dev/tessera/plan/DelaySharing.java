package dev.tessera.plan;

import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.VerilogName;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.plan.SharedDelays.Copy;
import dev.tessera.plan.SharedDelays.Use;
import dev.tessera.plan.TokenSimulation.Result;
import dev.tessera.unit.fork.ForkSpec;
import dev.tessera.unit.route.RouteSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds values that several FIFOs would hold at one time. Readers of one stream wait in a chain:
 * the later one forks off behind the FIFO of the earlier one. And where a concatenation holds a
 * value on its way to a late reader anyway, the reader takes it from there.
 */
final class DelaySharing {
  /** Bits of memory, half a block, from which sharing is worth a unit. */
  private static final long WORTHWHILE = 18 * 1024;

  /** A channel of the stream of a unit that computes. */
  private record Channel(String origin, int index) {}

  private final Netlist netlist;
  private final Result run;
  private final long period;
  private final Map<String, Link> links = new HashMap<>();
  private final Map<String, String> roots = new HashMap<>();
  private final Map<String, Integer> maker = new HashMap<>();
  private final Map<String, String> makerName = new HashMap<>();
  private final Map<String, List<Channel>> contents = new LinkedHashMap<>();
  private final Map<String, List<Use>> uses = new LinkedHashMap<>();
  private final Map<Use, Long> needs = new HashMap<>();
  private final Map<Use, Integer> reader = new HashMap<>();
  private final List<Copy> copies = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> dropped = new HashSet<>();

  private DelaySharing(Netlist netlist, Result run, long period) {
    this.netlist = netlist;
    this.run = run;
    this.period = period;
    netlist.links().forEach(link -> links.put(link.name(), link));
    names.addAll(links.keySet());
    netlist.instances().forEach(i -> names.add(i.spec().name()));
    for (int i = 0; i < netlist.instances().size(); i++) {
      follow(i, netlist.instances().get(i));
    }
  }

  /**
   * How the streams of {@code netlist} are shared.
   *
   * @param run in which every link is as deep as it needs
   * @param period cycles of a frame
   */
  static SharedDelays find(Netlist netlist, Result run, long period) {
    return new DelaySharing(netlist, run, period).find();
  }

  private void follow(int index, Instance instance) {
    String unit = instance.spec().name();
    for (int port = 0; port < instance.inputs().size(); port++) {
      String link = instance.inputs().get(port);
      if (!(instance.spec() instanceof ForkSpec)) {
        Use use = new Use(unit, port);
        uses.get(roots.get(link)).add(use);
        needs.put(use, run.middles().get(makerName.get(link)) + run.flows().get(link).slack());
        reader.put(use, index);
      }
    }
    for (String link : instance.outputs()) {
      makerName.put(link, unit);
      boolean fork = instance.spec() instanceof ForkSpec;
      roots.put(link, fork ? roots.get(instance.inputs().get(0)) : link);
      if (!fork) {
        maker.put(link, index);
        uses.put(link, new ArrayList<>());
        contents.put(link, contents(instance, link));
      }
    }
  }

  private List<Channel> contents(Instance instance, String link) {
    List<Channel> channels = new ArrayList<>();
    if (instance.spec() instanceof RouteSpec route) {
      for (RouteSpec.Tap tap : route.map()) {
        String root = roots.get(instance.inputs().get(tap.input()));
        channels.add(contents.get(root).get(tap.channel()));
      }
      return channels;
    }
    for (int c = 0; c < links.get(link).type().channels(); c++) {
      channels.add(new Channel(link, c));
    }
    return channels;
  }

  private SharedDelays find() {
    for (String root : List.copyOf(uses.keySet())) {
      takeCopies(root);
    }
    drop();
    Map<String, List<List<Use>>> stages = new LinkedHashMap<>();
    uses.forEach((root, readers) -> stages.put(root, stages(root, readers)));
    return new SharedDelays(stages, List.copyOf(copies), dropped);
  }

  /** Beats of a stream in {@code cycles}. */
  private long beats(String root, long cycles) {
    return cycles * type(root).beatsPerFrame() / period;
  }

  private StreamType type(String root) {
    return links.get(root).type();
  }

  private long made(String root) {
    return run.middles().get(makerName.get(root));
  }

  private List<Use> byNeed(List<Use> readers) {
    return readers.stream().sorted(Comparator.comparing(needs::get)).toList();
  }

  /** Lets late readers of {@code root} read what another stream brings them later. */
  private void takeCopies(String root) {
    long held = made(root);
    for (Use use : byNeed(uses.get(root))) {
      String source = source(root, use);
      boolean saves =
          source != null && beats(root, made(source) - held) * type(root).bits() > WORTHWHILE;
      if (saves) {
        uses.get(root).remove(use);
        uses.get(selected(root, source)).add(use);
      } else {
        held = Math.max(held, needs.get(use));
      }
    }
  }

  /** The stream that makes the channels of {@code root} last before {@code use} needs them. */
  private String source(String root, Use use) {
    String best = null;
    for (Map.Entry<String, List<Channel>> other : contents.entrySet()) {
      String link = other.getKey();
      boolean early = maker.get(link) < reader.get(use) && made(link) <= needs.get(use);
      boolean later = made(link) > (best == null ? made(root) : made(best));
      if (early && later && serves(link, root)) {
        best = link;
      }
    }
    return best;
  }

  private boolean serves(String link, String root) {
    return type(link).positions() == 1
        && type(link).type().equals(type(root).type())
        && type(root).positions() == 1
        && new HashSet<>(contents.get(link)).containsAll(contents.get(root));
  }

  /** The link with the channels of {@code root} out of {@code source}. */
  private String selected(String root, String source) {
    List<Integer> channels =
        contents.get(root).stream().map(c -> contents.get(source).indexOf(c)).toList();
    int lanes = type(root).lanes();
    for (Copy known : copies) {
      boolean same = known.from().equals(source) && known.channels().equals(channels);
      if (same && known.lanes() == lanes) {
        return known.link();
      }
    }
    String name = VerilogName.unique(makerName.get(root) + "_again", names);
    String link = VerilogName.unique(name + "_out", names);
    copies.add(new Copy(name, link, source, channels, lanes));
    Use use = new Use(name, 0);
    uses.get(source).add(use);
    needs.put(use, made(source));
    reader.put(use, maker.get(source));
    uses.put(link, new ArrayList<>());
    links.put(link, new Link(link, type(root), 0));
    makerName.put(link, makerName.get(source));
    return link;
  }

  /** Forgets wiring that nobody reads any more. */
  private void drop() {
    List<Instance> instances = netlist.instances();
    for (int i = instances.size() - 1; i >= 0; i--) {
      Instance instance = instances.get(i);
      boolean unread =
          instance.spec() instanceof RouteSpec && uses.get(instance.outputs().get(0)).isEmpty();
      if (unread) {
        String unit = instance.spec().name();
        dropped.add(unit);
        uses.values().forEach(readers -> readers.removeIf(use -> use.unit().equals(unit)));
      }
    }
  }

  /** A new stage begins where what lies before it would otherwise be held several times. */
  private List<List<Use>> stages(String root, List<Use> readers) {
    List<List<Use>> stages = new ArrayList<>();
    List<Use> ordered = byNeed(readers);
    long start = made(root);
    for (int i = 0; i < ordered.size(); i++) {
      long gap = beats(root, needs.get(ordered.get(i)) - start);
      long saved = gap * type(root).bits() * (ordered.size() - i - 1);
      boolean apart = gap > Fifo.DISTRIBUTED_DEPTH && saved > WORTHWHILE;
      if (i == 0 || apart) {
        stages.add(new ArrayList<>());
        start = needs.get(ordered.get(i));
      }
      stages.get(stages.size() - 1).add(ordered.get(i));
    }
    return stages;
  }
}
