package dev.tessera.unit.conv;

/**
 * The inner loop of the golden model: one row of four output channels in exact 32-bit arithmetic. A
 * faster implementation may be offered as a service.
 */
public interface RowCorrelation {
  /** Output channels of a call. */
  int LANES = 4;

  /** Rows of accumulators and sources may be read and written up to a multiple of this. */
  int BLOCK = 16;

  /**
   * Computes {@code acc[j * pitch + x] = sum over t of weights[t * LANES + j] * source[base +
   * taps[t] + x]} for x from 0 to {@code width - 1}; entries up to {@code pitch} may be written.
   *
   * @param source padded input with {@link #BLOCK} spare values behind it
   * @param base index of the first tap's origin
   * @param taps offset of every tap
   * @param weights [tap][LANES]
   * @param width columns
   * @param pitch columns rounded up to a multiple of {@link #BLOCK}
   * @param acc [LANES][pitch], overwritten
   */
  void row(int[] source, int base, int[] taps, int[] weights, int width, int pitch, int[] acc);

  /** The plain implementation. */
  RowCorrelation PLAIN =
      (source, base, taps, weights, width, pitch, acc) -> {
        java.util.Arrays.fill(acc, 0);
        for (int t = 0; t < taps.length; t++) {
          int from = base + taps[t];
          for (int j = 0; j < LANES; j++) {
            int w = weights[t * LANES + j];
            int to = j * pitch;
            for (int x = 0; x < width; x++) {
              acc[to + x] += w * source[from + x];
            }
          }
        }
      };
}
