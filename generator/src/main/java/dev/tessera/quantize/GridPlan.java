package dev.tessera.quantize;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses type, scales and zero points of every value.
 *
 * <p>Values that only wires connect share a type. Maps that multipliers read have 8 bits if they
 * cannot be negative, else 9 bits signed, which the same multiplier takes; the scale and the zero
 * point are those of each channel alone, as they go into the reader's weights and offsets. Maps
 * that no multiplier array reads are wider: a product of two maps takes one DSP in any case.
 */
final class GridPlan {
  /** Width of maps that only additions, products, scales and tables read. */
  static final int WIDE_BITS = 12;

  /** Widest unsigned codes that count as one multiplier operand. */
  private static final int PLAIN_BITS = 8;

  /** Widest signed codes that do. */
  static final int FREE_BITS = Macs.OPERAND_BITS;

  /** How much finer than the median scale a channel's may be. */
  private static final double SPREAD = 64;

  private final Graph graph;
  private final Map<String, ValueQuant> fixed;
  private final QuantOptions options;
  private final Statistics statistics;
  private final Wiring wiring;
  private final Map<Integer, FixedType> types = new LinkedHashMap<>();
  private final Map<Integer, List<String>> members = new TreeMap<>();
  private final Map<Integer, Samples> samples = new LinkedHashMap<>();
  private final Map<Integer, RangeSearch.Grid> grids = new LinkedHashMap<>();
  private final Map<String, ValueQuant> quants = new LinkedHashMap<>();

  GridPlan(
      Graph graph, Map<String, ValueQuant> fixed, QuantOptions options, Statistics statistics) {
    this.graph = graph;
    this.fixed = fixed;
    this.options = options;
    this.statistics = statistics;
    this.wiring = new Wiring(graph);
    unifyTablesAndBounds();
    for (Node node : graph.nodes()) {
      int set = wiring.valueSet(node.output());
      members.computeIfAbsent(set, s -> new ArrayList<>()).add(node.output());
    }
    members.forEach((set, values) -> types.put(set, type(values)));
    gatherSamples();
    graph.nodes().forEach(this::place);
    for (Node node : graph.nodes()) {
      quants.put(node.output(), quant(node.output()));
    }
  }

  /** The grid of {@code value}. */
  ValueQuant of(String value) {
    return quants.get(value);
  }

  /** Values of one type with {@code value}, itself included. */
  List<String> joined(String value) {
    return members.get(wiring.valueSet(value));
  }

  /** Whether the grid of {@code value} comes from the image ports or from the model. */
  boolean given(String value) {
    return joined(value).stream().anyMatch(fixed::containsKey);
  }

