package dev.tessera.trainer.gain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.tessera.ir.Node;

/** Normalises by what it measures, and keeps it. */
final class TrueStatistics implements TensorNetwork.Normalizer {
  private final NDList measured = new NDList();

  @Override
  public NDArray normalized(NDArray map, int layer, Node.Normalize norm) {
    Shape shape = map.getShape();
    long batch = shape.get(0);
    long channels = norm.scale().length;
    NDArray apart = map.reshape(batch, norm.phases(), channels, shape.get(2) * shape.get(3));
    NDArray mean = mean(apart);
    NDArray away = apart.sub(mean);
    NDArray factor = mean(away.square()).add(norm.epsilon()).pow(-0.5f);
    measured.add(factor.reshape(batch, channels, 1, 1));
    measured.add(mean.mul(factor).neg().reshape(batch, channels, 1, 1));
    return away.mul(factor).reshape(shape);
  }

  /** Over phases and positions. */
  private static NDArray mean(NDArray apart) {
    return apart.mean(new int[] {3}, true).mean(new int[] {1}, true);
  }

  /** Of every layer the factors of all channels, then their shifts: batch x all x 1 x 1. */
  NDArray all() {
    return NDArrays.concat(measured, 1);
  }
}
