package dev.tessera.unit.fork;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Gives every beat to all readers; a reader that is ready takes it without waiting for the rest.
 */
public final class ForkUnit implements HardwareUnit<ForkSpec> {
  private static final int LATENCY = 1;

  @Override
  public String kind() {
    return "fork";
  }

  @Override
  public Class<ForkSpec> specClass() {
    return ForkSpec.class;
  }

  @Override
  public List<Frame> golden(ForkSpec spec, List<Frame> inputs) {
    Frame frame = inputs.get(0).require(spec.type().type(), spec.name());
    return Collections.nCopies(spec.count(), frame);
  }

  @Override
  public Cost cost(ForkSpec spec) {
    int bits = spec.type().bits();
    int control = 3 * spec.count() + 2;
    return Cost.wiring(spec.type().beatsPerFrame(), bits + control, 2 * bits + control, 0);
  }

  @Override
  public Schedule schedule(ForkSpec spec, List<long[]> arrivals) {
    long[] taken = Skid.takeAll(arrivals.get(0));
    long[] made = Skid.delay(taken, LATENCY);
    return new Schedule(List.of(taken), Collections.nCopies(spec.count(), made));
  }

  @Override
  public RtlModule rtl(ForkSpec spec) {
    String module = "ts_fork" + spec.count();
    return new RtlModule(
        module,
        List.of("lib/ts_skid.sv", "lib/ts_fork.sv", "unit/fork/" + module + ".sv"),
        Map.of("W", Integer.toString(spec.type().bits())),
        List.of(),
        List.of());
  }

  @Override
  public ForkSpec resized(ForkSpec spec, Size frame, List<StreamType> inputs) {
    return new ForkSpec(spec.name(), inputs.get(0), spec.count());
  }

  @Override
  public String summary() {
    return "gives one stream to several readers, each at its own pace within one beat";
  }
}
