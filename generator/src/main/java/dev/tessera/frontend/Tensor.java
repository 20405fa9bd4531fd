package dev.tessera.frontend;

import java.util.Arrays;

/**
 * A constant of the model.
 *
 * @param dims shape, empty for a scalar
 * @param type ONNX element type
 * @param data elements, row major, widened to double (exact for every supported type but 64-bit
 *     integers beyond 2^53, which saturate where they are used as bounds)
 * @param codes the integers behind the elements of a dequantised constant, or null
 */
record Tensor(long[] dims, int type, double[] data, Codes codes) {
  /**
   * Integers behind a constant: element = scale[i] * code, zero point already subtracted.
   *
   * @param lo smallest code
   * @param hi largest code
   * @param scale length 1, or one per index of {@code axis}
   * @param axis dimension the scales run along
   */
  record Codes(long lo, long hi, double[] scale, int axis) {}

  static Tensor scalar(double value, int type) {
    return new Tensor(new long[0], type, new double[] {value}, null);
  }

  int rank() {
    return dims.length;
  }

  boolean isScalar() {
    return data.length == 1;
  }

  float[] floats() {
    float[] floats = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      floats[i] = (float) data[i];
    }
    return floats;
  }

  long[] longs() {
    return Arrays.stream(data).mapToLong(d -> (long) d).toArray();
  }

  /** This tensor aligned to {@code rank} dimensions by leading ones, as broadcasting does. */
  long[] alignedDims(int rank) {
    long[] aligned = new long[rank];
    Arrays.fill(aligned, 1);
    System.arraycopy(dims, 0, aligned, rank - dims.length, dims.length);
    return aligned;
  }

  String shape() {
    return Arrays.toString(dims);
  }
}
