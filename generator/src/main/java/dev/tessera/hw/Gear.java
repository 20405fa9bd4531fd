package dev.tessera.hw;

import java.util.Arrays;

/**
 * Times of the width converter {@code ts_gear}: words of {@code in} granules become beats of {@code
 * out} granules through a buffer of {@code in + out - gcd(in, out)}; nothing stalls the beats.
 */
public final class Gear {
  private final int in;
  private final int out;
  private final int capacity;
  private long loaded;
  private long lastLoad = Long.MIN_VALUE;
  private long[] made;
  private int beats;

  /** An empty converter. */
  public Gear(int in, int out, int expectedBeats) {
    this.in = in;
    this.out = out;
    this.capacity = in + out - gcd(in, out);
    this.made = new long[Math.max(1, expectedBeats)];
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** The cycle in which the next word is loaded if it is there from {@code earliest} on. */
  public long load(long earliest) {
    long cycle = lastLoad == Long.MIN_VALUE ? earliest : Math.max(earliest, lastLoad + 1);
    long excess = loaded + in - capacity;
    if (excess > 0) {
      cycle = Math.max(cycle, made[(int) ((excess + out - 1) / out) - 1]);
    }
    lastLoad = cycle;
    loaded += in;
    while ((beats + 1L) * out <= loaded) {
      append(beats == 0 ? cycle + 1 : Math.max(cycle + 1, made[beats - 1] + 1));
    }
    return cycle;
  }

  private void append(long time) {
    if (beats == made.length) {
      made = Arrays.copyOf(made, 2 * beats);
    }
    made[beats++] = time;
  }

  /** The cycle in which each beat so far is first valid. */
  public long[] made() {
    return Arrays.copyOf(made, beats);
  }
}
