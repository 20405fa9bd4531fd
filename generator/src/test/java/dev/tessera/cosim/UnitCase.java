package dev.tessera.cosim;

import dev.tessera.emit.UnitUnderTest;
import dev.tessera.emit.VideoPins;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One spec under test, with random frames over the whole range of every input.
 *
 * @param name name in the simulation
 */
record UnitCase<S extends UnitSpec>(String name, HardwareUnit<S> unit, S spec) {
  static final int FRAMES = 3;
  private static final double RARE = 0.05;
  private static final double OFTEN = 0.4;

  UnitUnderTest dut() {
    return dut(unit.rtl(spec));
  }

  UnitUnderTest dut(RtlModule module) {
    return new UnitUnderTest(name, spec, module);
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

  /** The unit's own prediction of a run in which nothing ever waits. */
  Schedule schedule() {
    List<long[]> arrivals = inputs().stream().map(t -> new long[frames(t)]).toList();
    return unit.schedule(spec, arrivals);
  }

  private static int frames(StreamType type) {
    return Math.toIntExact(FRAMES * type.beatsPerFrame());
  }

  /**
   * Runs the unit undisturbed, under rare and frequent pauses, and after resets in the middle of a
   * frame; the undisturbed run is the last.
   */
  List<BenchResult> run(Bench bench) {
    Random random = new Random(spec.name().hashCode());
    List<List<Frame>> frames = new ArrayList<>();
    for (int f = 0; f < FRAMES; f++) {
      frames.add(inputs().stream().map(type -> noise(type, random)).toList());
    }
    List<List<Frame>> golden = frames.stream().map(in -> unit.golden(spec, in)).toList();
    for (int i = 0; i < inputs().size(); i++) {
      bench.vectors(name, "in" + i, column(frames, i));
    }
    for (int i = 0; i < outputs().size(); i++) {
      bench.vectors(name, "out" + i, column(golden, i));
    }
    long beats = inputs().get(0).beatsPerFrame();
    BenchPlan plain = BenchPlan.plain(name, FRAMES);
    return bench.run(
        List.of(
            plain.stalled(RARE, 1),
            plain.stalled(OFTEN, 2),
            plain.resetAfter(beats * 4 / 3).stalled(RARE, 3),
            plain.resetAfter(beats / 2 + 1).recorded()));
  }

  private static List<Frame> column(List<List<Frame>> frames, int port) {
    return frames.stream().map(f -> f.get(port)).toList();
  }

  private static Frame noise(StreamType type, Random random) {
    Frame frame = new Frame(type.channels(), type.height(), type.width());
    long size = type.type().max() - type.type().min() + 1;
    for (int i = 0; i < frame.data().length; i++) {
      frame.data()[i] = (int) (type.type().min() + Math.floorMod(random.nextLong(), size));
    }
    return frame;
  }
}
