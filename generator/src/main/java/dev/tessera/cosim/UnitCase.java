package dev.tessera.cosim;

import dev.tessera.emit.UnitUnderTest;
import dev.tessera.emit.VideoPins;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One spec under test, with random frames over the whole range of every input.
 *
 * @param name name in the simulation
 * @param resizable whether the RTL is told the size of every frame
 * @param patience cycles without any transfer after which a run is given up
 */
record UnitCase<S extends UnitSpec>(
    String name, HardwareUnit<S> unit, S spec, boolean resizable, long patience) {
  static final int FRAMES = 3;
  private static final double RARE = 0.05;
  private static final double OFTEN = 0.4;

  UnitCase(String name, HardwareUnit<S> unit, S spec) {
    this(name, unit, spec, false);
  }

  UnitCase(String name, HardwareUnit<S> unit, S spec, boolean resizable) {
    this(name, unit, spec, resizable, BenchPlan.WATCHDOG);
  }

  UnitUnderTest dut() {
    return dut(resizable ? unit.resizable(spec, range()) : unit.rtl(spec));
  }

  UnitUnderTest dut(RtlModule module) {
    return new UnitUnderTest(name, spec, module, resizable ? sizeWords() : 0);
  }

  private int sizeWords() {
    return spec.inputs().isEmpty() ? 1 : unit.sizeWords(spec).size();
  }

  /** Whether the size of the frames makes a difference to the unit. */
  boolean dependsOnSize() {
    return spec.inputs().isEmpty() || !unit.sizeWords(spec).isEmpty();
  }

  /** The size of the frames of the first input, or of a source's own. */
  private static Size size(UnitSpec spec) {
    return Size.of((spec.inputs().isEmpty() ? spec.outputs() : spec.inputs()).get(0));
  }

  private S sized(Size size) {
    return unit.resized(
        spec, size, spec.inputs().stream().map(type -> type.withSize(size)).toList());
  }

  private boolean fits(Size size) {
    try {
      return sized(size) != null;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  SizeRange range() {
    Size most = size(spec);
    int width = 1;
    while (!fits(new Size(width, most.height()))) {
      width++;
    }
    int height = 1;
    while (!fits(new Size(most.width(), height))) {
      height++;
    }
    int step = 1;
    while (width % (2 * step) == 0 && !fits(new Size(width + step, most.height()))) {
      step *= 2;
    }
    return new SizeRange(new Size(width, height), most, step, 1);
  }

  /** Larger, smaller, equal, least, one axis only: what may follow what. */
  private List<Size> sequence() {
    SizeRange range = range();
    Size most = range.most();
    Size least = range.least();
    int step = range.widthStep();
    int middle = (most.width() + least.width()) / 2 / step * step;
    List<Size> sizes = new ArrayList<>(List.of(most, least, least, most, most));
    sizes.add(new Size(least.width(), most.height()));
    sizes.add(new Size(Math.max(least.width(), middle), most.height()));
    sizes.add(new Size(most.width(), least.height()));
    sizes.add(new Size(most.width(), most.height()));
    sizes.add(new Size(Math.max(least.width(), most.width() - step), least.height()));
    sizes.add(new Size(Math.max(least.width(), middle), (most.height() + least.height()) / 2));
    sizes.addAll(List.of(least, least, least, least));
    return sizes;
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
    vectors(bench, Collections.nCopies(FRAMES, size(spec)));
    return bench.run(plans(FRAMES));
  }

  /** The same with frames of different sizes. */
  List<BenchResult> runSizes(Bench bench) {
    List<Size> sizes = sequence();
    vectors(bench, sizes);
    return bench.run(plans(sizes.size()));
  }

  private List<BenchPlan> plans(int frames) {
    long beats = inputs().get(0).beatsPerFrame();
    BenchPlan plain = BenchPlan.plain(name, frames).watchdog(patience);
    return List.of(
        plain.stalled(RARE, 1),
        plain.stalled(OFTEN, 2),
        plain.resetAfter(beats * 4 / 3).stalled(RARE, 3),
        plain.resetAfter(beats / 2 + 1).recorded());
  }

  private void vectors(Bench bench, List<Size> sizes) {
    Random random = new Random(spec.name().hashCode());
    List<List<Frame>> frames = new ArrayList<>();
    List<List<Frame>> golden = new ArrayList<>();
    for (Size size : sizes) {
      S sized = size.equals(size(spec)) ? spec : sized(size);
      List<Frame> in = VideoPins.inputs(sized).stream().map(t -> noise(t, random)).toList();
      frames.add(in);
      golden.add(unit.golden(sized, in));
    }
    for (int i = 0; i < inputs().size(); i++) {
      bench.vectors(name, "in" + i, column(frames, i));
    }
    for (int i = 0; i < outputs().size(); i++) {
      bench.vectors(name, "out" + i, column(golden, i));
    }
    if (resizable) {
      bench.vectors(name, "size", sizes.stream().map(this::word).toList());
    }
  }

  /** The beat of the size port for a frame. */
  private Frame word(Size size) {
    List<Integer> values = new ArrayList<>(List.of(size.width(), size.height()));
    if (sizeWords() == 2) {
      Size made = Size.of(sized(size).outputs().get(0));
      values.addAll(List.of(made.width(), made.height()));
    }
    return new Frame(values.size(), 1, 1, values.stream().mapToInt(v -> v).toArray());
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
