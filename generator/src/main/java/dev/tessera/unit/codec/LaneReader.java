package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import java.util.Arrays;

/** Reads what {@link LaneWriter} wrote. */
final class LaneReader {
  private final BitString[] lanes;
  private final int most;
  private final Frame words;
  private int at;

  LaneReader(int lanes, int most, Frame words) {
    this.lanes = new BitString[lanes];
    Arrays.setAll(this.lanes, l -> new BitString());
    this.most = most;
    this.words = words;
  }

  /** Begins a beat. */
  void begin() {
    for (BitString lane : lanes) {
      if (lane.left() < most) {
        Words.append(words, at++, lane);
      }
    }
  }

  int take(int lane, int count) {
    return lanes[lane].take(count);
  }

  int takeZeros(int lane, int most) {
    return lanes[lane].takeZeros(most);
  }
}
