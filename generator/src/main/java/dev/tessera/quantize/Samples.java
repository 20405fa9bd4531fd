package dev.tessera.quantize;

import java.util.Arrays;
import java.util.List;

/**
 * What calibration saw of a channel.
 *
 * @param sorted some of its values, ascending
 * @param min exact minimum
 * @param max exact maximum
 */
record Samples(float[] sorted, float min, float max) {
  /** All of several channels, equally weighted. */
  static Samples merge(List<Samples> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int count = 0;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (Samples part : parts) {
      count += part.sorted.length;
      min = Math.min(min, part.min);
      max = Math.max(max, part.max);
    }
    float[] all = new float[count];
    int at = 0;
    for (Samples part : parts) {
      System.arraycopy(part.sorted, 0, all, at, part.sorted.length);
      at += part.sorted.length;
    }
    Arrays.sort(all);
    return new Samples(all, min, max);
  }
}
