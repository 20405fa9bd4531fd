package dev.tessera.trainer.gain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.tessera.ir.Node;
import java.util.Collections;

/** Normalises by statistics that are given, as {@link TrueStatistics#all} orders them. */
final class GivenStatistics implements TensorNetwork.Normalizer {
  private final NDArray given;
  private long at;

  GivenStatistics(NDArray given) {
    this.given = given;
  }

  @Override
  public NDArray normalized(NDArray map, int layer, Node.Normalize norm) {
    NDArray factor = next(norm);
    NDArray shift = next(norm);
    return map.mul(factor).add(shift);
  }

  private NDArray next(Node.Normalize norm) {
    long end = at + norm.scale().length;
    NDArray own = given.get(":," + at + ":" + end);
    at = end;
    NDList phases = new NDList(Collections.nCopies(norm.phases(), own));
    return norm.phases() == 1 ? own : NDArrays.concat(phases, 1);
  }
}
