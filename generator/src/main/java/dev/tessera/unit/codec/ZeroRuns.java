package dev.tessera.unit.codec;

/**
 * Where the zeros are: a 1 for every other value, a 0 and a length of 4 bits for up to 16 zeros.
 */
final class ZeroRuns {
  private static final int LENGTH_BITS = 4;
  private static final int MOST = 1 << LENGTH_BITS;

  private ZeroRuns() {}

  static void append(int[] words, BitString bits) {
    int run = 0;
    for (int word : words) {
      if (run > 0 && (word != 0 || run == MOST)) {
        end(run, bits);
        run = 0;
      }
      if (word == 0) {
        run++;
      } else {
        bits.append(1, 1);
      }
    }
    if (run > 0) {
      end(run, bits);
    }
  }

  private static void end(int run, BitString bits) {
    bits.append(0, 1);
    Field.append(run - 1, LENGTH_BITS, bits);
  }

  /** Which of {@code count} words are other than zero. */
  static boolean[] take(int count, BitString bits) {
    boolean[] other = new boolean[count];
    int at = 0;
    while (at < count) {
      if (bits.take(1) == 1) {
        other[at++] = true;
      } else {
        at += Field.take(LENGTH_BITS, bits) + 1;
      }
    }
    return other;
  }

  /** Numbers whose most significant bit comes first. */
  static final class Field {
    private Field() {}

    static void append(int value, int count, BitString bits) {
      for (int i = count - 1; i >= 0; i--) {
        bits.append(value >> i & 1, 1);
      }
    }

    static int take(int count, BitString bits) {
      int value = 0;
      for (int i = 0; i < count; i++) {
        value = 2 * value + bits.take(1);
      }
      return value;
    }
  }
}
