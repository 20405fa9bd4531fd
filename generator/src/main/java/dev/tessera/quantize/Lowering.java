package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
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
 *
 * <p>What an earlier lowering of the same graph made is taken over where it still holds: whole
 * nodes and their maps up to the first change, rounded weights wherever a convolution reads the
 * same grid. Trying a change of one layer so costs what lies behind it, and no rounding but its
 * own.
 */
final class Lowering {
  /** Codes of all maps up to which they are kept for later lowerings: 256 MB. */
  private static final long MOST_KEPT = 64L << 20;

  private final Graph graph;
  private final GridPlan grids;
  private final QuantOptions options;
  private final List<Node> nodes = new ArrayList<>();
  private final List<QuantReport.Layer> layers = new ArrayList<>();
  private final Map<String, List<Codes>> maps = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, Node.Affine> operands = new HashMap<>();
  private final Map<String, Node> made = new HashMap<>();
  private final Map<String, QuantReport.Layer> layerOf = new HashMap<>();
  private final Map<String, ConvLowering.Weights> weights = new HashMap<>();
  private final Set<String> same = new HashSet<>();
  private final Set<String> summed = new HashSet<>();
  private final List<Codes> frames;
  private final boolean keep;

  /**
   * Lowers {@code graph}.
   *
   * @param earlier another lowering of the same graph, or null
   */
  Lowering(
      Graph graph,
      GridPlan grids,
      QuantOptions options,
      List<Calibration.Patch> patches,
      Lowering earlier) {
    this.graph = graph;
    this.grids = grids;
    this.options = options;
    for (Node node : graph.nodes()) {
      readers.put(node.output(), graph.consumers(node.output()).size());
    }
    nodes.add(graph.input());
    frames = patches.stream().map(Calibration.Patch::map).toList();
    maps.put(graph.input().output(), frames);
    keep = codes(graph, patches) <= MOST_KEPT;
    if (earlier != null && sameGrid(graph.input().output(), earlier)) {
      same.add(graph.input().output());
    }
    graph.nodes().stream().skip(1).forEach(node -> step(node, earlier));
  }

  /** Codes of all maps of {@code patches}. */
  private static long codes(Graph graph, List<Calibration.Patch> patches) {
    long sum = 0;
    for (TensorType type : graph.types().values()) {
      for (Calibration.Patch patch : patches) {
        long rows = type.height().at(patch.height());
        sum += rows * type.width().at(patch.width()) * type.channels();
      }
    }
    return sum;
  }

  private void step(Node node, Lowering earlier) {
    boolean taken = earlier != null && takes(node, earlier);
    if (taken) {
      same.add(node.output());
    }
    if (isOperand(node)) {
      Node.Affine affine = (Node.Affine) node;
      operands.put(affine.output(), affine);
      readers.merge(affine.input(), readers.get(affine.output()) - 1, Integer::sum);
      return;
    }
    boolean normalised =
        graph.consumers(node.output()).stream().anyMatch(n -> n instanceof Node.Normalize);
    if (normalised && !options.stored()) {
      // The convolution hands its sums on: it is lowered with the normalisation.
      summed.add(node.output());
      return;
    }
    Node lowered = taken ? earlier.made.get(node.output()) : lower(node, earlier);
    if (taken && earlier.weights.containsKey(node.output())) {
      weights.put(node.output(), earlier.weights.get(node.output()));
    }
    if (taken && earlier.layerOf.containsKey(node.output())) {
      add(node, earlier.layerOf.get(node.output()));
    }
    nodes.add(lowered);
    made.put(node.output(), lowered);
    boolean known = taken && earlier.keep && earlier.frames.equals(frames);
    maps.put(node.output(), known ? earlier.maps.get(node.output()) : run(lowered));
    release(lowered);
  }

  /** Whether {@code node} reads and makes what it did earlier. */
  private boolean takes(Node node, Lowering earlier) {
    boolean taken = same.containsAll(node.inputs()) && sameGrid(node.output(), earlier);
    return taken && (!(node instanceof Node.Conv) || sameBits(node, earlier));
  }

  private boolean sameBits(Node conv, Lowering earlier) {
    return options.weightBitsOf(conv.name()) == earlier.options.weightBitsOf(conv.name());
  }

  private boolean sameGrid(String value, Lowering earlier) {
    ValueQuant now = grids.of(value);
    ValueQuant then = earlier.grids.of(value);
    return now.type().equals(then.type())
        && Arrays.equals(now.scale(), then.scale())
        && Arrays.equals(now.zero(), then.zero());
  }

  private List<Codes> run(Node lowered) {
    List<List<Codes>> inputs = lowered.inputs().stream().map(maps::get).toList();
    List<Codes> outputs = new ArrayList<>();
    for (int p = 0; p < frames.size(); p++) {
      int patch = p;
      List<Codes> read = inputs.stream().map(m -> m.get(patch)).toList();
      outputs.add(IntegerRun.run(lowered, read, frames.get(patch)));
    }
    return outputs;
  }

  private void release(Node lowered) {
    for (String input : lowered.inputs().stream().distinct().toList()) {
      boolean last = readers.merge(input, -1, Integer::sum) == 0;
      if (last && !keep && !input.equals(graph.output())) {
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

  private Node lower(Node node, Lowering earlier) {
    if (Wiring.isWire(node)) {
      return node;
    }
    ValueQuant in = grids.of(node.inputs().get(0));
    ValueQuant out = grids.of(node.output());
    int channels = graph.type(node.output()).channels();
    if (node instanceof Node.Conv conv) {
      return lower(conv, in, out, null, earlier);
    } else if (node instanceof Node.Normalize norm && options.stored()) {
      return NormLowering.lower(norm, in, out, maps.get(norm.input()));
    } else if (node instanceof Node.Normalize norm) {
      Node.Conv conv = (Node.Conv) graph.producer(norm.input()).orElseThrow();
      return lower(conv, grids.of(conv.input()), out, norm, earlier);
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
  private Node lower(
      Node.Conv conv, ValueQuant in, ValueQuant out, Node.Normalize norm, Lowering earlier) {
    Node maker = norm == null ? conv : norm;
    ConvLowering lowering = new ConvLowering(conv, in, out);
    List<Codes> seen = maps.get(conv.input());
    boolean kept = lowering.keepWeights();
    if (!kept) {
      if (earlier != null && sameGrid(conv.input(), earlier) && sameBits(conv, earlier)) {
        lowering.take(earlier.weights.get(maker.output()));
      } else {
        // Phases of a normalised channel share its statistics, and so the unit of their sums.
        int distinct = norm == null ? conv.kernel().outChannels() : norm.scale().length;
        lowering.roundWeights(seen, options.weightBitsOf(conv.name()), distinct);
      }
      weights.put(maker.output(), lowering.weights());
    }
    if (norm == null) {
      lowering.leaveFactors();
    }
    Node.QConv integer =
        norm == null
            ? lowering.finish(kept ? null : codeMean(seen))
            : lowering.normalize(norm, seen);
    int bits = integer.kernel().bits();
    add(
        maker,
        new QuantReport.Layer(
            conv.name(),
            in.type().toString(),
            out.type().toString(),
            bits,
            lowering.accumulatorBits(),
            integer.requant().borderClasses(),
            Macs.multipliersPerProduct(in.type(), bits)));
    return integer;
  }

  private void add(Node maker, QuantReport.Layer layer) {
    layers.add(layer);
    layerOf.put(maker.output(), layer);
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
