package dev.tessera.unit.conv;

import dev.tessera.base.Bits;

/**
 * Pipeline lengths of the RTL and the buffer sizes that follow from them. A pass that begins in
 * cycle t reads its last taps in cycle t + kf - 1; everything behind is a fixed delay.
 */
final class ConvTiming {
  /** Registers between the input port and the line buffer. */
  static final int INPUT = 1;

  /** Registers between the line buffer's address and the staging registers. */
  static final int COLUMN = 3;

  /** From reading the last taps of a pass to its sum in the holding registers, without the tree. */
  private static final int ARRAY = 5;

  /** From the holding registers to a code: selection, then five registers of the requantiser. */
  private static final int REQUANT = 6;

  /** From the last code of a group in the reorder memory to its first read. */
  static final int REORDER_START = 2;

  /** From a read of the reorder memory to the output port. */
  static final int REORDER_READ = 2;

  /** Words up to which a memory is made of look-up tables. */
  static final int SMALL = 64;

  private ConvTiming() {}

  /** From the last taps of a pass to the cycle in which its first code is written. */
  static int sumToCode(ConvGeometry g) {
    return ARRAY + g.treeDepth() + REQUANT;
  }

  /**
   * Words of the output FIFO: a pass reserves its words when it begins and returns them as they
   * leave, so that passes which are under way at one time must fit.
   */
  static int fifoDepth(ConvGeometry g) {
    int longest = Bits.ceilDiv(g.mostTaps(), g.fold().simd());
    int life = longest - 1 + sumToCode(g) + g.beatsPerPass() + fifoLatency(SMALL + 1) + 2;
    return Math.max(2, g.beatsPerPass() * (life / g.leastTapSteps() + 1));
  }

  /** Position groups in the reorder memory, by the same reasoning. */
  static int reorderGroups(ConvGeometry g) {
    int life =
        g.mostCyclesPerStep()
            - 1
            + sumToCode(g)
            + g.beatsPerPass()
            + g.fold().positions() * g.walkBeats()
            + REORDER_START
            + REORDER_READ
            + 2;
    return Math.max(2, Bits.ceilDiv(life, g.leastCyclesPerStep()));
  }

  /** From the write to the read port of a FIFO. */
  static int fifoLatency(int depth) {
    return depth <= SMALL ? 1 : 3;
  }
}
