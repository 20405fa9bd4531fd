package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.unit.route.RouteSpec;
import dev.tessera.unit.route.RouteSpec.Tap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns nodes into steps. Wiring is fused where that saves a unit and costs no memory: a wire is
 * fused into its reader if that is its only one and the wire does not narrow the stream. A stream
 * must be narrow before the FIFO of a skip path, not behind it, and a value that several wires
 * build upon is buffered once if it stays whole.
 */
final class StepBuilder {
  /** A channel of a value. */
  private record Channel(String value, int index) {}

  private final Graph graph;
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, List<Channel>> fusible = new HashMap<>();

  StepBuilder(Graph graph) {
    this.graph = graph;
  }

  StepGraph build() {
    List<Step> steps = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Concat || node instanceof Node.Select) {
        steps.addAll(wires(node));
      } else {
        steps.add(operator(node));
      }
    }
    int channels = graph.type(graph.input().output()).channels();
    StepGraph all = new StepGraph(steps, channels, alias(graph.output()));
    return all.live();
  }

  private Step operator(Node node) {
    boolean known =
        node instanceof Node.Input
            || node instanceof Node.QConv
            || node instanceof Node.QScale
            || node instanceof Node.QNorm
            || node instanceof Node.QCustom
            || node instanceof Node.QTable
            || node instanceof Node.QAdd
            || node instanceof Node.QMul
            || node instanceof Node.QPool
            || node instanceof Node.QResize
            || node instanceof Node.DepthToSpace;
    if (!known) {
      throw TesseraException.input(
          "plan.operator",
          "node '" + node.name() + "' (" + node.getClass().getSimpleName() + ")",
          "there is no unit for this operator",
          "'tessera inspect' lists what the model holds");
    }
    return new Step.Op(node, node.inputs().stream().map(this::alias).toList());
  }

  private String alias(String value) {
    return aliases.getOrDefault(value, value);
  }

  private List<Step> wires(Node node) {
    List<Channel> source = expand(channels(node));
    String only = source.get(0).value();
    if (source.equals(whole(only))) {
      aliases.put(node.output(), only);
      return List.of();
    }
    long read = values(source).stream().mapToLong(v -> graph.type(v).channels()).sum();
    boolean narrow = source.size() < read;
    boolean single = graph.consumers(node.output()).size() == 1;
    if (!narrow && single && !node.output().equals(graph.output())) {
      fusible.put(node.output(), source);
    }
    return split(node, source);
  }

  private List<Channel> channels(Node node) {
    List<Channel> all = new ArrayList<>();
    for (String input : node.inputs()) {
      all.addAll(whole(alias(input)));
    }
    if (node instanceof Node.Select select) {
      List<Channel> chosen = new ArrayList<>();
      for (int c : select.channels()) {
        chosen.add(all.get(c));
      }
      return chosen;
    }
    return all;
  }

  private List<Channel> whole(String value) {
    List<Channel> all = new ArrayList<>();
    for (int c = 0; c < graph.type(value).channels(); c++) {
      all.add(new Channel(value, c));
    }
    return all;
  }

  private static Set<String> values(List<Channel> channels) {
    Set<String> values = new LinkedHashSet<>();
    channels.forEach(c -> values.add(c.value()));
    return values;
  }

  /** Reads through fusible wires as long as one unit can join all streams. */
  private List<Channel> expand(List<Channel> channels) {
    List<Channel> result = channels;
    for (String value : values(channels)) {
      List<Channel> source = fusible.get(value);
      if (source != null) {
        List<Channel> expanded = new ArrayList<>();
        for (Channel c : result) {
          expanded.add(c.value().equals(value) ? source.get(c.index()) : c);
        }
        if (values(expanded).size() <= RouteSpec.MAX_INPUTS) {
          result = expanded;
        }
      }
    }
    return result;
  }

  /** The wire, behind others that join streams beforehand if there are too many for one unit. */
  private List<Step> split(Node node, List<Channel> source) {
    List<Step> steps = new ArrayList<>();
    List<String> streams = new ArrayList<>(values(source));
    Map<String, Integer> base = new LinkedHashMap<>();
    Map<String, String> joinedIn = new HashMap<>();
    for (String value : streams) {
      base.put(value, 0);
      joinedIn.put(value, value);
    }
    for (int n = 0; streams.size() > RouteSpec.MAX_INPUTS; n++) {
      String joined = node.output() + "#" + n;
      List<String> first = List.copyOf(streams.subList(0, RouteSpec.MAX_INPUTS));
      steps.add(join(node.name() + "_join" + n, joined, first, base, joinedIn));
      streams.removeAll(first);
      streams.add(joined);
    }
    List<Tap> taps = new ArrayList<>();
    for (Channel c : source) {
      int stream = streams.indexOf(joinedIn.get(c.value()));
      taps.add(new Tap(stream, base.get(c.value()) + c.index()));
    }
    steps.add(new Step.Wire(node.name(), streams, node.output(), taps));
    return steps;
  }

  private Step join(
      String name,
      String joined,
      List<String> streams,
      Map<String, Integer> base,
      Map<String, String> joinedIn) {
    List<Tap> taps = new ArrayList<>();
    for (int s = 0; s < streams.size(); s++) {
      String stream = streams.get(s);
      int offset = taps.size();
      int width = 0;
      for (String value : List.copyOf(joinedIn.keySet())) {
        if (joinedIn.get(value).equals(stream)) {
          width = Math.max(width, base.get(value) + graph.type(value).channels());
          base.merge(value, offset, Integer::sum);
          joinedIn.put(value, joined);
        }
      }
      for (int c = 0; c < width; c++) {
        taps.add(new Tap(s, c));
      }
    }
    return new Step.Wire(name, streams, joined, taps);
  }
}
