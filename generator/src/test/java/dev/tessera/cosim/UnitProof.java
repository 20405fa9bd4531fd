package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.VideoPins;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Laws 1, 4 and 8 for units: RTL against golden model, cycles against the cycle model, lint. All
 * specs are built into one simulation; each then gives one test.
 */
public final class UnitProof {
  private static final int FRAMES = 3;
  private static final double RARE = 0.05;
  private static final double OFTEN = 0.4;

  private final Map<UnitSpec, Case<?>> cases = new LinkedHashMap<>();
  private Bench bench;

  private record Case<S extends UnitSpec>(HardwareUnit<S> unit, S spec) {
    RtlModule rtl() {
      return unit.rtl(spec);
    }

    List<List<Frame>> golden(List<List<Frame>> inputs) {
      return inputs.stream().map(in -> unit.golden(spec, in)).toList();
    }

    List<StreamType> inputs() {
      return VideoPins.inputs(spec);
    }

    List<StreamType> outputs() {
      return VideoPins.outputs(spec);
    }

    long cyclesPerFrame() {
      return unit.cost(spec).cyclesPerFrame();
    }

    Schedule schedule(List<long[]> arrivals) {
      return unit.schedule(spec, arrivals);
    }
  }

  /** Adds specs of one kind; names must differ over everything that is added. */
  public <S extends UnitSpec> UnitProof add(HardwareUnit<S> unit, List<S> specs) {
    specs.forEach(spec -> cases.put(spec, new Case<>(unit, spec)));
    return this;
  }

  /** Builds the simulation. */
  public UnitProof build(Path work) {
    Map<UnitSpec, RtlModule> modules = new LinkedHashMap<>();
    cases.forEach((spec, c) -> modules.put(spec, c.rtl()));
    bench = UnitBench.build(Verilator.find(), modules, work, BuildOptions.PROOF);
    return this;
  }

  /** One test per spec. */
  public List<DynamicTest> tests() {
    return cases.values().stream()
        .map(c -> DynamicTest.dynamicTest(c.spec().name(), () -> prove(c)))
        .toList();
  }

  /** Proves one spec; throws an assertion error that names the place of the first fault. */
  private void prove(Case<?> c) {
    String name = c.spec().name();
    List<List<Frame>> inputs = frames(c.spec());
    List<List<Frame>> outputs = c.golden(inputs);
    for (int i = 0; i < c.inputs().size(); i++) {
      bench.vectors(name, "in" + i, column(inputs, i));
    }
    for (int i = 0; i < c.outputs().size(); i++) {
      bench.vectors(name, "out" + i, column(outputs, i));
    }
    long beats = c.inputs().get(0).beatsPerFrame();
    BenchPlan plain = BenchPlan.plain(name, FRAMES);
    List<BenchResult> results =
        bench.run(
            List.of(
                plain.stalled(RARE, 1),
                plain.stalled(OFTEN, 2),
                plain.resetAfter(beats * 4 / 3).stalled(RARE, 3),
                plain.resetAfter(beats / 2 + 1).recorded()));
    for (BenchResult result : results) {
      result.fault().ifPresent(fault -> assertEquals("", fault));
      assertTrue(result.passed(), () -> name + " lacks beats: " + result);
    }
    checkCycles(c, results.get(results.size() - 1));
  }

  private void checkCycles(Case<?> c, BenchResult free) {
    String name = c.spec().name();
    List<long[]> arrivals =
        c.inputs().stream()
            .map(t -> LongStream.range(0, FRAMES * t.beatsPerFrame()).toArray())
            .toList();
    Schedule schedule = c.schedule(arrivals);
    for (int i = 0; i < c.outputs().size(); i++) {
      long measured = free.port("out" + i).steadyCycles();
      assertEquals(c.cyclesPerFrame(), measured, name + ": cycles per frame");
      long[] made = schedule.made().get(i);
      int frame = (int) c.outputs().get(i).beatsPerFrame();
      long planned = made[made.length - 1] - made[made.length - 1 - frame];
      assertEquals(planned, measured, name + ": cycles per frame of the schedule");
      long[] times = bench.times(name, "out" + i);
      assertEquals(made.length, times.length, name + ": beats of the schedule");
    }
  }

  private static List<Frame> column(List<List<Frame>> frames, int port) {
    return frames.stream().map(f -> f.get(port)).toList();
  }

  /** Random frames over the whole range of every input's type. */
  private static List<List<Frame>> frames(UnitSpec spec) {
    Random random = new Random(spec.name().hashCode());
    List<List<Frame>> frames = new ArrayList<>();
    for (int f = 0; f < FRAMES; f++) {
      frames.add(VideoPins.inputs(spec).stream().map(type -> frame(type, random)).toList());
    }
    return frames;
  }

  private static Frame frame(StreamType type, Random random) {
    Frame frame = new Frame(type.channels(), type.height(), type.width());
    long size = type.type().max() - type.type().min() + 1;
    IntStream.range(0, frame.data().length)
        .forEach(
            i ->
                frame.data()[i] =
                    (int) (type.type().min() + Math.floorMod(random.nextLong(), size)));
    return frame;
  }
}
