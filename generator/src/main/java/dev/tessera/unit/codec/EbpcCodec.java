package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;

/**
 * Extended bit-plane compression (Cavigelli, Rutishauser and Benini): runs of zeros in one part,
 * bit planes of the differences of the other values in a second. A frame that grows is stored as it
 * is.
 */
public record EbpcCodec() implements Codec {
  private static final int LENGTH_BITS = 32;
  private static final int BYTE = 8;
  private static final int HALF = 16;

  @Override
  public String name() {
    return "ebpc";
  }

  @Override
  public boolean takes(StreamType map) {
    return Codec.whole(map) && Codec.rawBits(map) >= SLACK;
  }

  @Override
  public int maxError(StreamType map) {
    return 0;
  }

  @Override
  public Frame encode(StreamType map, Frame frame) {
    int width = map.type().bits();
    int[] words = new int[frame.data().length];
    for (int i = 0; i < words.length; i++) {
      words[i] = frame.data()[i] & ((1 << width) - 1);
    }
    BitString zeros = new BitString();
    BitString planes = new BitString();
    ZeroRuns.append(words, zeros);
    new BitPlanes(wordBits(map)).append(words, planes);
    BitString bits = new BitString();
    long coded = LENGTH_BITS + zeros.length() + planes.length();
    bits.append(coded < Codec.rawBits(map) ? 1 : 0, 1);
    if (coded < Codec.rawBits(map)) {
      bits.append(zeros.length(), LENGTH_BITS);
      copy(zeros, bits);
      copy(planes, bits);
    } else {
      for (int word : words) {
        bits.append(word, width);
      }
    }
    return Words.of(bits, Words.bits(map));
  }

  private static void copy(BitString from, BitString to) {
    while (from.left() > 0) {
      to.append(from.take(1), 1);
    }
  }

  @Override
  public Frame decode(StreamType map, Frame coded) {
    BitString bits = Words.bits(coded);
    Frame frame = new Frame(map.channels(), map.height(), map.width());
    int width = map.type().bits();
    int[] words = frame.data();
    if (bits.take(1) == 1) {
      long end = (bits.take(LENGTH_BITS) & 0xffffffffL) + LENGTH_BITS + 1;
      boolean[] other = ZeroRuns.take(words.length, bits);
      if (bits.length() - bits.left() != end) {
        throw new IllegalArgumentException("the runs of zeros end elsewhere");
      }
      new BitPlanes(wordBits(map)).take(other, words, bits);
    } else {
      for (int i = 0; i < words.length; i++) {
        words[i] = bits.take(width);
      }
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = RawCodec.value(map.type(), words[i]);
    }
    return frame;
  }

  private static int wordBits(StreamType map) {
    return map.type().bits() <= BYTE ? BYTE : HALF;
  }
}
