package dev.tessera.num;

import dev.tessera.base.Bits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * {@link Normalization} in integers, as hardware does it: a table from sums over a frame.
 *
 * <p>What is summed is {@code v = (acc + align[c] + half) >> tapShift}, which fits {@link
 * #TAP_BITS} bits whatever the frame, the same unit for all phases of a channel. With S and Q the
 * sums of v and of its squares over all n positions of a channel's phases,
 *
 * <pre>
 * D = n * Q - S * S + ridge[k]
 * s = floor(sqrt(the first 40 bits of D, an even number of zeros stripped))
 * |m| = mantissa[c] * 2^20 / s, shifted and rounded to 18 bits
 * b = level[c] - m * ((S &lt;&lt; tapShift) - centre[c]) / (n &lt;&lt; divisorShift)
 * </pre>
 *
 * <p>{@code ridge} is epsilon in units of D. The offset follows from the rounded multiplier, so
 * that the mean becomes the bias exactly.
 *
 * @param count n, positions of all phases of a channel
 * @param tapShift places that the accumulators lose before they are summed
 * @param align per channel, what makes accumulators of phases comparable
 * @param ridge per normalised channel, at least 1
 * @param rootBits bits of D, even
 * @param mantissa per channel, {@link #MANTISSA_BITS} bits, or 0
 * @param negative per channel, whether the gain is
 * @param exponent per channel, places that the quotient is shifted right where D has no zeros
 * @param centre per channel, n times what lies between an accumulator and v
 * @param level per channel, the offset of a map whose mean is 0
 * @param divisorShift places of the divisor of the offset
 */
public record TableEngine(
    long count,
    int tapShift,
    long[] align,
    BigInteger[] ridge,
    int rootBits,
    int[] mantissa,
    boolean[] negative,
    int[] exponent,
    long[] centre,
    long[] level,
    int divisorShift) {
  /** Signed bits of the values that are summed: both ports of a DSP take them. */
  public static final int TAP_BITS = 18;

  /** Bits of a mantissa and of a root. */
  public static final int MANTISSA_BITS = 20;

  /** Bits of D that its root is taken of. */
  public static final int RADICAND_BITS = 2 * MANTISSA_BITS;

  /** Signed bits of an exponent. */
  public static final int EXPONENT_BITS = 10;

  /** Signed bits of a level. */
  public static final int LEVEL_BITS = 40;

  /** Relative difference of equal units. */
  private static final double SAME = 1e-9;

  /**
   * The engine of one layer.
   *
   * @param sums range of the layer's accumulators
   * @param preShift places that the requantiser shifts them
   * @param positions of the frame's map, in which each phase of a channel has a value
   * @throws IllegalArgumentException if phases of a channel accumulate in different units
   */
  public static TableEngine of(Normalization norm, Range sums, int preShift, long positions) {
    if (!fits(norm)) {
      throw new IllegalArgumentException("phases of a channel differ in unit");
    }
    int channels = norm.channels();
    int distinct = norm.gain().length;
    long count = Math.multiplyExact(positions, channels / distinct);
    long[] align = new long[channels];
    Range aligned = sums;
    for (int c = 0; c < channels; c++) {
      double unit = norm.step()[c % distinct];
      double apart = (norm.base()[c] - norm.base()[c % distinct]) / unit;
      align[c] = Math.round(Math.scalb(apart, preShift));
      aligned = aligned.union(sums.plus(new Range(align[c], align[c])));
    }
    int tapShift = tapShift(aligned);
    BigInteger[] ridge = new BigInteger[distinct];
    for (int k = 0; k < distinct; k++) {
      double unit = Math.scalb(norm.step()[k], tapShift - preShift);
      BigDecimal epsilon = BigDecimal.valueOf(norm.epsilon() / (unit * unit));
      BigDecimal whole = epsilon.multiply(BigDecimal.valueOf(count).pow(2));
      ridge[k] = whole.setScale(0, RoundingMode.HALF_UP).toBigInteger().max(BigInteger.ONE);
    }
    int rootBits = rootBits(count, ridge);
    int divisorShift = norm.offsetShift() + preShift;
    return new TableEngine(
            count,
            tapShift,
            align,
            ridge,
            rootBits,
            new int[channels],
            new boolean[channels],
            new int[channels],
            new long[channels],
            new long[channels],
            divisorShift)
        .filled(norm, preShift);
  }

  /** Whether the phases of every channel accumulate in one unit, so that sums can be shared. */
  public static boolean fits(Normalization norm) {
    int distinct = norm.gain().length;
    return IntStream.range(0, norm.channels())
        .allMatch(c -> Math.abs(norm.step()[c] / norm.step()[c % distinct] - 1) < SAME);
  }

  private TableEngine filled(Normalization norm, int preShift) {
    long half = count * ((1L << preShift) - 1) / 2;
    double most = Math.scalb(1.0, LEVEL_BITS - 1) - 1;
    for (int c = 0; c < channels(); c++) {
      int k = c % distinct();
      double gain = norm.gain()[k] * count / norm.outStep()[c];
      double scale = Math.scalb(Math.abs(gain), preShift - tapShift + norm.shift());
      int places = Math.getExponent(scale) - (MANTISSA_BITS - 1);
      long rounded = scale == 0 ? 0 : Math.round(Math.scalb(scale, -places));
      if (rounded >> MANTISSA_BITS != 0) {
        rounded >>= 1;
        places++;
      }
      negative[c] = gain < 0;
      mantissa[c] = (int) rounded;
      exponent[c] = MANTISSA_BITS - places + (rootBits - RADICAND_BITS) / 2;
      centre[c] = count * align[c] + half;
      double code = norm.bias()[k] / norm.outStep()[c] + norm.outZero()[c] + 0.5;
      double wanted = Math.scalb(code, norm.shift() - norm.offsetShift());
      level[c] = Math.round(Math.max(-most, Math.min(most, wanted)));
    }
    return this;
  }

  /** The fewest places that make every aligned accumulator fit. */
  private static int tapShift(Range aligned) {
    int shift = 0;
    while (Bits.signedWidth(shifted(aligned.lo(), shift), shifted(aligned.hi(), shift))
        > TAP_BITS) {
      shift++;
    }
    return shift;
  }

  private static long shifted(long aligned, int shift) {
    return aligned + (shift == 0 ? 0 : 1L << (shift - 1)) >> shift;
  }

  private static int rootBits(long count, BigInteger[] ridge) {
    BigInteger largest = BigInteger.ONE;
    for (BigInteger r : ridge) {
      largest = largest.max(r);
    }
    BigInteger most = BigInteger.valueOf(count).pow(2).shiftLeft(2 * TAP_BITS - 2).add(largest);
    int bits = Math.max(RADICAND_BITS, most.bitLength());
    return bits + bits % 2;
  }

  /** Number of channels of the map. */
  public int channels() {
    return align.length;
  }

  /** Number of channels that have statistics of their own. */
  public int distinct() {
    return ridge.length;
  }

  /** Whether accumulators are added to before they are summed. */
  public boolean aligns() {
    return LongStream.of(align).anyMatch(a -> a != 0);
  }

  /** Signed bits of what is added to an accumulator. */
  public int alignBits() {
    return Bits.signedWidth(
        LongStream.of(align).min().orElseThrow(), LongStream.of(align).max().orElseThrow());
  }

  /** Signed bits of S. */
  public int sumBits() {
    return Bits.signedWidth(-(count << (TAP_BITS - 1)), 0);
  }

  /** Bits of Q. */
  public int squareBits() {
    return BigInteger.valueOf(count).shiftLeft(2 * TAP_BITS - 2).bitLength();
  }

  /** Signed bits of {@code (S << tapShift) - centre}. */
  public int apartBits() {
    int centreBits =
        Bits.signedWidth(
            LongStream.of(centre).min().orElseThrow(), LongStream.of(centre).max().orElseThrow());
    return Math.max(sumBits() + tapShift, centreBits) + 1;
  }

  /** Bits of a channel's constants: sign, exponent, mantissa, centre and level. */
  public int ruleBits() {
    return 1 + EXPONENT_BITS + MANTISSA_BITS + apartBits() + LEVEL_BITS;
  }

  /** What is summed of accumulator {@code acc} of channel {@code c}. */
  public long tap(long acc, int c) {
    return shifted(acc + align[c], tapShift);
  }

  /**
   * The table that follows from a frame.
   *
   * @param moments of {@link #tap}, per channel
   */
  public NormTable table(Moments moments) {
    NormTable table = new NormTable(new int[channels()], new int[channels()]);
    for (int c = 0; c < channels(); c++) {
      BigInteger sum = BigInteger.ZERO;
      BigInteger squares = BigInteger.ZERO;
      for (int phase = c % distinct(); phase < channels(); phase += distinct()) {
        sum = sum.add(BigInteger.valueOf(moments.sum()[phase]));
        squares = squares.add(BigInteger.valueOf(moments.squares()[phase]));
      }
      BigInteger spread = squares.multiply(BigInteger.valueOf(count)).subtract(sum.multiply(sum));
      int m = multiplier(spread.add(ridge[c % distinct()]), c);
      table.multiplier()[c] = m;
      table.offset()[c] = offset(m, sum, c);
    }
    return table;
  }

  private int multiplier(BigInteger d, int c) {
    int zeros = (rootBits - d.bitLength()) / 2;
    long radicand = d.shiftLeft(2 * zeros).shiftRight(rootBits - RADICAND_BITS).longValueExact();
    long root = BigInteger.valueOf(radicand).sqrt().longValueExact();
    long quotient = ((long) mantissa[c] << MANTISSA_BITS) / root;
    int places = exponent[c] - zeros;
    long most = (1L << (Requant.MULTIPLIER_BITS - 1)) - 1;
    long rounded = 0;
    if (places <= 0) {
      rounded = quotient == 0 ? 0 : most;
    } else if (places <= MANTISSA_BITS + 2) {
      rounded = Math.min(most, ((quotient >> (places - 1)) + 1) >> 1);
    }
    return (int) (negative[c] ? -rounded : rounded);
  }

  private int offset(int m, BigInteger sum, int c) {
    BigInteger apart = sum.shiftLeft(tapShift).subtract(BigInteger.valueOf(centre[c]));
    BigInteger product = apart.abs().multiply(BigInteger.valueOf(Math.abs(m)));
    BigInteger divisor = BigInteger.valueOf(count).shiftLeft(divisorShift);
    BigInteger part = product.add(divisor.shiftRight(1)).divide(divisor);
    boolean falls = apart.signum() < 0 == m < 0;
    BigInteger wanted = BigInteger.valueOf(level[c]).add(falls ? part.negate() : part);
    BigInteger most = BigInteger.valueOf(Integer.MAX_VALUE);
    return wanted.min(most).max(most.negate()).intValueExact();
  }
}
