package dev.tessera.trainer.gain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.trainer.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Trains a branch so that a network normalised by what it says gives the picture that exact
 * normalisation gives; equal plans and photos give equal weights.
 *
 * <p>The trunk begins as the network's own first layers. What its moments say of the statistics is
 * learned first, on pieces that are measured once; then everything together, by the error of the
 * picture.
 */
public final class GainTrainer implements AutoCloseable {
  /** Hears of the progress. */
  public interface Listener {
    /**
     * A step is done.
     *
     * @param step counted from 1
     * @param psnr mean of the batch's pictures in dB; 0 while no pictures are made
     * @param off mean of how far the branch is off, in deviations
     */
    void stepped(int step, double psnr, double off);
  }

  /** Pieces per update of the vector layers. */
  private static final int TOLD = 64;

  /** Deviations beyond which a statistic does not count as farther. */
  private static final float FAR = 4;

  /** Error of a picture, of 1, that is as good as none: 37 dB. */
  private static final float SMALL = 2e-4f;

  /** Weight of what the branch is off beside the logarithm of the picture's error. */
  private static final float OFF_WEIGHT = 0.1f;

  private static final double MOST_GRADIENT = 5;

  /** Batches that show how large the channels of the trunk are. */
  private static final int SIZED = 20;

  /** Variance of a channel that is as good as silent. */
  private static final double LEAST_SPREAD = 1e-6;

  /** Rate of the second part, whose layers know something already. */
  private static final double LATER = 0.2;

  private final NDManager manager = NDManager.newBaseManager();
  private final Graph graph;
  private final TensorNetwork network;
  private final float range;
  private final GainPlan plan;
  private final FrameSampler sampler;
  private Branch branch;
  private Scale moments;
  private Scale statistics;

  /**
   * A trainer for a network.
   *
   * @param graph as the passes leave it
   * @param range the network's value of the largest picture code
   */
  public GainTrainer(Graph graph, float range, List<Rgb> photos, GainPlan plan) {
    this.graph = graph;
    this.network = new TensorNetwork(graph, manager);
    this.range = range;
    this.plan = plan;
    this.sampler = new FrameSampler(photos, plan.side(), plan.seed() + 1);
  }

  /** Trains. */
  public TrainedBranch train(Listener listener) {
    List<float[]> exact = new ArrayList<>();
    List<float[]> pieces = new ArrayList<>();
    while (pieces.size() * plan.batch() < plan.pool()) {
      float[] batch = sampler.next(plan.batch());
      pieces.add(batch);
      exact.addAll(exact(batch));
    }
    statistics = Scale.of(exact);
    Random random = new Random(plan.seed());
    List<BranchLayer> trunk = TrunkMaker.of(graph, range, statistics.centre(), plan.layers());
    int said = statistics.centre().length;
    branch = Branch.on(trunk, plan.hidden(), said, random);
    List<float[]> sizes =
        sizes(trunk, Scale.of(seen(pieces.subList(0, Math.min(SIZED, pieces.size())))).centre());
    branch = Branch.on(TrunkMaker.sized(trunk, sizes), plan.hidden(), said, random);
    List<float[]> seen = seen(pieces);
    moments = Scale.of(seen);
    List<Adam> optimisers = optimisers();
    for (int step = 0; step < plan.first(); step++) {
      List<float[]> gradients = tell(listener, step + 1, seen, exact, random);
      double rate = GainPlan.rateAt(step, plan.first(), plan.rate());
      update(optimisers, gradients, 2 * trunk.size(), rate);
    }
    optimisers = optimisers();
    for (int step = 0; step < plan.steps(); step++) {
      List<float[]> gradients = show(listener, plan.first() + step + 1);
      update(optimisers, gradients, 0, GainPlan.rateAt(step, plan.steps(), LATER * plan.rate()));
    }
    return new TrainedBranch(branch, moments, statistics);
  }

  private List<float[]> values() {
    List<float[]> values = new ArrayList<>();
    for (BranchLayer layer : branch.layers()) {
      values.add(layer.weight());
      values.add(layer.bias());
    }
    return values;
  }

  private List<Adam> optimisers() {
    return values().stream().map(array -> new Adam(array.length)).toList();
  }

  private void update(List<Adam> optimisers, List<float[]> gradients, int from, double rate) {
    List<float[]> taken = gradients.subList(from, gradients.size());
    double length = length(taken);
    if (!Double.isFinite(length)) {
      // Factors of a flat piece, layer after layer, can leave the range of floats.
      return;
    }
    scale(taken, (float) (MOST_GRADIENT / Math.max(MOST_GRADIENT, length)));
    List<float[]> values = values();
    for (int i = from; i < values.size(); i++) {
      optimisers.get(i).step(values.get(i), gradients.get(i), rate);
    }
  }

  private NDArray frames(NDManager into, float[] batch) {
    int side = plan.side();
    return into.create(batch, new Shape(batch.length / (3L * side * side), 3, side, side));
  }

  private List<float[]> exact(float[] batch) {
    try (NDManager step = manager.newSubManager()) {
      TrueStatistics exact = new TrueStatistics();
      network.run(frames(step, batch).mul(range), exact);
      return rows(exact.all());
    }
  }

  /** Usual deviations of the channels of every layer. */
  private static List<float[]> sizes(List<BranchLayer> trunk, float[] usual) {
    List<float[]> sizes = new ArrayList<>();
    int at = 0;
    for (BranchLayer layer : trunk) {
      float[] own = new float[layer.outputs()];
      for (int c = 0; c < own.length; c++) {
        double factor = usual[at + c];
        double spread = 1 / (factor * factor) - Branch.FLOOR;
        own[c] = (float) Math.sqrt(Math.max(spread, LEAST_SPREAD));
      }
      sizes.add(own);
      at += 2 * own.length;
    }
    return sizes;
  }

