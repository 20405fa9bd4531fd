package dev.tessera.unit.scale;

import dev.tessera.base.Bits;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.List;

/**
 * Pointwise requantisation per channel; the code is the accumulator.
 *
 * @param name instance name
 * @param input stream read
 * @param output stream made, of the same channels, lanes and frame
 * @param requant one border class, one entry per channel
 */
public record ScaleSpec(String name, StreamType input, StreamType output, Requant requant)
    implements UnitSpec {
  public ScaleSpec {
    boolean shape =
        input.channels() == output.channels()
            && input.lanes() == output.lanes()
            && input.width() == output.width()
            && input.height() == output.height()
            && input.positions() == 1
            && output.positions() == 1;
    if (!shape || requant.channels() != input.channels() || requant.borderClasses() != 1) {
      throw new IllegalArgumentException(name + ": shapes or tables do not match");
    }
    if (!output.type().holds(requant.lo()) || !output.type().holds(requant.hi())) {
      throw new IllegalArgumentException(
          name + ": " + requant.lo() + ".." + requant.hi() + " in " + output.type());
    }
    int operand = input.type().range().shiftRight(requant.preShift()).signedWidth();
    if (operand > Requant.OPERAND_BITS) {
      throw new IllegalArgumentException(name + ": operand of " + operand + " bits");
    }
    int sum = sums(input, requant).signedWidth();
    int multiplier = multiplierBits(requant);
    if (sum > Requant.OFFSET_BITS || multiplier > Requant.MULTIPLIER_BITS) {
      throw new IllegalArgumentException(
          name + ": multipliers of " + multiplier + " bits, sums of " + sum);
    }
  }

  /** A unit that keeps the lanes and makes codes of {@code type}. */
  public static ScaleSpec of(String name, StreamType input, FixedType type, Requant requant) {
    return new ScaleSpec(name, input, input.withType(type), requant);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** Signed bits of the code after the pre-shift. */
  public int operandBits() {
    return input.type().range().shiftRight(requant.preShift()).signedWidth();
  }

  /** Signed bits of the widest multiplier. */
  public int multiplierBits() {
    return multiplierBits(requant);
  }

  private static int multiplierBits(Requant requant) {
    int bits = 1;
    for (int c = 0; c < requant.channels(); c++) {
      bits = Math.max(bits, Bits.signedWidth(requant.multiplier()[c], requant.multiplier()[c]));
      if (requant.twoSided()) {
        int m = requant.negMultiplier()[c];
        bits = Math.max(bits, Bits.signedWidth(m, m));
      }
    }
    return bits;
  }

  /** Signed bits of the widest offset. */
  public int offsetBits() {
    int bits = 1;
    for (int c = 0; c < requant.channels(); c++) {
      bits = Math.max(bits, Bits.signedWidth(requant.offset()[0][c], requant.offset()[0][c]));
      if (requant.twoSided()) {
        long b = requant.negOffset()[0][c];
        bits = Math.max(bits, Bits.signedWidth(b, b));
      }
    }
    return bits;
  }

  /** Signed bits that hold every sum of product and offset. */
  public int sumBits() {
    return sums(input, requant).signedWidth();
  }

  private static Range sums(StreamType input, Requant q) {
    Range operand = input.type().range().shiftRight(q.preShift());
    Range all = new Range(0, 0);
    for (int c = 0; c < q.channels(); c++) {
      all = all.union(sum(operand, q.multiplier()[c], q.offset()[0][c]));
      if (q.twoSided()) {
        all = all.union(sum(operand, q.negMultiplier()[c], q.negOffset()[0][c]));
      }
    }
    return all;
  }

  private static Range sum(Range operand, int multiplier, long offset) {
    return operand.times(multiplier).plus(new Range(offset, offset));
  }

  /** The threshold of channel c, clipped to one beyond the operands (which decides the same). */
  public long threshold(int c) {
    Range operand = input.type().range().shiftRight(requant.preShift());
    return Math.max(operand.lo(), Math.min(operand.hi() + 1, requant.threshold()[c]));
  }
}
