package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.ir.TapLists;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** All folds of a convolution that could be part of a best plan. */
public final class FoldEnumerator {
  private FoldEnumerator() {}

  /**
   * The canonical folds whose outputs drain in time. A fold is canonical if none of its degrees of
   * parallelism can shrink without a longer fold; every other fold costs more multipliers for the
   * same cycles. Where runs of channels must align with lanes, divisors are candidates too.
   *
   * @param shares whether the device has blocks that two products share
   */
  public static List<FoldOption> all(ConvShape shape, boolean shares) {
    List<FoldOption> options = new ArrayList<>();
    TreeSet<Integer> pes = canonical(shape.outputsPerGroup());
    if (shape.groups() > 1) {
      pes.addAll(divisors(shape.outputsPerGroup()));
    }
    TreeSet<Integer> simds = new TreeSet<>();
    TapLists taps = shape.geometry().taps();
    for (int f = 0; f < taps.classes(); f++) {
      simds.addAll(canonical(taps.taps(f)));
    }
    for (int positions = 1; positions <= ConvGeometry.MAX_POSITIONS; positions++) {
      for (int groups : canonical(shape.groups())) {
        for (int pe : pes) {
          for (int simd : simds) {
            ConvFold fold = new ConvFold(positions, groups, pe, simd);
            FoldOption.of(shape, fold, shares).ifPresent(options::add);
          }
        }
      }
    }
    return options;
  }

  /** The values ceil(n / k): the least parallelism for every number of passes. */
  static TreeSet<Integer> canonical(int n) {
    TreeSet<Integer> values = new TreeSet<>();
    for (int passes = 1; passes <= n; passes++) {
      values.add(Bits.ceilDiv(n, passes));
    }
    return values;
  }

  private static List<Integer> divisors(int n) {
    List<Integer> divisors = new ArrayList<>();
    for (int d = 1; d <= n; d++) {
      if (n % d == 0) {
        divisors.add(d);
      }
    }
    return divisors;
  }
}
