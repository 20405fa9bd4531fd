package dev.tessera.trainer.gain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Usual values: medians, and half the span of the middle two thirds, because flat frames lie far
 * out.
 *
 * @param centre of every value
 * @param spread of every value, greater than 0
 */
public record Scale(float[] centre, float[] spread) {
  /** Of values that hardly change, in parts of their centre. */
  private static final double LEAST = 1e-4;

  /** The scale of vectors of one length. */
  static Scale of(List<float[]> vectors) {
    int length = vectors.get(0).length;
    float[] centre = new float[length];
    float[] spread = new float[length];
    for (int i = 0; i < length; i++) {
      int at = i;
      double[] sorted = vectors.stream().mapToDouble(v -> v[at]).sorted().toArray();
      centre[i] = (float) sorted[sorted.length / 2];
      double span = sorted[sorted.length * 5 / 6] - sorted[sorted.length / 6];
      spread[i] = (float) Math.max(span / 2, LEAST * Math.max(0.01, Math.abs(centre[i])));
    }
    return new Scale(centre, spread);
  }

  /** {@code values}, batch x all x 1 x 1, as deviations. */
  NDArray deviations(NDArray values, NDManager into) {
    return values.sub(array(into, centre)).div(array(into, spread));
  }

  /** What {@code deviations} are deviations of. */
  NDArray values(NDArray deviations, NDManager into) {
    return deviations.mul(array(into, spread)).add(array(into, centre));
  }

  private static NDArray array(NDManager into, float[] values) {
    return into.create(values, new Shape(1, values.length, 1, 1));
  }
}
