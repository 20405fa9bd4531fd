package dev.tessera.unit.conv;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Ram;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.List;

/**
 * Cost of a convolution. Cycles, multipliers and MACs are exact; look-up tables, registers and
 * memories are an estimate for devices with 6-input tables and 36 Kbit block RAMs.
 */
final class ConvCost {
  private static final int CONTROL_LUT = 250;
  private static final int CONTROL_FF = 300;

  private final ConvSpec spec;
  private final ConvGeometry g;
  private final int act;
  private final int acc;
  private long lut = CONTROL_LUT;
  private long ff = CONTROL_FF;
  private long halfBlocks;
  private final List<Ram> rams = new ArrayList<>();

  private ConvCost(ConvSpec spec) {
    this.spec = spec;
    this.g = spec.geometry();
    this.act = spec.in().type().bits();
    this.acc = spec.accumulator().signedWidth();
  }

  static Cost of(ConvSpec spec) {
    return new ConvCost(spec).cost();
  }

  private Cost cost() {
    input();
    array();
    output();
    boolean wide = spec.requant().multiplierBits() > Requant.MULTIPLIER_BITS;
    int dsp = spec.blocks() + (wide ? 2 : 1) * g.outLanes();
    return new Cost(
        g.cyclesPerFrame(),
        spec.multipliers(),
        spec.macsPerFrame(),
        dsp,
        Math.toIntExact(lut),
        Math.toIntExact(ff),
        halfBlocks / 2.0,
        rams);
  }

  /** Line buffer, column registers, staging and window. */
  private void input() {
    int beat = g.inLanes() * act;
    long column = (long) g.kernelHeight() * beat;
    memory(g.rowBanks(), beat, g.width() * g.inBeats(), true);
    ff += 2L * beat + 3 * column;
    lut += column * mux(g.kernelHeight());
    long pixel = (long) g.kernelHeight() * g.channels() * act;
    ff += pixel * (g.fold().positions() + g.windowColumns());
  }

  /**
   * Tap selection, weights, products, adder tree and accumulators. The operands' last registers,
   * the products and the first level of the tree lie inside the DSPs.
   */
  private void array() {
    ConvFold f = g.fold();
    long operands = (long) f.positions() * f.groupsParallel() * f.simd();
    ff += operands * act;
    lut += operands * act * (mux(g.allTapSteps()) + (spec.pads().isNone() ? 0 : 1));
    long sums = (long) f.positions() * f.groupsParallel() * f.pe();
    int width = spec.operandBits() + spec.kernel().bits() + 1;
    if (spec.kernel().moves()) {
      lut += sums * f.simd() * width;
      ff += sums * f.simd() * width;
    }
    // A sum of the upper of two lanes carries in a bit, and keeps the one of its other term.
    long carrying = spec.paired() ? (long) f.positions() * f.groupsParallel() * (f.pe() / 2) : 0;
    for (int terms = Bits.ceilDiv(f.simd(), 2); terms > 1; ) {
      terms = Bits.ceilDiv(terms, 2);
      width = Math.min(width + 1, acc);
      lut += (sums * width + carrying) * terms;
      ff += (sums * width + carrying) * terms;
    }
    lut += sums * acc + carrying;
    ff += 2 * sums * acc;
    memory(f.groupsParallel() * f.pe() * f.simd() * spec.kernel().bits(), g.cyclesPerStep());
  }

  /** Selection of sums, requantisers and the output buffer. */
  private void output() {
    int lanes = g.outLanes();
    lut += (long) lanes * acc * mux(g.beatsPerPass());
    ff += (long) lanes * (acc + 2 * Requant.OPERAND_BITS + 2 * Requant.OFFSET_BITS);
    int sides = spec.requant().twoSided() ? 2 : 1;
    lut += (long) lanes * (2 * spec.type().bits() + (sides - 1) * (Requant.OFFSET_BITS + 45));
    memory(lanes * sides * spec.requant().multiplierBits(), g.outBeats());
    memory(lanes * sides * Requant.OFFSET_BITS, g.outBeats() * spec.requant().borderClasses());
    int word = lanes * spec.type().bits();
    if (g.reorders()) {
      memory(word, ConvTiming.reorderGroups(g) * g.fold().positions() * g.walkBeats());
    } else {
      memory(word, ConvTiming.fifoDepth(g));
    }
  }

  /** Tables of a selection of one bit among {@code inputs}. */
  private static int mux(int inputs) {
    return inputs <= 1 ? 0 : Bits.ceilDiv(inputs - 1, 3);
  }

  private void memory(int width, int depth) {
    memory(1, width, depth, false);
  }

  private void memory(int banks, int width, int depth, boolean movable) {
    ff += (long) banks * width;
    if (depth <= ConvTiming.SMALL) {
      lut += (long) banks * Bits.ceilDiv((long) width * Bits.ceilDiv(depth, 32), 2);
    } else if (banks > 0) {
      halfBlocks += banks * halfBlocks(width, depth);
      rams.add(Ram.of(banks, depth, width, movable));
    }
  }

  /** Block RAMs of 18 Kbit in their cheapest shape. */
  private static long halfBlocks(int width, int depth) {
    long best = Long.MAX_VALUE;
    for (int words = 512, bits = 36; bits >= 1; words *= 2, bits /= 2) {
      best = Math.min(best, (long) Bits.ceilDiv(width, bits) * Bits.ceilDiv(depth, words));
    }
    return best;
  }
}
