package dev.tessera.hw;

import dev.tessera.base.Bits;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requantisers of the lanes of a stream, cells {@code ts_scale_lane}: widths, parameters and
 * coefficients.
 *
 * @param accumulator all values that reach them
 * @param requant one entry per channel
 * @param lanes requantisers
 */
public record RequantLanes(Range accumulator, Requant requant, int lanes) {
  /** Cycles from an accumulator to its code. */
  public static final int LATENCY = 5;

  /** The library files of the cell. */
  public static final List<String> SOURCES = List.of("lib/ts_clamp.sv", "lib/ts_scale_lane.sv");

  private static final long MOST_TRIED = 1 << 18;

  /** The first width that the cell does not have, or empty. */
  public Optional<String> whyUnfit() {
    if (operand().signedWidth() > Requant.OPERAND_BITS) {
      return Optional.of("operands of " + operand().signedWidth() + " bits");
    }
    if (multiplierBits() > Requant.WIDE_MULTIPLIER_BITS || sumBits() > Requant.OFFSET_BITS) {
      return Optional.of("multipliers of " + multiplierBits() + " bits, sums of " + sumBits());
    }
    return Optional.empty();
  }

  /** The codes of a frame of accumulators, which know one border class. */
  public Frame applied(Frame in) {
    Frame out = new Frame(in.channels(), in.height(), in.width());
    int plane = in.height() * in.width();
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = requant.apply(in.data()[i], i / plane, 0);
    }
    return out;
  }

  /** Whether every accumulator is its own code in {@code type}. */
  public boolean isIdentity(FixedType type) {
    if (requant.borderClasses() > 1 || accumulator.hi() - accumulator.lo() > MOST_TRIED) {
      return false;
    }
    for (long acc = accumulator.lo(); acc <= accumulator.hi(); acc++) {
      for (int c = 0; c < requant.channels(); c++) {
        if (!type.holds(acc) || requant.apply(acc, c, 0) != acc) {
          return false;
        }
      }
    }
    return true;
  }

  private Range operand() {
    return accumulator.shiftRight(requant.preShift());
  }

  /** Signed bits of the widest multiplier. */
  public int multiplierBits() {
    int bits = 1;
    for (int c = 0; c < requant.channels(); c++) {
      bits = Math.max(bits, width(requant.multiplier()[c]));
      if (requant.twoSided()) {
        bits = Math.max(bits, width(requant.negMultiplier()[c]));
      }
    }
    return bits;
  }

  /** Signed bits of the widest offset. */
  public int offsetBits() {
    int bits = 1;
    for (int k = 0; k < requant.borderClasses(); k++) {
      for (int c = 0; c < requant.channels(); c++) {
        bits = Math.max(bits, width(requant.offset()[k][c]));
        if (requant.twoSided()) {
          bits = Math.max(bits, width(requant.negOffset()[k][c]));
        }
      }
    }
    return bits;
  }

  private static int width(long value) {
    return Bits.signedWidth(value, value);
  }

  /** Signed bits that hold every sum of product and offset. */
  public int sumBits() {
    Range all = new Range(0, 0);
    for (int k = 0; k < requant.borderClasses(); k++) {
      for (int c = 0; c < requant.channels(); c++) {
        all = all.union(sum(requant.multiplier()[c], requant.offset()[k][c]));
        if (requant.twoSided()) {
          all = all.union(sum(requant.negMultiplier()[c], requant.negOffset()[k][c]));
        }
      }
    }
    return all.signedWidth();
  }

  private Range sum(int multiplier, long offset) {
    return operand().times(multiplier).plus(new Range(offset, offset));
  }

  /** DSP blocks of all lanes. */
  public int dsp() {
    return lanes * (multiplierBits() > Requant.MULTIPLIER_BITS ? 2 : 1);
  }

  /** Look-up tables, estimated, of all lanes and their memory. */
  public int lut(FixedType type) {
    return lanes * 3 * type.bits() + coefficients();
  }

  /** Flip-flops, estimated, of all lanes and their memory. */
  public int ff() {
    return lanes * offsetBits() + 4 * coefficients();
  }

  private int coefficients() {
    MemoryImage image = memory("");
    int words = image.words().size();
    return words > 1 ? image.width() * Bits.ceilDiv(words, 32) / 4 : 0;
  }

  /** Appends the parameters that all units with such lanes share. */
  public void parameters(Map<String, String> p) {
    p.put("PRE", Integer.toString(requant.preShift()));
    p.put("A_W", Integer.toString(operand().signedWidth()));
    p.put("M_W", Integer.toString(multiplierBits()));
    p.put("OFF_W", Integer.toString(offsetBits()));
    p.put("SUM_W", Integer.toString(sumBits()));
    p.put("TWO_SIDED", requant.twoSided() ? "1" : "0");
    p.put("SHIFT", Integer.toString(requant.shift()));
    p.put("LO", Integer.toString(requant.lo()));
    p.put("HI", Integer.toString(requant.hi()));
  }

  /**
   * One word per beat of a position, for one border class after the other; per lane multiplier,
   * offset and, if two-sided, multiplier and offset below the threshold and the threshold.
   */
  public MemoryImage memory(String file) {
    List<BigInteger> words = new ArrayList<>();
    int width = 0;
    for (int k = 0; k < requant.borderClasses(); k++) {
      for (int first = 0; first < requant.channels(); first += lanes) {
        Word word = new Word();
        for (int c = first; c < first + lanes; c++) {
          lane(k, Math.min(c, requant.channels() - 1), word);
        }
        words.add(word.value());
        width = word.width();
      }
    }
    return new MemoryImage(file, width, words);
  }

  private void lane(int k, int c, Word word) {
    word.add(requant.multiplier()[c], multiplierBits());
    word.add(requant.offset()[k][c], offsetBits());
    if (requant.twoSided()) {
      word.add(requant.negMultiplier()[c], multiplierBits());
      word.add(requant.negOffset()[k][c], offsetBits());
      word.add(threshold(c), operand().signedWidth() + 1);
    }
  }

  /** The threshold of channel c, clipped to one beyond the operands (which decides the same). */
  private long threshold(int c) {
    return Math.max(operand().lo(), Math.min(operand().hi() + 1, requant.threshold()[c]));
  }
}
