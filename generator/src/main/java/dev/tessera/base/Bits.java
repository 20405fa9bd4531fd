package dev.tessera.base;

/** Exact bit arithmetic that the whole generator shares. */
public final class Bits {
  private Bits() {}

  /** ceil(a / b) for a >= 0, b > 0. */
  public static int ceilDiv(int a, int b) {
    return Math.toIntExact(ceilDiv((long) a, b));
  }

  /** ceil(a / b) for a >= 0, b > 0. */
  public static long ceilDiv(long a, long b) {
    if (a < 0 || b <= 0) {
      throw new IllegalArgumentException("ceilDiv(" + a + ", " + b + ")");
    }
    return (a + b - 1) / b;
  }

  /** Bits that index {@code count} things, at least 1. */
  public static int indexWidth(long count) {
    if (count <= 0) {
      throw new IllegalArgumentException("no index into " + count + " things");
    }
    return Math.max(1, 64 - Long.numberOfLeadingZeros(count - 1));
  }

  /** Bits that hold the values 0..count, at least 1. */
  public static int countWidth(long count) {
    return indexWidth(Math.addExact(count, 1));
  }

  /** Bits of the smallest two's complement type that holds {@code lo..hi}. */
  public static int signedWidth(long lo, long hi) {
    int a = 65 - Long.numberOfLeadingZeros(lo < 0 ? ~lo : lo);
    int b = 65 - Long.numberOfLeadingZeros(hi < 0 ? ~hi : hi);
    return Math.max(a, b);
  }
}
