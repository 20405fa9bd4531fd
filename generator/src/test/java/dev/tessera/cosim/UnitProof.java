package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.UnitSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/**
 * Laws 1, 4 and 8 for units: RTL against golden model, cycles against the cycle model, lint. All
 * specs are built into one simulation; each then gives one test.
 */
public final class UnitProof {
  /** Cycles until a unit that is told its sizes knows the first one. */
  private static final long FIRST_SIZE = 6;

  private final List<UnitCase<?>> cases = new ArrayList<>();
  private Bench bench;

  /** Adds specs of one kind; names must differ over everything that is added. */
  public <S extends UnitSpec> UnitProof add(HardwareUnit<S> unit, List<S> specs) {
    specs.forEach(spec -> cases.add(new UnitCase<>(spec.name(), unit, spec)));
    return this;
  }

  /** Adds those of the specs that depend on the size of the frames, in resizable form. */
  public <S extends UnitSpec> UnitProof addResizable(HardwareUnit<S> unit, List<S> specs) {
    specs.stream()
        .map(spec -> new UnitCase<>(spec.name() + "_any", unit, spec, true))
        .filter(UnitCase::dependsOnSize)
        .forEach(cases::add);
    return this;
  }

  /** Builds the simulation; warnings of the linter are errors. */
  public UnitProof build(Path work) {
    bench =
        UnitBench.build(
            Verilator.find(), cases.stream().map(UnitCase::dut).toList(), work, BuildOptions.PROOF);
    return this;
  }

  /** One test per spec. */
  public List<DynamicTest> tests() {
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> prove(c))).toList();
  }

  /** Proves one spec; an assertion error names the place of the first fault. */
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
      assertEquals(c.cyclesPerFrame(), measured, c.name() + ": cycles per frame");
      long[] made = schedule.made().get(i);
      int frame = (int) c.outputs().get(i).beatsPerFrame();
      long planned = made[made.length - 1] - made[made.length - 1 - frame];
      assertEquals(planned, measured, c.name() + ": cycles per frame of the schedule");
      long[] times = bench.times(c.name(), "out" + i);
      long[] late = new long[times.length];
      Arrays.setAll(late, beat -> times[beat] - made[beat]);
      long first = c.resizable() ? late[0] : 0;
      assertTrue(first >= 0 && first <= FIRST_SIZE, c.name() + ": " + first + " cycles late");
      long[] same = new long[made.length];
      Arrays.fill(same, first);
      assertArrayEquals(same, late, c.name() + ": lateness of beats");
    }
  }

  private static void requirePassed(List<BenchResult> results) {
    for (BenchResult result : results) {
      assertEquals("", result.fault().orElse(""));
      assertTrue(result.passed(), result::toString);
    }
  }
}
