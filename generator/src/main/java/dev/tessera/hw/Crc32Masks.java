package dev.tessera.hw;

import java.math.BigInteger;

/**
 * CRC-32 as parities: each bit of the state behind a word is the parity of some bits of the state
 * before and of the word. The polynomial is 0x04C11DB7, bits and result reflected (ISO 3309).
 */
public final class Crc32Masks {
  private static final int REFLECTED = 0xEDB88320;
  private static final int STATE = Integer.SIZE;

  private Crc32Masks() {}

  /**
   * One mask for each bit of the state, the first one in the least significant bits: below the bits
   * of the state before, above those of the word.
   *
   * @param wordBits bits of a word, whole bytes
   */
  public static String literal(int wordBits) {
    int width = STATE + wordBits;
    BigInteger masks = BigInteger.ZERO;
    for (int from = 0; from < width; from++) {
      int after = behind(from, wordBits);
      for (int to = 0; to < STATE; to++) {
        if ((after >>> to & 1) == 1) {
          masks = masks.setBit(to * width + from);
        }
      }
    }
    return STATE * width + "'h" + masks.toString(16);
  }

  /** The state behind a word, where bit {@code from} of state and word is the only one set. */
  private static int behind(int from, int wordBits) {
    int state = from < STATE ? 1 << from : 0;
    for (int bit = 0; bit < wordBits; bit++) {
      boolean set = from >= STATE && bit == from - STATE;
      boolean out = (state & 1) == 1 ^ set;
      state = state >>> 1 ^ (out ? REFLECTED : 0);
    }
    return state;
  }
}
