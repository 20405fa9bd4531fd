package dev.tessera.num;

/**
 * How the statistics of a frame become the table of a normalising requantiser. With {@code a = acc
 * >> preShift}, a channel's value before the normalisation is {@code x = step * a + base}; behind
 * it {@code y = gain * (x - mean) / sqrt(variance + epsilon) + bias}, in codes {@code y / outStep +
 * outZero}. Mean and variance (divided by the count) run over all positions, and over all channels
 * that lie {@code gain.length} apart: these are the phases of one channel.
 *
 * @param step value of one a, per channel
 * @param base value of a = 0, per channel
 * @param gain per normalised channel
 * @param bias per normalised channel
 * @param epsilon added to the variance
 * @param outStep value of one output code, per channel
 * @param outZero code of the value 0, per channel
 * @param shift s of the requantiser, at most {@link #MAX_SHIFT}
 * @param typical the table of the mean statistics of the calibration photos
 */
public record Normalization(
    double[] step,
    double[] base,
    double[] gain,
    double[] bias,
    double epsilon,
    double[] outStep,
    int[] outZero,
    int shift,
    NormTable typical) {
  /** Bits of an offset behind the binary point of an output code. */
  private static final int OFFSET_POINT = 16;

  /** Shift at which the largest offset still leaves a bit of the 48 for the product. */
  public static final int MAX_SHIFT = 30;

  /** How much the offsets of a table are shifted left in the requantiser. */
  public int offsetShift() {
    return Math.max(0, shift - OFFSET_POINT);
  }

  /** Number of channels of the map. */
  public int channels() {
    return step.length;
  }

  /** This rule with another shift, and the table that then follows from {@code moments}. */
  public Normalization with(int newShift, Moments moments) {
    Normalization rule =
        new Normalization(step, base, gain, bias, epsilon, outStep, outZero, newShift, null);
    return new Normalization(
        step, base, gain, bias, epsilon, outStep, outZero, newShift, rule.table(moments));
  }

  /** What {@code a} is multiplied by to become output codes, per channel. */
  public double[] factors(Moments moments) {
    double[] factor = new double[channels()];
    for (int c = 0; c < factor.length; c++) {
      int k = c % gain.length;
      factor[c] = gain[k] / deviation(moments, k) * step[c] / outStep[c];
    }
    return factor;
  }

  /**
   * The table of a frame with these statistics. Entries are rounded, ties up, and saturate.
   *
   * @param moments of a, at least one position
   */
  public NormTable table(Moments moments) {
    int[] multiplier = new int[channels()];
    int[] offset = new int[channels()];
    for (int c = 0; c < channels(); c++) {
      int k = c % gain.length;
      double factor = 1 / deviation(moments, k);
      Line line = line(c);
      double away = -mean(moments, k) * factor;
      multiplier[c] = saturate(line.multiplier * factor, Requant.MULTIPLIER_BITS);
      offset[c] =
          saturate(
              line.offsetPerFactor * factor + line.offsetPerShift * away + line.offset,
              NormTable.OFFSET_BITS);
    }
    return new NormTable(multiplier, offset);
  }

  /**
   * An entry of a table, before it is rounded, by the statistics of its channel: with the factor
   * {@code r = 1 / sqrt(variance + epsilon)} and the shift {@code t = -mean * r}, so that a value
   * normalised is {@code r * x + t}.
   *
   * @param multiplier of the entry, for a factor of 1
   * @param offsetPerFactor what a factor of 1 adds to the offset of the entry
   * @param offsetPerShift what a shift of 1 adds to it
   * @param offset the rest of it, half an output code for rounding included
   */
  public record Line(
      double multiplier, double offsetPerFactor, double offsetPerShift, double offset) {}

  /** The entry of channel {@code c}. */
  public Line line(int c) {
    int k = c % gain.length;
    double perCode = Math.scalb(gain[k] / outStep[c], shift - offsetShift());
    return new Line(
        Math.scalb(gain[k] * step[c] / outStep[c], shift),
        perCode * base[c],
        perCode,
        Math.scalb(bias[k] / outStep[c] + outZero[c] + 0.5, shift - offsetShift()));
  }

  private static int saturate(double value, int bits) {
    double most = Math.scalb(1.0, bits - 1) - 1;
    return (int) Math.floor(Math.max(-most, Math.min(most, value)) + 0.5);
  }

  private double mean(Moments moments, int k) {
    double sum = 0;
    for (int c = k; c < channels(); c += gain.length) {
      sum += step[c] * moments.sum()[c] / moments.count() + base[c];
    }
    return sum / phases();
  }

  private double deviation(Moments moments, int k) {
    double mean = mean(moments, k);
    double sum = 0;
    for (int c = k; c < channels(); c += gain.length) {
      double own = (double) moments.sum()[c] / moments.count();
      double spread = (double) moments.squares()[c] / moments.count() - own * own;
      double apart = step[c] * own + base[c] - mean;
      sum += step[c] * step[c] * Math.max(0, spread) + apart * apart;
    }
    return Math.sqrt(sum / phases() + epsilon);
  }

  private int phases() {
    return channels() / gain.length;
  }
}
