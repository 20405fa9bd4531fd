package dev.tessera.unit.codec;

import dev.tessera.base.Bits;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;

/**
 * A way to store feature maps. Both directions are exact functions of the map and of the stream
 * that carries it, each frame on its own; docs/codecs.md defines the bits.
 *
 * <p>The coded form is a frame of words: {@code channels} bytes of a word, the first in the least
 * significant bits, one row, as many columns as there are words.
 */
public sealed interface Codec permits RawCodec, ZvcCodec, DctCmCodec, EbpcCodec, MedCodec {
  /** The bound on the coded size is the raw size and one part in this many more. */
  int SLACK = 64;

  /** Lanes of a coded stream at most. */
  int MOST_LANES = 8;

  /** Key on the command line and in reports, with its settings, such as {@code med:2}. */
  String name();

  /** Whether maps of this stream can be coded. */
  boolean takes(StreamType map);

  /** Largest difference of a decoded value from the one that was coded. */
  int maxError(StreamType map);

  /**
   * The coded form of {@code frame}.
   *
   * @param map its stream
   */
  Frame encode(StreamType map, Frame frame);

  /** The frame that a decoder makes of {@code words}. */
  Frame decode(StreamType map, Frame words);

  /** Bits of a frame as it is. */
  static long rawBits(StreamType map) {
    return (long) map.channels() * map.height() * map.width() * map.type().bits();
  }

  /** Words of a coded frame at most, whatever it holds. */
  static long mostWords(StreamType map) {
    return Bits.ceilDiv(rawBits(map) + rawBits(map) / SLACK, Words.bits(map));
  }

  /** The stream of words of a coded map. */
  static StreamType words(StreamType map) {
    return Words.stream(map, mostWords(map));
  }

  /** Whether beats are whole: every one carries a value in each of at most 8 lanes. */
  static boolean whole(StreamType map) {
    return map.positions() == 1
        && map.channels() % map.lanes() == 0
        && map.lanes() <= MOST_LANES
        && map.type().bits() <= Short.SIZE;
  }
}
