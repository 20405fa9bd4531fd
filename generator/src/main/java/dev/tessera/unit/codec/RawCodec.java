package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;

/** Values as they are, without gaps. */
public record RawCodec() implements Codec {
  @Override
  public String name() {
    return Codecs.RAW;
  }

  @Override
  public boolean takes(StreamType map) {
    return Codec.whole(map);
  }

  @Override
  public int maxError(StreamType map) {
    return 0;
  }

  @Override
  public Frame encode(StreamType map, Frame frame) {
    BitString bits = new BitString();
    Beats.each(map, (first, y, x) -> Beats.append(frame, map, first, y, x, bits));
    return Words.of(bits, Words.bits(map));
  }

  @Override
  public Frame decode(StreamType map, Frame words) {
    BitString bits = Words.bits(words);
    Frame frame = new Frame(map.channels(), map.height(), map.width());
    Beats.each(map, (first, y, x) -> Beats.take(frame, map, first, y, x, bits));
    return frame;
  }

  /** The number that {@code bits} stand for. */
  static int value(FixedType type, int bits) {
    return type.signed()
        ? bits << (Integer.SIZE - type.bits()) >> (Integer.SIZE - type.bits())
        : bits;
  }
}
