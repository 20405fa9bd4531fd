package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the nodes of a prepared graph into integer nodes, one after the other, each with the
 * calibration photos as the integer network before it shows them.
 */
final class Lowering {
  private final Graph graph;
  private final GridPlan grids;
  private final QuantOptions options;
  private final List<Node> nodes = new ArrayList<>();
  private final List<QuantReport.Layer> layers = new ArrayList<>();
  private final Map<String, List<Codes>> maps = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final List<Codes> frames;

  Lowering(Graph graph, GridPlan grids, QuantOptions options, List<Calibration.Patch> patches) {
    this.graph = graph;
    this.grids = grids;
    this.options = options;
    for (Node node : graph.nodes()) {
      readers.put(node.output(), graph.consumers(node.output()).size());
    }
    nodes.add(graph.input());
    frames = patches.stream().map(Calibration.Patch::map).toList();
    maps.put(graph.input().output(), frames);
    graph.nodes().stream().skip(1).forEach(this::step);
  }

  private void step(Node node) {
    Node lowered = lower(node);
    nodes.add(lowered);
    List<List<Codes>> inputs = node.inputs().stream().map(maps::get).toList();
    List<Codes> made = new ArrayList<>();
    for (int p = 0; p < inputs.get(0).size(); p++) {
      int patch = p;
      made.add(
          IntegerRun.run(
              lowered, inputs.stream().map(m -> m.get(patch)).toList(), frames.get(patch)));
    }
    maps.put(node.output(), made);
    for (String input : node.inputs().stream().distinct().toList()) {
      if (readers.merge(input, -1, Integer::sum) == 0 && !input.equals(graph.output())) {
        maps.remove(input);
      }
    }
  }

  private Node lower(Node node) {
    if (Wiring.isWire(node)) {
      return node;
    }
    ValueQuant in = grids.of(node.inputs().get(0));
    ValueQuant out = grids.of(node.output());
    int channels = graph.type(node.output()).channels();
    if (node instanceof Node.Conv conv) {
      return lower(conv, in, out);
    } else if (node instanceof Node.Affine affine) {
      return PointwiseLowering.lower(affine, in, out, channels);
    } else if (node instanceof Node.Activate activate) {
      return PointwiseLowering.lower(activate, in, out, channels);
    } else if (node instanceof Node.Add add) {
      return PointwiseLowering.lower(add, in, grids.of(add.right()), out, channels);
    }
    throw Refusals.operator(node);
  }

  private Node lower(Node.Conv conv, ValueQuant in, ValueQuant out) {
    ConvLowering lowering = new ConvLowering(conv, in, out);
    Node.QConv made;
    List<Codes> seen = maps.get(conv.input());
    if (lowering.keepWeights()) {
      made = lowering.finish(null);
    } else {
      lowering.roundWeights(seen, options.weightBitsOf(conv.name()));
      made = lowering.finish(codeMean(seen));
    }
    int bits = made.kernel().bits();
    layers.add(
        new QuantReport.Layer(
            conv.name(),
            in.type().toString(),
            out.type().toString(),
            bits,
            lowering.accumulatorBits(),
            made.requant().borderClasses(),
            GridPlan.multipliersPerProduct(in.type(), bits)));
    return made;
  }

  private static double[] codeMean(List<Codes> maps) {
    double[] mean = new double[maps.get(0).channels()];
    long positions = maps.stream().mapToLong(Codes::size).sum();
    for (Codes map : maps) {
      for (int i = 0; i < map.data().length; i++) {
        mean[i / map.size()] += (double) map.data()[i] / positions;
      }
    }
    return mean;
  }

  /** The integer graph. */
  Graph result() {
    Map<String, ValueQuant> quants = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      quants.put(node.output(), grids.of(node.output()));
    }
    return new Graph(graph.name(), nodes, graph.types(), quants, graph.output());
  }

  /** What became of the convolutions. */
  List<QuantReport.Layer> layers() {
    return layers;
  }

  /** The integer output of every patch. */
  List<Codes> outputs() {
    return maps.get(graph.output());
  }
}
