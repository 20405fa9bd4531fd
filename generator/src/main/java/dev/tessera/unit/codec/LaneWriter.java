package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import java.util.Arrays;

/**
 * Several substreams in one stream of words, in the order in which a reader needs them: before each
 * beat, every lane that holds fewer bits than a beat may take is given one word.
 */
final class LaneWriter {
  private final BitString[] lanes;
  private final long[] given;
  private final int most;
  private final int wordBits;
  private int[] order = new int[64];
  private int words;

  /**
   * Of no words.
   *
   * @param most bits of a lane in a beat at most; not more than a word
   */
  LaneWriter(int lanes, int most, int wordBits) {
    this.lanes = new BitString[lanes];
    Arrays.setAll(this.lanes, l -> new BitString());
    given = new long[lanes];
    this.most = most;
    this.wordBits = wordBits;
  }

  /** Begins a beat. */
  void begin() {
    for (int l = 0; l < lanes.length; l++) {
      if (given[l] - lanes[l].length() < most) {
        given[l] += wordBits;
        if (words == order.length) {
          order = Arrays.copyOf(order, 2 * words);
        }
        order[words++] = l;
      }
    }
  }

  /** Appends bits to a lane. */
  void append(int lane, int value, int count) {
    lanes[lane].append(value, count);
  }

  /** All words; lanes end in zeros. */
  Frame words() {
    int bytes = wordBits / Byte.SIZE;
    Frame frame = new Frame(bytes, 1, words);
    long[] at = new long[lanes.length];
    for (int w = 0; w < words; w++) {
      BitString lane = lanes[order[w]];
      for (int i = 0; i < bytes; i++) {
        frame.data()[frame.index(i, 0, w)] = lane.get(at[order[w]], Byte.SIZE);
        at[order[w]] += Byte.SIZE;
      }
    }
    return frame;
  }
}
