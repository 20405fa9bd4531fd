package dev.tessera.unit.codec;

import dev.tessera.unit.codec.ZeroRuns.Field;

/**
 * Blocks of eight values as a base and the bit planes of their differences. A plane is a number
 * whose most significant bit belongs to the first difference.
 */
final class BitPlanes {
  /** Values of a block. */
  private static final int BLOCK = 8;

  private static final int DIFFERENCES = BLOCK - 1;
  private static final int ALL = (1 << DIFFERENCES) - 1;
  private static final int INDEX_BITS = 3;

  private final int width;
  private final int runBits;

  /** For words of {@code width} bits, 8 or 16. */
  BitPlanes(int width) {
    this.width = width;
    runBits = Integer.numberOfTrailingZeros(width);
  }

  /** Appends the words other than zero. */
  void append(int[] words, BitString bits) {
    int[] block = new int[BLOCK];
    int filled = 0;
    for (int word : words) {
      if (word != 0) {
        block[filled++] = word;
      }
      if (filled == BLOCK) {
        appendBlock(block, bits);
        block = new int[BLOCK];
        filled = 0;
      }
    }
    if (filled > 0) {
      appendBlock(block, bits);
    }
  }

  void appendBlock(int[] block, BitString bits) {
    Field.append(block[0], width, bits);
    int before = 0;
    int run = 0;
    for (int k = 0; k <= width; k++) {
      int plane = 0;
      for (int i = 1; i < BLOCK; i++) {
        plane = 2 * plane + (block[i] - block[i - 1] >> k & 1);
      }
      int changed = plane ^ before;
      before = plane;
      if (changed == 0) {
        run++;
      } else {
        endRun(run, bits);
        run = 0;
        appendPlane(changed, plane, bits);
      }
    }
    endRun(run, bits);
  }

  private void endRun(int run, BitString bits) {
    if (run == 1) {
      bits.append("01");
    } else if (run > 1) {
      bits.append("001");
      Field.append(run - 2, runBits, bits);
    }
  }

  private static void appendPlane(int changed, int plane, BitString bits) {
    int first = first(changed);
    if (changed == ALL) {
      bits.append("00000");
    } else if (plane == 0) {
      bits.append("00001");
    } else if (changed == pair(first)) {
      bits.append("00010");
      Field.append(first, INDEX_BITS, bits);
    } else if (changed == single(first)) {
      bits.append("00011");
      Field.append(first, INDEX_BITS, bits);
    } else {
      bits.append("1");
      Field.append(changed, DIFFERENCES, bits);
    }
  }

  private static int first(int plane) {
    return Integer.numberOfLeadingZeros(plane) - (Integer.SIZE - DIFFERENCES);
  }

  private static int single(int index) {
    return 1 << (DIFFERENCES - 1 - index);
  }

  /** Two neighbours; a single one has none at the end. */
  private static int pair(int index) {
    return index + 1 < DIFFERENCES ? single(index) | single(index + 1) : 0;
  }

  /** Reads the words that {@code other} marks. */
  void take(boolean[] other, int[] words, BitString bits) {
    int[] block = null;
    int used = BLOCK;
    for (int i = 0; i < words.length; i++) {
      if (other[i]) {
        if (used == BLOCK) {
          block = takeBlock(bits);
          used = 0;
        }
        words[i] = block[used++];
      }
    }
  }

  private int[] takeBlock(BitString bits) {
    int[] block = new int[BLOCK];
    block[0] = Field.take(width, bits);
    int[] differences = new int[BLOCK];
    int before = 0;
    int run = 0;
    for (int k = 0; k <= width; k++) {
      int changed = 0;
      if (run > 0) {
        run--;
      } else {
        int zeros = bits.takeZeros(5);
        if (zeros == 2) {
          run = Field.take(runBits, bits) + 1;
        } else if (zeros != 1) {
          changed = takePlane(zeros, before, bits);
        }
      }
      before ^= changed;
      for (int i = 1; i < BLOCK; i++) {
        differences[i] |= (before >> (DIFFERENCES - i) & 1) << k;
      }
    }
    for (int i = 1; i < BLOCK; i++) {
      block[i] = block[i - 1] + differences[i] & ((1 << width) - 1);
    }
    return block;
  }

  /** The plane behind {@code zeros} zeros and the one that ended them, if they are fewer than 5. */
  private static int takePlane(int zeros, int before, BitString bits) {
    if (zeros == 0) {
      return Field.take(DIFFERENCES, bits);
    } else if (zeros == 4) {
      return before;
    } else if (zeros == 5) {
      return ALL;
    }
    boolean one = bits.take(1) == 1;
    int index = Field.take(INDEX_BITS, bits);
    return one ? single(index) : pair(index);
  }
}
