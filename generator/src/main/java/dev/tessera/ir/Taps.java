package dev.tessera.ir;

import java.util.function.IntPredicate;

/** What is the same for weights of every type. */
final class Taps {
  private Taps() {}

  /**
   * Whether no output has more than one weight that is not zero.
   *
   * @param outputs output channels
   * @param taps weights of each, one behind the other
   * @param used whether the weight of an index is not zero
   */
  static boolean single(int outputs, int taps, IntPredicate used) {
    for (int o = 0; o < outputs; o++) {
      int count = 0;
      for (int t = 0; t < taps; t++) {
        count += used.test(o * taps + t) ? 1 : 0;
      }
      if (count > 1) {
        return false;
      }
    }
    return true;
  }
}
