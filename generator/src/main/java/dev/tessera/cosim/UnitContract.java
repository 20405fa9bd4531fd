package dev.tessera.cosim;

import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.UnitSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Laws 1, 4 and 8 for units: RTL against golden model, cycles against the cycle model, lint. All
 * specs are built into one simulation; each is then proven by itself.
 */
public final class UnitContract {
  /** Cycles until a unit that is told its sizes knows the first one. */
  private static final long FIRST_SIZE = 6;

  private final List<UnitCase<?>> cases = new ArrayList<>();
  private Bench bench;

  /** Adds specs of one kind; names must differ over everything that is added. */
  public <S extends UnitSpec> UnitContract add(HardwareUnit<S> unit, List<S> specs) {
    specs.forEach(spec -> cases.add(new UnitCase<>(spec.name(), unit, spec)));
    return this;
  }

  /** Adds those of the specs that depend on the size of the frames, in resizable form. */
  public <S extends UnitSpec> UnitContract addResizable(HardwareUnit<S> unit, List<S> specs) {
    specs.stream()
        .map(spec -> new UnitCase<>(spec.name() + "_any", unit, spec, true))
        .filter(UnitCase::dependsOnSize)
        .forEach(cases::add);
    return this;
  }

  /**
   * Builds the simulation; warnings of the linter are errors.
   *
   * @param work folder for sources, objects and vectors
   */
  public UnitContract build(Path work) {
    bench =
        UnitBench.build(
            Verilator.find(), cases.stream().map(UnitCase::dut).toList(), work, BuildOptions.PROOF);
    return this;
  }

  /** Adds a case that {@code built} simulates already. */
  UnitContract add(UnitCase<?> one, Bench built) {
    cases.add(one);
    bench = built;
    return this;
  }

  /** Names of everything that was added, in order. */
  public List<String> names() {
    return cases.stream().map(UnitCase::name).toList();
  }

  /**
   * Proves what was added under {@code name}.
   *
   * @throws AssertionError naming the place of the first fault
   */
  public void prove(String name) {
    prove(cases.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow());
  }

  private void prove(UnitCase<?> c) {
    if (c.resizable()) {
      requirePassed(c.runSizes(bench));
    }
    List<BenchResult> results = c.run(bench);
    requirePassed(results);
    BenchResult free = results.get(results.size() - 1);
    Schedule schedule = c.schedule();
    for (int i = 0; i < c.outputs().size(); i++) {
      long measured = free.port("out" + i).steadyCycles();
      requireEqual(c.cyclesPerFrame(), measured, c.name() + ": cycles per frame");
      long[] made = schedule.made().get(i);
      int frame = (int) c.outputs().get(i).beatsPerFrame();
      long planned = made[made.length - 1] - made[made.length - 1 - frame];
      requireEqual(planned, measured, c.name() + ": cycles per frame of the schedule");
      long[] times = bench.times(c.name(), "out" + i);
      requireEqual(made.length, times.length, c.name() + ": beats");
      long first = c.resizable() ? times[0] - made[0] : 0;
      require(first >= 0 && first <= FIRST_SIZE, c.name() + ": " + first + " cycles late");
      for (int beat = 0; beat < made.length; beat++) {
        requireEqual(
            made[beat] + first, times[beat], c.name() + ": cycle of beat " + beat + " of out" + i);
      }
    }
  }

  private static void requirePassed(List<BenchResult> results) {
    for (BenchResult result : results) {
      require(result.fault().isEmpty(), result.fault().orElse(""));
      require(result.passed(), result.toString());
    }
  }

  private static void requireEqual(long expected, long actual, String what) {
    require(expected == actual, what + ": expected " + expected + ", found " + actual);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new AssertionError(sentence);
    }
  }
}
