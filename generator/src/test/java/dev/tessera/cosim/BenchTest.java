package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.UnitUnderTest;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The bench itself: passes what is right, and names the place of what is wrong. */
@Tag("sim")
@TestInstance(Lifecycle.PER_CLASS)
class BenchTest {
  private static final Offset OFFSET = new Offset();
  private static final StreamType NARROW = new StreamType(3, 1, FixedType.UINT8, 6, 4);
  private static final StreamType PARTLY = new StreamType(5, 2, new FixedType(true, 13), 5, 3);
  private static final StreamType WIDE = new StreamType(3, 3, new FixedType(true, 9), 8, 3, 4);
  private static final StreamType SINGLE = new StreamType(1, 1, FixedType.UINT8, 4, 4);

  private Bench bench;

  private static Offset.Spec spec(String name, StreamType type, Map<String, String> faults) {
    return new Offset.Spec(name, type, 77, faults);
  }

  @BeforeAll
  void build(@TempDir Path folder) {
    List<UnitUnderTest> duts =
        Stream.of(
                spec("wrong", PARTLY, Map.of("WRONG", "19")),
                spec("hangs", NARROW, Map.of("STOP", "30")),
                spec("endless", NARROW, Map.of("STOP", "30", "ENDLESS", "1")),
                spec("bypass", SINGLE, Map.of("BYPASS", "1")))
            .map(spec -> new UnitUnderTest(spec.name(), spec, OFFSET.rtl(spec)))
            .toList();
    bench = UnitBench.build(Verilator.find(), duts, folder, BuildOptions.PROOF);
  }

  private BenchResult run(String unit, StreamType type) {
    Frame in = new Frame(type.channels(), type.height(), type.width());
    Random random = new Random(5);
    for (int i = 0; i < in.data().length; i++) {
      in.data()[i] = random.nextInt(100);
    }
    bench.vectors(unit, "in0", List.of(in));
    bench.vectors(unit, "out0", OFFSET.golden(spec(unit, type, Map.of()), List.of(in)));
    return bench.run(List.of(BenchPlan.plain(unit, 2).watchdog(100))).get(0);
  }

  @TestFactory
  List<DynamicTest> provesUnits(@TempDir Path work) {
    List<Offset.Spec> specs =
        List.of(
            spec("narrow", NARROW, Map.of()),
            spec("partly", PARTLY, Map.of()),
            spec("wide", WIDE, Map.of()));
    return new UnitProof().add(OFFSET, specs).build(work).tests();
  }

  @Test
  void namesTheFirstWrongValue() {
    BenchResult result = run("wrong", PARTLY);
    BenchResult.Mismatch first = result.port("out0").first();
    // Beat 19 of 3 per position, 15 per row: row 1, position 1, channels 2 and 3.
    assertEquals(0, first.frame());
    assertEquals(1, first.row());
    assertEquals(1, first.column());
    assertEquals(3, first.channel());
    assertEquals(first.expected() + 1, first.actual());
    assertFalse(result.passed());
    assertTrue(result.fault().orElseThrow().startsWith("wrong.out0: frame 0, row 1, column 1"));
  }

  @Test
  void givesUpWhenNothingMoves() {
    BenchResult result = run("hangs", NARROW);
    assertTrue(result.hung());
    assertEquals(31, result.port("out0").beats());
    String fault = result.fault().orElseThrow();
    // 31 beats of 18 per row: row 1, beat 13 of it is channel 1 of column 4.
    assertTrue(fault.startsWith("hangs.out0: frame 0, row 1, column 4, channel 1: "), fault);
    assertTrue(fault.contains("actual nothing"), fault);
  }

  /** Beats too many are no progress: a unit that takes nothing more and never ends is given up. */
  @Test
  void givesUpWhatNeverEnds() {
    BenchResult result = run("endless", NARROW);
    assertTrue(result.hung());
    assertFalse(result.passed());
  }

  @Test
  void noticesCombinationalPaths() {
    BenchResult result = run("bypass", SINGLE);
    assertTrue(result.combinational() >= 0, result::toString);
  }
}
