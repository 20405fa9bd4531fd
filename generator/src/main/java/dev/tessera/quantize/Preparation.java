package dev.tessera.quantize;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Nodes;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a float graph so that each node becomes one integer node: activations that requantisers
 * cannot hold get nodes of their own, and the model's own quantisation moves from {@link
 * Node.FakeQuant} onto the value that the node before makes.
 *
 * <p>Signed fixed codes become unsigned ones by moving the zero point: the same grid, the same
 * saturation, one type less to wire together.
 */
final class Preparation {
  private final Graph original;
  private final ValueQuant image;
  private final ValueQuant port;
  private final boolean stored;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorType> types = new LinkedHashMap<>();
  private final Map<String, ValueQuant> fixed = new LinkedHashMap<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();
  private String output;

  /**
   * Rewrites {@code original}.
   *
   * @param image grid of the image ports
   * @param port grid on which the output leaves; null for one of its own
   * @param stored whether maps are stored before they are normalised
   */
  Preparation(Graph original, ValueQuant image, ValueQuant port, boolean stored) {
    this.original = original;
    this.stored = stored;
    this.image = image;
    this.port = port;
    for (Node node : original.nodes()) {
      add(Nodes.rewire(node, n -> renamed.getOrDefault(n, n)));
    }
    output = renamed.getOrDefault(original.output(), original.output());
    if (port != null) {
      closeOutput();
    }
  }

  /** The rewritten float graph, without {@link Node.FakeQuant}. */
  Graph graph() {
    return new Graph(original.name(), nodes, types, Map.of(), output);
  }

  /** Grids that are given: by the image ports and by the model. */
  Map<String, ValueQuant> fixed() {
    return fixed;
  }

  private void add(Node node) {
    if (node instanceof Node.FakeQuant quant) {
      fix(quant);
    } else if (node instanceof Node.Conv conv && !foldable(conv)) {
      String wide = split(conv);
      nodes.add(Nodes.output(conv.withActivation(Activation.NONE), wide));
      nodes.add(activate(conv, wide, conv.activation()));
    } else if (node instanceof Node.Add sum && !clips(sum.activation())) {
      String wide = split(sum);
      nodes.add(
          new Node.Add(sum.name(), sum.left(), sum.right(), wide, sum.sign(), Activation.NONE));
      nodes.add(activate(sum, wide, sum.activation()));
    } else if (node instanceof Node.Normalize norm) {
      normalize(norm);
    } else if (node instanceof Node.Mul product && !clips(product.activation())) {
      String wide = split(product);
      nodes.add(
          new Node.Mul(product.name(), product.left(), product.right(), wide, Activation.NONE));
      nodes.add(activate(product, wide, product.activation()));
    } else {
      emit(node);
    }
    if (node instanceof Node.Input) {
      fixed.put(node.output(), image);
    }
  }

  /**
   * A normalisation behind a convolution of its own, which hands sums to it and no codes: where
   * there is none, one that changes nothing. Of a stored map it reads the codes.
   */
  private void normalize(Node.Normalize norm) {
    String read = norm.input();
    boolean own =
        producer(read) instanceof Node.Conv conv
            && conv.activation() instanceof Activation.None
            && original.consumers(read).size() == 1
            && !fixed.containsKey(read)
            && !read.equals(original.output());
    if (!own && !stored) {
      String same = norm.output() + "_same";
      types.put(same, types.get(read));
      nodes.add(identity(norm.name() + "_same", read, same, types.get(read).channels()));
      read = same;
    }
    if (clips(norm.activation())) {
      emit(norm.with(read, norm.output(), norm.activation()));
    } else {
      String wide = split(norm);
      nodes.add(norm.with(read, wide, Activation.NONE));
      nodes.add(activate(norm, wide, norm.activation()));
    }
  }

