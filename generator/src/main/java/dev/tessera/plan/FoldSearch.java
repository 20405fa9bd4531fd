package dev.tessera.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The best fold of every convolution of a pipeline.
 *
 * <p>Units of a pipeline work at one common rate, so a plan is as fast as its slowest unit, and for
 * a common time the cheapest plan takes the cheapest fold of every unit on its own. The fastest
 * plan under a bound is thus found by a binary search over the distinct times of all folds, and it
 * is optimal over all folds: at the next smaller time even the cheapest folds break the bound.
 */
public final class FoldSearch {
  /** Per convolution all folds, cheapest first. */
  private final List<List<FoldOption>> options;

  /** Times at which the price of the cheapest plan changes. */
  private final TreeSet<Long> times = new TreeSet<>();

  /**
   * A search over all folds of {@code shapes}.
   *
   * @param shares whether the device has blocks that two products share
   * @param price what is to be spared; equals are settled by the least logic, then by the most that
   *     share blocks
   */
  public FoldSearch(List<ConvShape> shapes, boolean shares, ToLongFunction<FoldOption> price) {
    Comparator<FoldOption> cheapest =
        Comparator.comparingLong(price)
            .thenComparingLong(FoldOption::logic)
            .thenComparingInt(o -> -o.pairs())
            .thenComparingLong(FoldOption::cycles)
            .thenComparingInt(o -> o.fold().positions())
            .thenComparingInt(o -> o.fold().groupsParallel())
            .thenComparingInt(o -> o.fold().pe());
    this.options =
        shapes.stream()
            .map(s -> FoldEnumerator.all(s, shares).stream().sorted(cheapest).toList())
            .toList();
    for (List<FoldOption> folds : options) {
      long fastest = Long.MAX_VALUE;
      for (FoldOption fold : folds) {
        fastest = Math.min(fastest, fold.cycles());
        times.add(fastest);
      }
    }
  }

  /** The cheapest plan in which no convolution takes more than {@code cycles} per frame. */
  public Optional<List<FoldOption>> within(long cycles) {
    List<FoldOption> plan = new ArrayList<>();
    for (List<FoldOption> folds : options) {
      Optional<FoldOption> first = folds.stream().filter(o -> o.cycles() <= cycles).findFirst();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      plan.add(first.get());
    }
    return Optional.of(List.copyOf(plan));
  }

  /**
   * The fastest plan that {@code fits}, a property that every slower plan must share.
   *
   * @param floor cycles per frame below which nothing is gained because other units limit the rate
   */
  public Optional<List<FoldOption>> fastest(Predicate<List<FoldOption>> fits, long floor) {
    List<Long> candidates = new ArrayList<>(times.tailSet(floor, false));
    candidates.add(0, floor);
    int lo = 0;
    int hi = candidates.size();
    while (lo < hi) {
      int middle = (lo + hi) / 2;
      if (within(candidates.get(middle)).filter(fits).isPresent()) {
        hi = middle;
      } else {
        lo = middle + 1;
      }
    }
    return lo == candidates.size() ? Optional.empty() : within(candidates.get(lo));
  }

  /** The fastest plan of at most {@code bound} multipliers. */
  public Optional<List<FoldOption>> fastest(long bound, long floor) {
    return fastest(plan -> multipliers(plan) <= bound, floor);
  }

  /** The plan that takes the fewest resources of all. */
  public List<FoldOption> smallest() {
    return options.stream().map(folds -> folds.get(0)).toList();
  }

  /** The cheapest plan that is faster than {@code cycles}, or empty if none is. */
  public Optional<List<FoldOption>> faster(long cycles) {
    return Optional.ofNullable(times.lower(cycles)).flatMap(this::within);
  }

  /** The fastest plan that takes fewer multipliers than {@code bound}, or empty if none does. */
  public Optional<List<FoldOption>> smaller(long bound) {
    return times.isEmpty() ? Optional.empty() : fastest(bound - 1, times.first());
  }

  /** Multipliers of all convolutions. */
  public static long multipliers(List<FoldOption> plan) {
    return plan.stream().mapToLong(FoldOption::multipliers).sum();
  }

  /** Pairs of multipliers that share a block, of all convolutions. */
  public static long pairs(List<FoldOption> plan) {
    return plan.stream().mapToLong(FoldOption::pairs).sum();
  }

  /** Cycles per frame of the slowest convolution. */
  public static long cycles(List<FoldOption> plan) {
    return plan.stream().mapToLong(FoldOption::cycles).max().orElse(0);
  }
}