  private List<float[]> seen(List<float[]> batches) {
    List<float[]> all = new ArrayList<>();
    batches.forEach(batch -> all.addAll(seen(batch)));
    return all;
  }

  private List<float[]> seen(float[] batch) {
    try (NDManager step = manager.newSubManager()) {
      return rows(branch.moments(frames(step, batch), parameters(step)));
    }
  }

  private static List<float[]> rows(NDArray vectors) {
    float[] all = vectors.toFloatArray();
    int length = Math.toIntExact(vectors.getShape().get(1));
    List<float[]> rows = new ArrayList<>();
    for (int at = 0; at < all.length; at += length) {
      rows.add(Arrays.copyOfRange(all, at, at + length));
    }
    return rows;
  }

  /** Statistics from moments, on pieces of the pool. */
  private List<float[]> tell(
      Listener listener, int number, List<float[]> seen, List<float[]> exact, Random random) {
    int told = moments.centre().length;
    int said = statistics.centre().length;
    float[] in = new float[TOLD * told];
    float[] out = new float[TOLD * said];
    for (int n = 0; n < TOLD; n++) {
      int piece = random.nextInt(seen.size());
      System.arraycopy(seen.get(piece), 0, in, n * told, told);
      System.arraycopy(exact.get(piece), 0, out, n * said, said);
    }
    try (NDManager step = manager.newSubManager()) {
      NDArray known = step.create(in, new Shape(TOLD, told, 1, 1));
      NDArray wanted = step.create(out, new Shape(TOLD, said, 1, 1));
      List<NDArray> parameters = parameters(step);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray off = off(branch.say(told(known, step), parameters), wanted, step);
        collector.backward(off);
        listener.stepped(number, 0, off.getFloat());
      }
      return gradients(parameters);
    }
  }

  private NDArray told(NDArray known, NDManager step) {
    return moments.deviations(known, step).clip(-2 * FAR, 2 * FAR);
  }

  private NDArray off(NDArray said, NDArray wanted, NDManager step) {
    NDArray target = statistics.deviations(wanted, step).clip(-FAR, FAR);
    return said.sub(target).square().add(1f).sqrt().sub(1f).mean();
  }

  /** Pictures. */
  private List<float[]> show(Listener listener, int number) {
    try (NDManager step = manager.newSubManager()) {
      NDArray pieces = frames(step, sampler.next(plan.batch()));
      NDArray scaled = pieces.mul(range);
      TrueStatistics exact = new TrueStatistics();
      NDArray wanted = network.run(scaled, exact);
      List<NDArray> parameters = parameters(step);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray said = said(pieces, parameters, step);
        NDArray made = network.run(scaled, new GivenStatistics(statistics.values(said, step)));
        NDArray error = made.sub(wanted).div(range).square().reshape(plan.batch(), -1);
        NDArray each = error.mean(new int[] {1}).add(SMALL).log();
        NDArray off = off(said, exact.all(), step);
        collector.backward(each.mean().add(off.mul(OFF_WEIGHT)));
        double psnr = -10 * each.exp().sub(SMALL).log().mean().getFloat() / Math.log(10);
        listener.stepped(number, psnr, off.getFloat());
      }
      return gradients(parameters);
    }
  }

  private NDArray said(NDArray pieces, List<NDArray> parameters, NDManager step) {
    return branch.say(told(branch.moments(pieces, parameters), step), parameters);
  }

  private List<NDArray> parameters(NDManager into) {
    List<NDArray> parameters = new ArrayList<>();
    for (BranchLayer layer : branch.layers()) {
      Shape shape = new Shape(layer.outputs(), layer.inputs(), layer.kernel(), layer.kernel());
      parameters.add(into.create(layer.weight(), shape));
      parameters.add(into.create(layer.bias()));
    }
    parameters.forEach(p -> p.setRequiresGradient(true));
    return parameters;
  }

  private static List<float[]> gradients(List<NDArray> parameters) {
    List<float[]> gradients = new ArrayList<>();
    for (NDArray parameter : parameters) {
      try (NDArray gradient = parameter.getGradient()) {
        // A layer that took no part has none.
        int size = Math.toIntExact(parameter.size());
        gradients.add(gradient == null ? new float[size] : gradient.toFloatArray());
      }
    }
    return gradients;
  }

  private static double length(List<float[]> gradients) {
    double sum = 0;
    for (float[] gradient : gradients) {
      for (float g : gradient) {
        sum += (double) g * g;
      }
    }
    return Math.sqrt(sum);
  }

  private static void scale(List<float[]> gradients, float factor) {
    for (float[] gradient : gradients) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= factor;
      }
    }
  }

  /**
   * The picture by the branch that was trained, and by exact normalisation, in the network's
   * values.
   *
   * @return channels x height x width of each
   */
  List<float[]> pictures(Rgb photo) {
    try (NDManager step = manager.newSubManager()) {
      Shape shape = new Shape(1, 3, photo.height(), photo.width());
      NDArray frame = step.create(photo.toFloats(), shape).div(255f);
      NDArray scaled = frame.mul(range);
      NDArray wanted = network.run(scaled, new TrueStatistics());
      NDArray said = said(frame, parameters(step), step);
      NDArray made = network.run(scaled, new GivenStatistics(statistics.values(said, step)));
      return List.of(made.toFloatArray(), wanted.toFloatArray());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