  private static Node.Conv identity(String name, String input, String output, int channels) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    Kernel kernel = new Kernel(channels, 1, 1, 1, channels, ones, new float[channels], null);
    return new Node.Conv(
        name,
        input,
        output,
        kernel,
        Stride.ONE,
        Pads.NONE,
        Border.VALUE,
        new float[] {0},
        Activation.NONE);
  }

  private void emit(Node node) {
    nodes.add(node);
    types.put(node.output(), original.type(node.output()));
  }

  private String split(Node node) {
    String wide = node.output() + "_linear";
    types.put(wide, original.type(node.output()));
    types.put(node.output(), original.type(node.output()));
    return wide;
  }

  private static Node.Activate activate(Node node, String wide, Activation activation) {
    return new Node.Activate(node.name() + "_activation", wide, node.output(), activation);
  }

  private static boolean clips(Activation activation) {
    return activation instanceof Activation.None || activation instanceof Activation.Clip;
  }

  /**
   * A two-sided requantiser has one threshold per channel, so a slope cannot follow a border whose
   * offset changes with the position.
   */
  private static boolean foldable(Node.Conv conv) {
    if (conv.activation() instanceof Activation.Leaky) {
      boolean zeroPadded = true;
      for (float value : conv.padValue()) {
        zeroPadded &= value == 0;
      }
      return zeroPadded || conv.border() != Border.VALUE || conv.pads().isNone();
    }
    return clips(conv.activation());
  }

  private void fix(Node.FakeQuant node) {
    ValueQuant quant = unsigned(node.quant());
    Node producer = producer(node.input());
    boolean alone = readers(node) == 1 && !node.input().equals(original.output());
    if (!Wiring.keepsGrid(producer) && alone && !fixed.containsKey(node.input())) {
      nodes.set(nodes.indexOf(producer), Nodes.output(producer, node.output()));
      types.put(node.output(), types.remove(node.input()));
      fixed.put(node.output(), quant);
    } else if (onGrid(node.input(), quant)) {
      renamed.put(node.output(), node.input());
    } else {
      emit(new Node.Activate(node.name(), node.input(), node.output(), Activation.NONE));
      fixed.put(node.output(), quant);
    }
  }

  /** Readers, in the original graph, of the value that the quantisation reads. */
  private int readers(Node.FakeQuant node) {
    String read =
        original.nodes().stream()
            .filter(n -> n.output().equals(node.output()))
            .findFirst()
            .orElseThrow()
            .inputs()
            .get(0);
    return original.consumers(read).size();
  }

  private static ValueQuant unsigned(ValueQuant quant) {
    if (!quant.type().signed()) {
      return quant;
    }
    int[] zero = quant.zero().clone();
    for (int c = 0; c < zero.length; c++) {
      zero[c] -= Math.toIntExact(quant.type().min());
    }
    return new ValueQuant(new FixedType(false, quant.type().bits()), quant.scale(), zero);
  }

  private Node producer(String value) {
    return nodes.stream().filter(n -> n.output().equals(value)).findFirst().orElseThrow();
  }

  /** Whether every channel of {@code value} is known to lie on the grid. */
  private boolean onGrid(String value, ValueQuant grid) {
    for (int c = 0; c < types.get(value).channels(); c++) {
      Grid given = given(value, c);
      if (given == null || !given.equals(new Grid(grid, c))) {
        return false;
      }
    }
    return true;
  }

  /** The grid of a channel as far as the model or the input gives it, else null. */
  private Grid given(String value, int c) {
    ValueQuant quant = fixed.get(value);
    if (quant != null) {
      return new Grid(quant, c);
    }
    Node node = producer(value);
    if (node instanceof Node.Select select) {
      return given(select.input(), select.channels()[c]);
    } else if (node instanceof Node.Concat concat) {
      int at = c;
      for (String input : concat.inputs()) {
        int channels = types.get(input).channels();
        if (at < channels) {
          return given(input, at);
        }
        at -= channels;
      }
    } else if (node instanceof Node.DepthToSpace shuffle) {
      Grid first = given(shuffle.input(), 0);
      for (int i = 1; first != null && i < types.get(shuffle.input()).channels(); i++) {
        first = first.equals(given(shuffle.input(), i)) ? first : null;
      }
      return first;
    } else if (Wiring.keepsGrid(node)) {
      return given(node.inputs().get(0), c);
    }
    return null;
  }

  /** One channel's grid. */
  private record Grid(FixedType type, double scale, int zero) {
    Grid(ValueQuant quant, int c) {
      this(quant.type(), quant.scaleOf(c), quant.zeroOf(c));
    }
  }

  /** The output port has codes of its own; a value with another grid is requantised for it. */
  private void closeOutput() {
    if (onGrid(output, port)) {
      return;
    }
    boolean free = true;
    for (int c = 0; c < types.get(output).channels(); c++) {
      free &= given(output, c) == null;
    }
    if (!free) {
      requantise(beforeShuffles());
    }
    fixed.put(output, port);
  }

  /** The value behind the shuffles that end the network: pixels are fewer there. */
  private String beforeShuffles() {
    String value = output;
    while (producer(value) instanceof Node.DepthToSpace shuffle) {
      String input = shuffle.input();
      if (nodes.stream().filter(n -> n.inputs().contains(input)).count() != 1) {
        break;
      }
      value = input;
    }
    return value;
  }

  private void requantise(String value) {
    String codes = value + "_codes";
    types.put(codes, types.get(value));
    int at = nodes.indexOf(producer(value)) + 1;
    for (int i = at; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (node instanceof Node.DepthToSpace && node.inputs().contains(value)) {
        nodes.set(i, Nodes.rewire(node, n -> n.equals(value) ? codes : n));
      }
    }
    nodes.add(at, new Node.Activate(value + "_requantise", value, codes, Activation.NONE));
    if (value.equals(output)) {
      output = codes;
    }
  }
}
