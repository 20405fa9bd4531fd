package dev.tessera.trainer.gain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A branch: convolutions on a frame of half the size, 0 to 1, with ReLU between them; of what each
 * makes before that the moments of every channel, as the factor {@code f = 1 / sqrt(variance +
 * FLOOR)} and {@code mean * f}; and layers on the vector of all these moments.
 *
 * @param trunk convolutions on the frame
 * @param vector layers on the moments, with ReLU between them; the last gives the statistics
 */
public record Branch(List<BranchLayer> trunk, List<BranchLayer> vector) {
  /** How much smaller the frame is. */
  static final int SHRINK = 2;

  /** Keeps a factor finite; channels that vary have a variance of about 1. */
  static final float FLOOR = 0.01f;

  private static final Shape ONES = new Shape(1, 1);

  /** What the untrained last layer says is little. */
  private static final double LAST_GAIN = 0.1;

  public Branch {
    trunk = List.copyOf(trunk);
    vector = List.copyOf(vector);
  }

  /**
   * A branch with untrained layers on the moments.
   *
   * @param hidden values of the layers between the moments and what is said
   * @param said statistics
   */
  static Branch on(List<BranchLayer> trunk, List<Integer> hidden, int said, Random random) {
    int before = moments(trunk);
    List<BranchLayer> vector = new ArrayList<>();
    for (int width : hidden) {
      vector.add(BranchLayer.random(before, width, 1, random));
      before = width;
    }
    vector.add(BranchLayer.random(before, said, LAST_GAIN, random));
    return new Branch(trunk, vector);
  }

  /** Length of the vector of moments. */
  static int moments(List<BranchLayer> trunk) {
    return trunk.stream().mapToInt(layer -> 2 * layer.outputs()).sum();
  }

  /** All layers in order. */
  List<BranchLayer> layers() {
    List<BranchLayer> all = new ArrayList<>(trunk);
    all.addAll(vector);
    return all;
  }

  /**
   * The moments of frames: of every layer the factors of its channels, then their means times
   * these.
   *
   * @param frames batch x 3 x height x width, 0 to 1
   * @param parameters weight and bias of every layer
   * @return batch x moments x 1 x 1
   */
  NDArray moments(NDArray frames, List<NDArray> parameters) {
    Shape window = new Shape(SHRINK, SHRINK);
    NDArray map = Pool.avgPool2d(frames, window, window, new Shape(0, 0), false, true);
    NDList moments = new NDList();
    for (int i = 0; i < trunk.size(); i++) {
      NDArray made = convolve(i == 0 ? map : Activation.relu(map), trunk.get(i), parameters, i);
      NDArray mean = mean(made);
      NDArray factor = mean(made.square()).sub(mean.square()).maximum(0f).add(FLOOR).pow(-0.5f);
      moments.add(factor);
      moments.add(mean.mul(factor));
      map = made;
    }
    return NDArrays.concat(moments, 1);
  }

  private static NDArray mean(NDArray map) {
    return map.mean(new int[] {3}, true).mean(new int[] {2}, true);
  }

  /**
   * What the branch says of moments.
   *
   * @param moments as deviations from their usual values, batch x moments x 1 x 1
   * @return batch x statistics x 1 x 1
   */
  NDArray say(NDArray moments, List<NDArray> parameters) {
    NDArray value = moments;
    for (int i = 0; i < vector.size(); i++) {
      NDArray in = i == 0 ? value : Activation.relu(value);
      value = convolve(in, vector.get(i), parameters, trunk.size() + i);
    }
    return value;
  }

  private static NDArray convolve(
      NDArray map, BranchLayer layer, List<NDArray> parameters, int number) {
    Shape stride = new Shape(layer.stride(), layer.stride());
    int half = layer.kernel() / 2;
    NDArray weight = parameters.get(2 * number);
    NDArray bias = parameters.get(2 * number + 1);
    return Conv2d.conv2d(map, weight, bias, stride, new Shape(half, half), ONES, 1)
        .singletonOrThrow();
  }

  /** Multiplications for a frame of {@code width} x {@code height}, squares among them. */
  public long macs(int width, int height) {
    int columns = width / SHRINK;
    int rows = height / SHRINK;
    long macs = 0;
    for (BranchLayer layer : trunk) {
      columns = (columns - 1) / layer.stride() + 1;
      rows = (rows - 1) / layer.stride() + 1;
      macs += (long) columns * rows * (layer.weight().length + layer.outputs());
    }
    return macs + vector.stream().mapToLong(layer -> layer.weight().length).sum();
  }
}
