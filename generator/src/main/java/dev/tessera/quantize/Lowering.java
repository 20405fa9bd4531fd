package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import dev.tessera.ir.ValueQuant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final Map<String, Node.Affine> operands = new HashMap<>();
  private final Set<String> summed = new HashSet<>();
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
    if (isOperand(node)) {
      Node.Affine affine = (Node.Affine) node;
      operands.put(affine.output(), affine);
      readers.merge(affine.input(), readers.get(affine.output()) - 1, Integer::sum);
      return;
    }
    if (graph.consumers(node.output()).stream().anyMatch(n -> n instanceof Node.Normalize)) {
      // The convolution hands its sums on: it is lowered with the normalisation.
      summed.add(node.output());
      return;
    }
    Node lowered = lower(node);
    nodes.add(lowered);
    List<List<Codes>> inputs = lowered.inputs().stream().map(maps::get).toList();
    List<Codes> made = new ArrayList<>();
    for (int p = 0; p < inputs.get(0).size(); p++) {
      int patch = p;
      made.add(
          IntegerRun.run(
              lowered, inputs.stream().map(m -> m.get(patch)).toList(), frames.get(patch)));
    }
    maps.put(node.output(), made);
    for (String input : lowered.inputs().stream().distinct().toList()) {
      if (readers.merge(input, -1, Integer::sum) == 0 && !input.equals(graph.output())) {
        maps.remove(input);
      }
    }
  }

  /** A scale per channel that only additions read is part of them: they multiply anyway. */
  private boolean isOperand(Node node) {
    List<Node> read = graph.consumers(node.output());
    return node instanceof Node.Affine
        && !node.output().equals(graph.output())
        && !grids.given(node.output())
        && read.stream().allMatch(reader -> reader instanceof Node.Add);
  }

  private PairLowering.Operand operand(String value) {
    int channels = graph.type(value).channels();
    Node.Affine affine = operands.get(value);
    if (affine == null) {
      double[] one = new double[channels];
      Arrays.fill(one, 1);
      return new PairLowering.Operand(value, grids.of(value), one, new double[channels]);
    }
    return new PairLowering.Operand(
        affine.input(),
        grids.of(affine.input()),
        PointwiseLowering.spread(affine.scale(), channels),
        PointwiseLowering.spread(affine.offset(), channels));
  }

  private Node lower(Node node) {
    if (Wiring.isWire(node)) {
      return node;
    }
    ValueQuant in = grids.of(node.inputs().get(0));
    ValueQuant out = grids.of(node.output());
    int channels = graph.type(node.output()).channels();
    if (node instanceof Node.Conv conv) {
      return lower(conv, in, out, null);
    } else if (node instanceof Node.Normalize norm) {
      Node.Conv conv = (Node.Conv) graph.producer(norm.input()).orElseThrow();
      return lower(conv, grids.of(conv.input()), out, norm);
    } else if (node instanceof Node.Affine affine) {
      return PointwiseLowering.lower(affine, in, out, channels);
    } else if (node instanceof Node.Activate activate) {
      return PointwiseLowering.lower(activate, in, out, channels);
    } else if (node instanceof Node.Add add) {
      return PairLowering.lower(add, operand(add.left()), operand(add.right()), out);
    } else if (node instanceof Node.Mul mul) {
      ValueQuant right = grids.of(mul.right());
      int others = graph.type(mul.right()).channels();
      return PairLowering.lower(mul, in, right, out, channels, others);
    } else if (node instanceof Node.Pool pool) {
      return WindowLowering.lower(pool, in, out, channels);
    } else if (node instanceof Node.Resize resize) {
      return WindowLowering.lower(resize, in, channels);
    }
    throw Refusals.operator(node);
  }

  /** A convolution, with the normalisation behind it or null. */
  private Node lower(Node.Conv conv, ValueQuant in, ValueQuant out, Node.Normalize norm) {
    ConvLowering lowering = new ConvLowering(conv, in, out);
    List<Codes> seen = maps.get(conv.input());
    boolean kept = lowering.keepWeights();
    if (!kept) {
      lowering.roundWeights(seen, options.weightBitsOf(conv.name()));
    }
    Node.QConv made =
        norm == null
            ? lowering.finish(kept ? null : codeMean(seen))
            : lowering.normalize(norm, seen);
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
    Map<String, TensorType> types = new LinkedHashMap<>(graph.types());
    types.keySet().removeAll(operands.keySet());
    types.keySet().removeAll(summed);
    for (String value : types.keySet()) {
      quants.put(value, grids.of(value));
    }
    return new Graph(graph.name(), nodes, types, quants, graph.output());
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
