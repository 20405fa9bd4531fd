package dev.tessera.trainer.gain;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.StatisticsOutput;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import dev.tessera.trainer.OnnxGraph;
import java.util.ArrayList;
import java.util.List;

/** A model with a trained branch, which is its second output {@link StatisticsOutput#NAME}. */
public final class BranchExport {
  private static final String PREFIX = "gain_";

  /** Pixels of the small frame, of each axis, in one step of the two in which a mean is taken. */
  private static final int WINDOW = 16;

  private static final int LARGEST_STRIDE = 4;

  private final OnnxGraph graph;

  private BranchExport(OnnxGraph graph) {
    this.graph = graph;
  }

  /**
   * The model with the branch.
   *
   * @param input name of the model's input
   * @param range the network's value of the largest picture code: the branch sees 0 to 1
   * @throws TesseraException {@code train.branch} as {@link #requireOne}
   */
  public static ModelProto join(
      ModelProto model, String input, double range, TrainedBranch trained) {
    requireOne(model);
    GraphProto.Builder graph = model.getGraph().toBuilder();
    new BranchExport(new OnnxGraph(graph)).add(input, range, trained);
    return model.toBuilder().setGraph(graph).build();
  }

  /**
   * Refuses a model that has a branch, or another second output.
   *
   * @throws TesseraException {@code train.branch}
   */
  public static void requireOne(ModelProto model) {
    List<ValueInfoProto> outputs = model.getGraph().getOutputList();
    if (outputs.size() > 1) {
      throw TesseraException.input(
          "train.branch",
          "output '" + outputs.get(outputs.size() - 1).getName() + "'",
          "the model has " + outputs.size() + " outputs, and a branch becomes the second of two",
          "name the model without a branch");
    }
  }

  private void add(String input, double range, TrainedBranch trained) {
    Branch branch = trained.branch();
    String map = pool("frame", input, Branch.SHRINK);
    List<String> told = new ArrayList<>();
    int number = 1;
    int window = WINDOW;
    for (BranchLayer layer : branch.trunk()) {
      map = number == 1 ? map : add("Relu", "relu" + number, map);
      map = convolve(number == 1 ? seeing(layer, range) : layer, number, map);
      window = Math.max(1, window / layer.stride());
      told.addAll(moments(number, map, window));
      number++;
    }
    String value =
        graph.add(
            OnnxGraph.node("Concat", PREFIX + "moments", told)
                .addAttribute(OnnxGraph.integer("axis", 1)));
    List<BranchLayer> vector = branch.vector();
    for (int i = 0; i < vector.size(); i++) {
      BranchLayer layer = i == 0 ? told(vector.get(0), trained.moments()) : vector.get(i);
      boolean last = i == vector.size() - 1;
      value = i == 0 ? value : add("Relu", "relu" + number, value);
      value = convolve(last ? saying(layer, trained.statistics()) : layer, number, value);
      number++;
    }
    GraphProto.Builder proto = graph.graph();
    NodeProto.Builder last = proto.getNodeBuilder(proto.getNodeCount() - 1);
    last.setOutput(0, StatisticsOutput.NAME);
    int said = vector.get(vector.size() - 1).outputs();
    proto.addOutput(OnnxGraph.port(StatisticsOutput.NAME, said, "1", "1"));
  }

  private String pool(String name, String value, int side) {
    return graph.add(
        OnnxGraph.node("AveragePool", PREFIX + name, List.of(value))
            .addAttribute(OnnxGraph.integers("kernel_shape", side, side))
            .addAttribute(OnnxGraph.integers("strides", side, side)));
  }

  private String add(String operator, String name, String... values) {
    return graph.add(OnnxGraph.node(operator, PREFIX + name, List.of(values)));
  }

  /** Factor and shift of every channel of {@code map}, as {@link Branch#moments} defines them. */
  private List<String> moments(int layer, String map, int window) {
    String mean = mean("mean" + layer, map, window);
    String squares = mean("squares" + layer, add("Mul", "square" + layer, map, map), window);
    String own = add("Mul", "own" + layer, mean, mean);
    String spread = add("Relu", "spread" + layer, add("Sub", "apart" + layer, squares, own));
    String floor = graph.number(PREFIX + "floor" + layer, Branch.FLOOR);
    String root = add("Sqrt", "root" + layer, add("Add", "above" + layer, spread, floor));
    String factor = add("Reciprocal", "factor" + layer, root);
    return List.of(factor, add("Mul", "shift" + layer, mean, factor));
  }

  /** The mean of every channel, in steps: no pool of the hardware takes a whole frame. */
  private String mean(String name, String map, int window) {
    String value = map;
    int left = window;
    while (left > 1) {
      int side = Math.min(left, LARGEST_STRIDE);
      value = pool(name + "_of_" + left, value, side);
      left /= side;
    }
    return add("GlobalAveragePool", name, value);
  }

  private String convolve(BranchLayer layer, int number, String value) {
    return graph.convolve(
        PREFIX + "conv" + number,
        value,
        layer.outputs(),
        layer.kernel(),
        layer.stride(),
        layer.weight(),
        layer.bias());
  }

  /** The first layer on what the network sees. */
  private static BranchLayer seeing(BranchLayer layer, double range) {
    float[] weight = layer.weight().clone();
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (weight[i] / range);
    }
    return layer.with(weight, layer.bias());
  }

  /** A layer on moments, not on their deviations. */
  private static BranchLayer told(BranchLayer layer, Scale moments) {
    float[] weight = layer.weight().clone();
    float[] bias = layer.bias().clone();
    for (int i = 0; i < weight.length; i++) {
      int moment = i % layer.inputs();
      weight[i] /= moments.spread()[moment];
      bias[i / layer.inputs()] -= weight[i] * moments.centre()[moment];
    }
    return layer.with(weight, bias);
  }

  /** A layer that gives statistics, not their deviations. */
  private static BranchLayer saying(BranchLayer layer, Scale statistics) {
    float[] weight = layer.weight().clone();
    float[] bias = layer.bias().clone();
    for (int i = 0; i < weight.length; i++) {
      weight[i] *= statistics.spread()[i / layer.inputs()];
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] = statistics.centre()[i] + bias[i] * statistics.spread()[i];
    }
    return layer.with(weight, bias);
  }
}
