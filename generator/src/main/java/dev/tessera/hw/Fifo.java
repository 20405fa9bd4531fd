package dev.tessera.hw;

import dev.tessera.base.Bits;
import java.util.Optional;

/** The FIFO cell {@code ts_fifo}: what depth decides about it. */
public final class Fifo {
  /** Deepest FIFO in distributed RAM; a deeper one takes block RAM. */
  public static final int DISTRIBUTED_DEPTH = 64;

  private static final int DISTRIBUTED_LATENCY = 1;
  private static final int BLOCK_LATENCY = 3;
  private static final int LUTRAM_WORDS = 32;
  private static final int LUTRAM_BITS_PER_LUT = 3;
  private static final int[][] HALF_BLOCK_SHAPES = {
    {512, 36}, {1024, 18}, {2048, 9}, {4096, 4}, {8192, 2}, {16384, 1}
  };

  private Fifo() {}

  /** Cycles from the transfer of a beat into a link of {@code depth} words to its being valid. */
  public static int latency(int depth) {
    if (depth == 0) {
      return 0;
    }
    return depth <= DISTRIBUTED_DEPTH ? DISTRIBUTED_LATENCY : BLOCK_LATENCY;
  }

  /** Look-up tables of a FIFO, estimated: distributed RAM (32 x 6 in four) and its pointers. */
  public static int lut(int depth, int width) {
    int control = 8 + 3 * Bits.indexWidth(Math.max(1, depth));
    if (depth > DISTRIBUTED_DEPTH) {
      return control;
    }
    return control
        + Bits.ceilDiv(depth, LUTRAM_WORDS) * Bits.ceilDiv(2 * width, LUTRAM_BITS_PER_LUT);
  }

  /** Flip-flops of a FIFO, estimated: pointers, counters, the output register of block RAM. */
  public static int ff(int depth, int width) {
    int control = 6 + 4 * Bits.indexWidth(Math.max(1, depth));
    return depth > DISTRIBUTED_DEPTH ? control + width : control;
  }

  /** Block RAMs of 36 Kbit that a FIFO of this size takes. */
  public static double bram36(int depth, int width) {
    return depth > DISTRIBUTED_DEPTH ? ramBram36(depth, width) : 0;
  }

  /** The block memory of a FIFO of this size, if it has one. */
  public static Optional<Ram.Shape> ram(int depth, int width) {
    return depth > DISTRIBUTED_DEPTH
        ? Optional.of(new Ram.Shape(1, depth, width))
        : Optional.empty();
  }

  /** Block RAMs of 36 Kbit (halves count 0.5) of a simple dual port memory. */
  public static double ramBram36(int depth, int width) {
    double best = Double.MAX_VALUE;
    for (int[] shape : HALF_BLOCK_SHAPES) {
      best = Math.min(best, Bits.ceilDiv(depth, shape[0]) * Bits.ceilDiv(width, shape[1]) / 2.0);
    }
    return best;
  }
}
