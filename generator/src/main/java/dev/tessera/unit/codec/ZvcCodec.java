package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;

/** Zero value compression: a bit per value, and the values other than zero. */
public record ZvcCodec() implements Codec {
  @Override
  public String name() {
    return "zvc";
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
    MaskedBeats beats = new MaskedBeats(map, map.lanes(), map.type().bits(), bits);
    int[] values = new int[map.lanes()];
    Beats.each(
        map,
        (first, y, x) -> {
          for (int l = 0; l < values.length; l++) {
            values[l] = frame.at(first + l, y, x);
          }
          beats.append(values);
        });
    return Words.of(bits, Words.bits(map));
  }

  @Override
  public Frame decode(StreamType map, Frame words) {
    MaskedBeats beats = new MaskedBeats(map, map.lanes(), map.type().bits(), Words.bits(words));
    Frame frame = new Frame(map.channels(), map.height(), map.width());
    Beats.each(
        map,
        (first, y, x) -> {
          int[] values = beats.take(map.type().signed());
          for (int l = 0; l < values.length; l++) {
            frame.data()[frame.index(first + l, y, x)] = values[l];
          }
        });
    return frame;
  }
}
