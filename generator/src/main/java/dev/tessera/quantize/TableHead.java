package dev.tessera.quantize;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import dev.tessera.num.Normalization;
import dev.tessera.num.TableCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Completes a statistics branch. Of every normalised layer it gives the factors {@code 1 /
 * sqrt(variance + epsilon)} of all channels, then their shifts {@code -mean / sqrt(variance +
 * epsilon)}; entries of tables follow from these by one linear map, a 1x1 convolution, which the
 * passes join with the one before.
 */
public final class TableHead {
  private static final String NAME = "table_codes";

  private TableHead() {}

  /** The rules of the normalising layers of an integer graph, in its order. */
  public static List<Normalization> rules(Graph integers) {
    List<Normalization> rules = new ArrayList<>();
    for (Node node : integers.nodes()) {
      if (node instanceof Node.QConv conv && conv.norm() != null) {
        rules.add(conv.norm());
      }
    }
    return rules;
  }

  /**
   * {@code branch}, ending in codes: of every entry its multiplier and its offset.
   *
   * @param branch for frames of one size
   * @param rules of the layers, in the order of the branch
   * @throws TesseraException {@code norm.statistics} if the branch does not give one factor and one
   *     shift of every channel of every layer
   */
  public static Graph complete(Graph branch, List<Normalization> rules, TableCodes codes) {
    TensorType given = branch.type(branch.output());
    int channels = rules.stream().mapToInt(r -> r.gain().length).sum();
    int columns = given.width().at(0);
    int rows = given.height().at(0);
    if (columns != 1 || rows != 1) {
      throw TesseraException.input(
          "norm.statistics",
          "output '" + branch.output() + "'",
          "it is a map of " + columns + "x" + rows + " values, not one of a whole frame",
          "end the branch with GlobalAveragePool and 1x1 convolutions; or choose --norm host");
    }
    if (given.channels() != 2 * channels) {
      throw TesseraException.input(
          "norm.statistics",
          "output '" + branch.output() + "'",
          "it has " + given.channels() + " channels for " + channels + " normalised channels",
          "give a factor and a shift of each, " + 2 * channels + "; or choose --norm host");
    }
    String name = NAME;
    while (branch.types().containsKey(name)) {
      name += "_";
    }
    Kernel kernel = kernel(rules, codes, given.channels());
    List<Node> nodes = new ArrayList<>(branch.nodes());
    nodes.add(
        new Node.Conv(
            name,
            branch.output(),
            name,
            kernel,
            Stride.ONE,
            Pads.NONE,
            Border.VALUE,
            new float[] {0},
            Activation.NONE));
    Map<String, TensorType> types = new LinkedHashMap<>(branch.types());
    types.put(name, new TensorType(kernel.outChannels(), given.height(), given.width()));
    return new Graph(branch.name(), nodes, types, branch.quants(), name);
  }

  private static Kernel kernel(List<Normalization> rules, TableCodes codes, int given) {
    int entries = rules.stream().mapToInt(Normalization::channels).sum();
    float[] weights = new float[2 * entries * given];
    float[] bias = new float[2 * entries];
    int row = 0;
    int first = 0;
    for (Normalization rule : rules) {
      int own = rule.gain().length;
      for (int c = 0; c < rule.channels(); c++) {
        Normalization.Line line = rule.line(c);
        int factor = first + c % own;
        int shift = factor + own;
        weights[row * given + factor] =
            (float) Math.scalb(line.multiplier(), -TableCodes.MULTIPLIER_SHIFT);
        row++;
        weights[row * given + factor] =
            (float) Math.scalb(line.offsetPerFactor(), -codes.offsetShift());
        weights[row * given + shift] =
            (float) Math.scalb(line.offsetPerShift(), -codes.offsetShift());
        bias[row] = (float) Math.scalb(line.offset(), -codes.offsetShift());
        row++;
      }
      first += 2 * own;
    }
    return new Kernel(2 * entries, given, 1, 1, 1, weights, bias, null);
  }
}