  /** Tables and bounds other than that of a ReLU are one for all channels. */
  private void unifyTablesAndBounds() {
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Activate a && a.activation() instanceof Activation.Smooth) {
        wiring.unify(a.input());
        wiring.unify(a.output());
      } else if (bounded(activation(node))) {
        wiring.unify(node.output());
      }
      if (options.stored() && node instanceof Node.Normalize norm) {
        wiring.unify(norm.input(), norm.scale().length);
      }
    }
  }

  private static boolean bounded(Activation activation) {
    return activation instanceof Activation.Clip clip
        && !(clip.lo() == 0 && clip.hi() == Float.POSITIVE_INFINITY);
  }

  static Activation activation(Node node) {
    if (node instanceof Node.Conv conv) {
      return conv.activation();
    } else if (node instanceof Node.Add add) {
      return add.activation();
    } else if (node instanceof Node.Mul mul) {
      return mul.activation();
    } else if (node instanceof Node.Normalize norm) {
      return norm.activation();
    } else if (node instanceof Node.Activate activate) {
      return activate.activation();
    }
    return Activation.NONE;
  }

  static boolean nonNegative(Node node) {
    Activation activation = activation(node);
    return node instanceof Node.Input
        || activation instanceof Activation.Clip clip && clip.lo() >= 0
        || activation instanceof Activation.Smooth smooth && smooth.function().nonNegative();
  }

  /** The type of a set of wired values. */
  private FixedType type(List<String> values) {
    FixedType given = null;
    boolean multiplied = false;
    boolean stored = false;
    boolean tabled = false;
    boolean nonNegative = true;
    int bits = 0;
    for (String value : values) {
      if (fixed.containsKey(value)) {
        FixedType type = fixed.get(value).type();
        if (given != null && !given.equals(type)) {
          throw Refusals.mixed(value, given.toString(), type.toString());
        }
        given = type;
      }
      Node producer = graph.producer(value).orElseThrow();
      nonNegative &= Wiring.keepsGrid(producer) || nonNegative(producer);
      bits = Math.max(bits, options.layerActivationBits().getOrDefault(value, 0));
      for (Node reader : graph.consumers(value)) {
        multiplied |= reader instanceof Node.Conv;
        stored |= options.stored() && reader instanceof Node.Normalize;
        tabled |= reader instanceof Node.Activate a && a.activation() instanceof Activation.Smooth;
      }
    }
    if (given != null) {
      return given;
    } else if (values.contains(graph.output())) {
      return FixedType.UINT8;
    } else if (tabled) {
      return new FixedType(false, indexBits(values));
    } else if (stored) {
      return new FixedType(!nonNegative, PLAIN_BITS);
    } else if (!multiplied) {
      return new FixedType(!nonNegative, Math.max(bits, WIDE_BITS));
    }
    return operandType(bits, nonNegative);
  }

  /** The type of codes for a multiplier; {@code bits} is 0 where no width is asked for. */
  private FixedType operandType(int bits, boolean nonNegative) {
    if (bits == 0) {
      return new FixedType(!nonNegative, options.activationBits() + (nonNegative ? 0 : 1));
    }
    return new FixedType(!nonNegative || bits > PLAIN_BITS, bits);
  }

  private int indexBits(List<String> values) {
    for (String value : values) {
      for (Node reader : graph.consumers(value)) {
        if (reader instanceof Node.Activate a
            && a.activation() instanceof Activation.Smooth smooth) {
          ValueQuant out = fixed.get(a.output());
          double step = out == null ? 1.0 / 255 : out.scaleOf(0);
          return statistics.derive(
              List.of(value, a.name(), step),
              Integer.class,
              () -> {
                Samples all = Samples.merge(List.of(statistics.of(value)));
                return TableLowering.indexBits(smooth, all, step);
              });
        }
      }
    }
    throw new IllegalStateException("no table reads " + values);
  }

  private void gatherSamples() {
    Map<Integer, List<Samples>> parts = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (!Wiring.keepsGrid(node)) {
        Samples[] channels = statistics.of(node.output());
        for (int c = 0; c < channels.length; c++) {
          int set = wiring.channelSet(node.output(), c);
          parts.computeIfAbsent(set, s -> new ArrayList<>()).add(channels[c]);
        }
      }
    }
    parts.forEach(
        (set, list) ->
            samples.put(set, statistics.derive(set, Samples.class, () -> Samples.merge(list))));
  }

  /** Decides the grids of the channels that {@code node} makes. */
  private void place(Node node) {
    ValueQuant given = fixed.get(node.output());
    FixedType type = types.get(wiring.valueSet(node.output()));
    for (int c = 0; c < graph.type(node.output()).channels(); c++) {
      int set = wiring.channelSet(node.output(), c);
      if (given != null) {
        grids.put(set, new RangeSearch.Grid(given.scaleOf(c), given.zeroOf(c)));
      }
    }
    if (given == null && !Wiring.keepsGrid(node)) {
      Map<Integer, RangeSearch.Grid> found = new LinkedHashMap<>();
      for (int c = 0; c < graph.type(node.output()).channels(); c++) {
        int set = wiring.channelSet(node.output(), c);
        if (!found.containsKey(set) && !fixedLater(node.output(), c)) {
          boolean positive = nonNegative(node);
          found.put(
              set,
              statistics.derive(
                  List.of(set, type, positive),
                  RangeSearch.Grid.class,
                  () -> RangeSearch.search(samples.get(set), type, positive)));
        }
      }
      grids.putAll(bounded(found));
    }
  }

  /**
   * Grids of one node's channels whose scales do not lie too far apart: a silent channel gets the
   * median, so that it neither blows up the reader's weights nor the layer's multipliers.
   */
  private static Map<Integer, RangeSearch.Grid> bounded(Map<Integer, RangeSearch.Grid> found) {
    double[] live =
        found.values().stream().mapToDouble(RangeSearch.Grid::scale).filter(s -> s > 0).toArray();
    Arrays.sort(live);
    double median = live.length == 0 ? 1 : live[live.length / 2];
    Map<Integer, RangeSearch.Grid> result = new LinkedHashMap<>();
    found.forEach(
        (set, grid) -> {
          double scale = grid.scale() == 0 ? median : Math.max(grid.scale(), median / SPREAD);
          result.put(set, new RangeSearch.Grid(scale, grid.zero()));
        });
    return result;
  }

  /** Whether wires lead from the channel to a value whose grid is given. */
  private boolean fixedLater(String value, int c) {
    int set = wiring.channelSet(value, c);
    for (String other : joined(value)) {
      if (fixed.containsKey(other)) {
        for (int i = 0; i < graph.type(other).channels(); i++) {
          if (wiring.channelSet(other, i) == set) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private ValueQuant quant(String value) {
    int channels = graph.type(value).channels();
    double[] scale = new double[channels];
    int[] zero = new int[channels];
    for (int c = 0; c < channels; c++) {
      RangeSearch.Grid grid = grids.get(wiring.channelSet(value, c));
      scale[c] = grid.scale();
      zero[c] = grid.zero();
    }
    return new ValueQuant(types.get(wiring.valueSet(value)), scale, zero);
  }
}
