package dev.tessera.num;

/**
 * Sums over all positions of a map of {@code a = acc >> preShift}, exact.
 *
 * @param count positions
 * @param sum of a, per channel
 * @param squares sum of a squared, per channel
 */
public record Moments(long count, long[] sum, long[] squares) {
  /** Nothing yet of {@code channels} channels. */
  public static Moments none(int channels) {
    return new Moments(0, new long[channels], new long[channels]);
  }

  /**
   * These and those of another part of the frame, or of another frame.
   *
   * @throws ArithmeticException if a sum exceeds 63 bits
   */
  public Moments plus(Moments other) {
    long[] sums = new long[sum.length];
    long[] both = new long[sum.length];
    for (int c = 0; c < sums.length; c++) {
      sums[c] = Math.addExact(sum[c], other.sum[c]);
      both[c] = Math.addExact(squares[c], other.squares[c]);
    }
    return new Moments(Math.addExact(count, other.count), sums, both);
  }
}
