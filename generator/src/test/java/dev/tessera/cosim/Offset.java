package dev.tessera.cosim;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A unit for tests of the bench: adds a constant, modulo the type, and has faults to switch on. */
final class Offset implements HardwareUnit<Offset.Spec> {
  /** Two cycles per beat: it takes only when it is empty. */
  private static final int CYCLES = 2;

  record Spec(String name, StreamType type, int offset, Map<String, String> faults)
      implements UnitSpec {
    @Override
    public List<StreamType> inputs() {
      return List.of(type);
    }

    @Override
    public List<StreamType> outputs() {
      return List.of(type);
    }
  }

  @Override
  public String kind() {
    return "offset";
  }

  @Override
  public Class<Spec> specClass() {
    return Spec.class;
  }

  @Override
  public List<Frame> golden(Spec spec, List<Frame> inputs) {
    Frame in = inputs.get(0);
    Frame out = new Frame(in.channels(), in.height(), in.width());
    long size = 1L << spec.type().type().bits();
    for (int i = 0; i < out.data().length; i++) {
      long shifted = in.data()[i] + spec.offset() - spec.type().type().min();
      out.data()[i] = (int) (Math.floorMod(shifted, size) + spec.type().type().min());
    }
    return List.of(out);
  }

  @Override
  public Cost cost(Spec spec) {
    return Cost.wiring(CYCLES * spec.type().beatsPerFrame(), 0, 0, 0);
  }

  @Override
  public Schedule schedule(Spec spec, List<long[]> arrivals) {
    long[] taken = new long[arrivals.get(0).length];
    long[] made = new long[taken.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = Math.max(arrivals.get(0)[i], i == 0 ? 0 : taken[i - 1] + CYCLES);
      made[i] = taken[i] + 1;
    }
    return new Schedule(List.of(taken), List.of(made));
  }

  @Override
  public Spec resized(Spec spec, Size frame, List<StreamType> inputs) {
    return new Spec(spec.name(), inputs.get(0), spec.offset(), spec.faults());
  }

  @Override
  public RtlModule rtl(Spec spec) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("LANES", "" + spec.type().lanes() * spec.type().positions());
    parameters.put("BITS", "" + spec.type().type().bits());
    parameters.put("OFFSET", "" + spec.offset());
    parameters.putAll(spec.faults());
    return new RtlModule(
        "ts_test_offset",
        List.of("test/ts_test_offset.sv"),
        parameters,
        new ArrayList<>(),
        List.of());
  }

  @Override
  public String summary() {
    return "Adds a constant.";
  }
}
