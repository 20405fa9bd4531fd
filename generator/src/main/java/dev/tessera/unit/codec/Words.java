package dev.tessera.unit.codec;

import dev.tessera.base.Bits;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;

/** The words in which a coded map travels: 32 bits for streams of up to 32 bits, else 64. */
final class Words {
  private static final int NARROW = 32;
  private static final int WIDE = 64;

  private Words() {}

  /** Bits of a word of the coded form of {@code map}. */
  static int bits(StreamType map) {
    return map.bits() <= NARROW ? NARROW : WIDE;
  }

  /** The stream of words; as wide as the coded frame is long at most. */
  static StreamType stream(StreamType map, long most) {
    int bytes = bits(map) / Byte.SIZE;
    return new StreamType(bytes, bytes, FixedType.UINT8, Math.toIntExact(most), 1);
  }

  /** {@code bits} in words of {@code wordBits}, the last one padded with zeros. */
  static Frame of(BitString bits, int wordBits) {
    int bytes = wordBits / Byte.SIZE;
    int count = (int) Bits.ceilDiv(bits.length(), wordBits);
    Frame words = new Frame(bytes, 1, count);
    for (int w = 0; w < count; w++) {
      for (int i = 0; i < bytes; i++) {
        words.data()[words.index(i, 0, w)] =
            bits.get((long) w * wordBits + i * Byte.SIZE, Byte.SIZE);
      }
    }
    return words;
  }

  /** Appends word {@code at} of {@code words} to {@code bits}; zeros where there is none. */
  static void append(Frame words, int at, BitString bits) {
    for (int i = 0; i < words.channels(); i++) {
      bits.append(at < words.width() ? words.at(i, 0, at) : 0, Byte.SIZE);
    }
  }

  /** All bits of {@code words}. */
  static BitString bits(Frame words) {
    BitString bits = new BitString();
    for (int w = 0; w < words.width(); w++) {
      append(words, w, bits);
    }
    return bits;
  }
}
