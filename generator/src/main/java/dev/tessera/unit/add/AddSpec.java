package dev.tessera.unit.add;

import dev.tessera.base.Bits;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.ir.Node;
import dev.tessera.num.Range;
import java.util.List;

/**
 * Integer addition of two maps, {@code clamp((left * leftMultiplier[c] + right * rightMultiplier[c]
 * + offset[c]) >> shift, lo, hi)}.
 *
 * @param name instance name
 * @param left first stream
 * @param right second stream, with the channels, lanes and frame of the first
 * @param output stream made, of the same shape
 * @param leftMultiplier per channel, at most 18 signed bits
 * @param rightMultiplier per channel, at most 18 signed bits
 * @param offset per channel; holds zero points and the rounding half
 * @param shift arithmetic shift right of the sum, 0 to 47
 * @param lo lower clip bound
 * @param hi upper clip bound
 */
public record AddSpec(
    String name,
    StreamType left,
    StreamType right,
    StreamType output,
    int[] leftMultiplier,
    int[] rightMultiplier,
    long[] offset,
    int shift,
    int lo,
    int hi)
    implements UnitSpec {
  private static final int MULTIPLIER_BITS = 18;
  private static final int SUM_BITS = 48;

  public AddSpec {
    int channels = output.channels();
    boolean shape = sameShape(left, output) && sameShape(right, output);
    boolean tables =
        leftMultiplier.length == channels
            && rightMultiplier.length == channels
            && offset.length == channels;
    if (!shape || !tables || shift < 0 || shift >= SUM_BITS || lo > hi) {
      throw new IllegalArgumentException(name + ": shapes or tables do not match");
    }
    if (!output.type().holds(lo) || !output.type().holds(hi)) {
      throw new IllegalArgumentException(name + ": " + lo + ".." + hi + " in " + output.type());
    }
    int multiplier = Math.max(width(leftMultiplier), width(rightMultiplier));
    int sum = sums(left, right, leftMultiplier, rightMultiplier, offset).signedWidth();
    if (multiplier > MULTIPLIER_BITS || sum > SUM_BITS) {
      throw new IllegalArgumentException(
          name + ": multipliers of " + multiplier + " bits, sums of " + sum);
    }
  }

  /** The unit of {@code node} on these streams. */
  public static AddSpec of(String name, Node.QAdd node, StreamType left, StreamType right) {
    StreamType output =
        new StreamType(left.channels(), left.lanes(), node.type(), left.width(), left.height());
    return new AddSpec(
        name,
        left,
        right,
        output,
        node.leftMultiplier(),
        node.rightMultiplier(),
        node.offset(),
        node.shift(),
        node.lo(),
        node.hi());
  }

  /** This unit on streams of frames of another size. */
  AddSpec resized(StreamType newLeft, StreamType newRight) {
    return new AddSpec(
        name,
        newLeft,
        newRight,
        output.withSize(Size.of(newLeft)),
        leftMultiplier,
        rightMultiplier,
        offset,
        shift,
        lo,
        hi);
  }

  private static boolean sameShape(StreamType a, StreamType b) {
    return a.channels() == b.channels()
        && a.lanes() == b.lanes()
        && a.width() == b.width()
        && a.height() == b.height()
        && a.positions() == 1
        && b.positions() == 1;
  }

  private static Range sums(
      StreamType left, StreamType right, int[] leftBy, int[] rightBy, long[] offset) {
    Range all = new Range(0, 0);
    for (int c = 0; c < offset.length; c++) {
      Range products =
          left.type().range().times(leftBy[c]).plus(right.type().range().times(rightBy[c]));
      all = all.union(products.plus(new Range(offset[c], offset[c])));
    }
    return all;
  }

  private static int width(int[] values) {
    int bits = 1;
    for (int v : values) {
      bits = Math.max(bits, Bits.signedWidth(v, v));
    }
    return bits;
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(left, right);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** Signed bits of the left multipliers. */
  public int leftMultiplierBits() {
    return width(leftMultiplier);
  }

  /** Signed bits of the right multipliers. */
  public int rightMultiplierBits() {
    return width(rightMultiplier);
  }

  /** Signed bits of the offsets. */
  public int offsetBits() {
    int bits = 1;
    for (long v : offset) {
      bits = Math.max(bits, Bits.signedWidth(v, v));
    }
    return bits;
  }

  /** Signed bits that hold every sum. */
  public int sumBits() {
    return sums(left, right, leftMultiplier, rightMultiplier, offset).signedWidth();
  }
}
