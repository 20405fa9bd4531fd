package dev.tessera.unit.codec;

import dev.tessera.hw.StreamType;
import java.util.Arrays;

/**
 * What both sides of {@link MedCodec} know before they see a beat, and what they learn of it.
 * Levels are quantised values.
 */
final class MedModel {
  /** Activity up to which a place is of class 0, 1, ...; more is of the last class. */
  static final int[] CLASSES = {0, 2, 4, 8, 14, 24};

  /** Values that a class counts before it forgets half of them. */
  static final int MOST_COUNT = 32;

  /** What a class counts as seen before the first value. */
  static final int FIRST_COUNT = 4;

  /** Beats of a lane without a bit that may follow each other. */
  static final int MOST_STARVED = 3;

  /** Confidence in a group: from here on it shares a flag. */
  static final int TRUST = 4;

  static final int FIRST_TRUST = 8;
  static final int MOST_TRUST = 16;

  private final StreamType map;
  private final int levels;
  private final int width;
  private final int zero;
  private final int[][] above;
  private final int[][] current;
  private final int[] sums;
  private final int[] counts;
  private final int[] starved;
  private final int[] trust;

  private final int[] predicted;
  private final boolean[] downFirst;
  private final int[] state;
  private final int[] parameter;
  private final int[] level;
  private final int[] difference;
  private int first;
  private int x;
  private int flat;

  MedModel(MedCodec codec, StreamType map) {
    this.map = map;
    levels = codec.levels(map.type());
    width = codec.levelBits(map.type());
    zero = codec.quantised(map.type(), 0);
    above = new int[map.channels()][map.width()];
    current = new int[map.channels()][map.width()];
    int states = map.channels() * (CLASSES.length + 1);
    sums = new int[states];
    counts = new int[states];
    Arrays.fill(sums, firstSum(levels));
    Arrays.fill(counts, FIRST_COUNT);
    int lanes = map.lanes();
    starved = new int[lanes];
    trust = new int[lanes + 1];
    Arrays.fill(trust, FIRST_TRUST);
    predicted = new int[lanes];
    downFirst = new boolean[lanes];
    state = new int[lanes];
    parameter = new int[lanes];
    level = new int[lanes];
    difference = new int[lanes];
  }

  /** What a class counts as summed before the first value. */
  static int firstSum(int levels) {
    return FIRST_COUNT * Math.max(2, levels / 32);
  }

  int lanes() {
    return level.length;
  }

  /** Prepares for the beat of the channels from {@code first} on. */
  void predict(int first, int y, int x) {
    if (x == 0 && first == 0) {
      for (int c = 0; c < map.channels(); c++) {
        System.arraycopy(current[c], 0, above[c], 0, map.width());
      }
    }
    this.first = first;
    this.x = x;
    flat = 0;
    for (int l = 0; l < lanes(); l++) {
      predictLane(l, current[first + l], above[first + l], y);
    }
  }

  private void predictLane(int l, int[] row, int[] before, int y) {
    int left = x > 0 ? row[x - 1] : y > 0 ? before[0] : zero;
    int up = y > 0 ? before[x] : left;
    int corner = y == 0 ? left : before[Math.max(0, x - 1)];
    int right = y == 0 ? left : before[Math.min(map.width() - 1, x + 1)];
    int median = Math.max(Math.min(left, up), Math.min(Math.max(left, up), left + up - corner));
    int sum = 2 * median + left + up;
    predicted[l] = sum + 2 >> 2;
    downFirst[l] = (sum & 2) != 0;
    int activity = Math.abs(left - corner) + Math.abs(corner - up) + Math.abs(up - right);
    flat |= activity == 0 ? 1 << l : 0;
    state[l] = (first + l) * (CLASSES.length + 1) + classOf(activity);
    int k = 0;
    while (k < width && counts[state[l]] << k < sums[state[l]]) {
      k++;
    }
    parameter[l] = k;
  }

  private static int classOf(int activity) {
    int c = 0;
    while (c < CLASSES.length && activity > CLASSES[c]) {
      c++;
    }
    return c;
  }

  /** Lanes that expect no difference and may go without bits. */
  private int candidates() {
    int mask = 0;
    for (int l = 0; l < lanes(); l++) {
      mask |= (flat >> l & 1) == 1 && starved[l] < MOST_STARVED ? 1 << l : 0;
    }
    return Integer.bitCount(mask) > 1 ? mask : 0;
  }

  /** Lanes that share a flag: 1 if none of them differs from its prediction. */
  int group() {
    int mask = candidates();
    return trust[Integer.bitCount(mask)] >= TRUST ? mask : 0;
  }

  /** Whether no candidate differs from its prediction. */
  boolean quiet() {
    int mask = candidates();
    boolean quiet = true;
    for (int l = 0; l < lanes(); l++) {
      quiet &= (mask >> l & 1) == 0 || difference[l] == 0;
    }
    return quiet;
  }

  /** Takes the level of a lane. */
  void meet(int l, int value) {
    level[l] = value;
    int p = predicted[l];
    int distance = Math.abs(value - p);
    int both = Math.min(p, levels - 1 - p);
    if (distance > both) {
      difference[l] = distance + both;
    } else {
      boolean early = value < p == downFirst[l];
      difference[l] = distance == 0 ? 0 : 2 * distance - (early ? 1 : 0);
    }
  }

  /** Takes the difference of a lane. */
  void accept(int l, int value) {
    difference[l] = value;
    int p = predicted[l];
    int both = Math.min(p, levels - 1 - p);
    if (value > 2 * both) {
      int distance = value - both;
      level[l] = p < levels - 1 - p ? p + distance : p - distance;
    } else {
      int distance = value + 1 >> 1;
      boolean down = (value & 1) == 1 == downFirst[l];
      level[l] = down ? p - distance : p + distance;
    }
  }

  int level(int l) {
    return level[l];
  }

  int difference(int l) {
    return difference[l];
  }

  int parameter(int l) {
    return parameter[l];
  }

  /** Bits that the coded form of the beat is shorter than its levels as they are. */
  int gain() {
    int group = group();
    boolean quiet = quiet();
    int coded = group == 0 ? 0 : 1;
    for (int l = 0; l < lanes(); l++) {
      boolean none = quiet && (group >> l & 1) == 1;
      coded += none ? 0 : Rice.length(difference[l], parameter[l], width);
    }
    return lanes() * width - coded;
  }

  /**
   * Learns of the beat.
   *
   * @param plain whether it went as it is
   */
  void learn(boolean plain) {
    int candidates = candidates();
    int group = group();
    boolean quiet = quiet();
    int leader = Integer.numberOfTrailingZeros(group);
    for (int l = 0; l < lanes(); l++) {
      current[first + l][x] = level[l];
      boolean none = !plain && quiet && (group >> l & 1) == 1 && l != leader;
      starved[l] = none ? starved[l] + 1 : 0;
      learn(state[l], difference[l]);
    }
    if (candidates != 0) {
      int size = Integer.bitCount(candidates);
      int t = trust[size];
      trust[size] = quiet ? t + (MOST_TRUST - t + 3 >> 2) : t - (t + 3 >> 2);
    }
  }

  private void learn(int s, int value) {
    sums[s] += value + 1 >> 1;
    counts[s]++;
    if (counts[s] == MOST_COUNT) {
      counts[s] >>= 1;
      sums[s] >>= 1;
    }
  }
}
