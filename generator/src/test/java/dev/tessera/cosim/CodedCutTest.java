package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.UnitUnderTest;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.unit.codec.CutSamples;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.codec.CutUnit;
import dev.tessera.unit.codec.EncoderSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every codec of hardware against its golden model: the encoder's words, and what the decoder makes
 * of them.
 */
@Tag("sim")
class CodedCutTest {
  private static final int FRAMES = 8;

  /** Cycles of a frame beyond those of the spec: the pipeline once, words that are waited for. */
  private static final int SPARE = 80;

  @TestFactory
  Stream<DynamicTest> whatIsStoredComesBack(@TempDir Path folder) {
    CutUnit unit = new CutUnit();
    List<CutSpec> specs = CutSamples.coded();
    Bench bench =
        UnitBench.build(
            Verilator.find(),
            specs.stream().map(s -> new UnitUnderTest(s.name(), s, unit.rtl(s), 0)).toList(),
            folder,
            BuildOptions.PROOF);
    return specs.stream()
        .map(s -> DynamicTest.dynamicTest(s.name() + " " + s.codec(), () -> prove(bench, s)));
  }

  @TestFactory
  Stream<DynamicTest> wordsAreThoseOfTheCodec(@TempDir Path folder) {
    List<EncoderSpec> specs =
        CutSamples.coded().stream()
            .map(cut -> new EncoderSpec(cut.name() + "_words", cut))
            .toList();
    Bench bench =
        UnitBench.build(
            Verilator.find(),
            specs.stream().map(s -> new UnitUnderTest(s.name(), s, s.rtl(), 0)).toList(),
            folder,
            BuildOptions.PROOF);
    return specs.stream().map(s -> DynamicTest.dynamicTest(s.name(), () -> encode(bench, s)));
  }

  private static void encode(Bench bench, EncoderSpec spec) {
    List<Frame> frames = frames(spec.cut().map(), new Random(spec.name().hashCode()));
    bench.vectors(spec.name(), "in0", frames);
    bench.vectors(spec.name(), "out0", frames.stream().map(spec::words).toList());
    BenchPlan plain = BenchPlan.plain(spec.name(), FRAMES);
    for (BenchResult result : bench.run(List.of(plain, plain.stalled(0.2, 1)))) {
      // An encoder hands "ready" on: in a cut it stands behind a cell that does not.
      for (BenchResult.PortResult port : result.ports()) {
        assertNull(port.first(), () -> spec.cut().codec() + ": " + port.first());
        assertEquals(port.expectedBeats(), port.beats());
      }
    }
  }

  private static void prove(Bench bench, CutSpec spec) {
    List<Frame> frames = frames(spec.map(), new Random(spec.name().hashCode()));
    bench.vectors(spec.name(), "in0", frames);
    List<Frame> golden =
        frames.stream().map(f -> new CutUnit().golden(spec, List.of(f)).get(0)).toList();
    bench.vectors(spec.name(), "out0", golden);
    long beats = spec.map().beatsPerFrame();
    BenchPlan plain = BenchPlan.plain(spec.name(), FRAMES);
    List<BenchResult> results =
        bench.run(
            List.of(
                plain.stalled(0.05, 1),
                plain.stalled(0.4, 2),
                plain.resetAfter(beats * 4 / 3).stalled(0.05, 3),
                plain.resetAfter(beats / 2 + 1)));
    for (BenchResult result : results) {
      assertEquals("", result.fault().orElse(""));
      assertTrue(result.passed(), result::toString);
    }
    List<Long> ends = results.get(3).port("out0").frameEnds();
    for (int n = 1; n < FRAMES; n++) {
      long cycles = ends.get(n) - ends.get(n - 1);
      assertTrue(cycles <= spec.cycles() + SPARE, "frame " + n + " took " + cycles + " cycles");
    }
  }

  /** Nothing, noise, single values, likeness between channels, extremes, and changes in a frame. */
  private static List<Frame> frames(StreamType map, Random random) {
    long least = map.type().min();
    long most = map.type().max();
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < FRAMES; n++) {
      Frame frame = new Frame(map.channels(), map.height(), map.width());
      int plane = map.height() * map.width();
      int level = 0;
      for (int i = 0; i < frame.data().length; i++) {
        level = i % plane == 0 ? random.nextInt(9) : level;
        long noise = least + Math.floorMod(random.nextLong(), most - least + 1);
        long likely = Math.floorMod(i % plane, 7) * (most / 8) + level;
        long value =
            switch (n) {
              case 0 -> 0;
              case 1 -> noise;
              case 2 -> random.nextInt(10) == 0 ? noise : 0;
              case 3 -> likely;
              case 4 -> random.nextBoolean() ? least : most;
              case 5 -> i % plane < plane / 2 ? noise : 0;
              case 6 -> i % plane < plane / 2 ? likely : noise;
              default -> random.nextInt(3) == 0 ? likely : 0;
            };
        frame.data()[i] = (int) Math.max(least, Math.min(most, value));
      }
      frames.add(frame);
    }
    return frames;
  }
}
