package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;

/** Walks the beats of a frame in the order of its stream. */
final class Beats {
  private Beats() {}

  /** Takes a beat. */
  interface Visitor {
    /** The beat of the channels from {@code first} on at row y and column x. */
    void beat(int first, int y, int x);
  }

  static void each(StreamType map, Visitor visitor) {
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        for (int first = 0; first < map.channels(); first += map.lanes()) {
          visitor.beat(first, y, x);
        }
      }
    }
  }

  /** Appends the values of a beat, the first lane first. */
  static void append(Frame frame, StreamType map, int first, int y, int x, BitString bits) {
    for (int l = 0; l < map.lanes(); l++) {
      bits.append(frame.at(first + l, y, x), map.type().bits());
    }
  }

  /** Reads what {@link #append} wrote. */
  static void take(Frame frame, StreamType map, int first, int y, int x, BitString bits) {
    for (int l = 0; l < map.lanes(); l++) {
      frame.data()[frame.index(first + l, y, x)] =
          RawCodec.value(map.type(), bits.take(map.type().bits()));
    }
  }
}
