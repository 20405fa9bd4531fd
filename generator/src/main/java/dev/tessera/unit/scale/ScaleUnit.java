package dev.tessera.unit.scale;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requantises every value with the multiplier and offset of its channel. */
public final class ScaleUnit implements HardwareUnit<ScaleSpec> {
  private static final int LATENCY = RequantLanes.LATENCY;

  @Override
  public String kind() {
    return "scale";
  }

  @Override
  public Class<ScaleSpec> specClass() {
    return ScaleSpec.class;
  }

  @Override
  public List<Frame> golden(ScaleSpec spec, List<Frame> inputs) {
    Frame in = inputs.get(0).require(spec.input().type(), spec.name());
    return List.of(spec.lanes().applied(in));
  }

  @Override
  public Cost cost(ScaleSpec spec) {
    StreamType out = spec.output();
    int lut = spec.input().bits() + spec.lanes().lut(out.type());
    int ff = spec.input().bits() + out.bits() + spec.lanes().ff() + 16;
    return new Cost(out.beatsPerFrame(), 0, 0, spec.lanes().dsp(), lut, ff, 0);
  }

  @Override
  public Schedule schedule(ScaleSpec spec, List<long[]> arrivals) {
    long[] taken = Skid.takeAll(arrivals.get(0));
    return new Schedule(List.of(taken), List.of(Skid.delay(taken, LATENCY)));
  }

  @Override
  public RtlModule rtl(ScaleSpec spec) {
    MemoryImage memory = spec.lanes().memory(spec.name() + "_coefficients.hex");
    Map<String, String> p = new LinkedHashMap<>();
    p.put("LANES", Integer.toString(spec.output().lanes()));
    p.put("BEATS", Integer.toString(spec.output().beatsPerPosition()));
    p.put("IN_B", Integer.toString(spec.input().type().bits()));
    p.put("IN_S", spec.input().type().signed() ? "1" : "0");
    p.put("OUT_B", Integer.toString(spec.output().type().bits()));
    spec.lanes().parameters(p);
    p.put("FILE", '"' + memory.file() + '"');
    return new RtlModule(
        "ts_scale",
        List.of(
            "lib/ts_skid.sv", "lib/ts_clamp.sv", "lib/ts_scale_lane.sv", "unit/scale/ts_scale.sv"),
        p,
        List.of(memory),
        List.of());
  }

  @Override
  public ScaleSpec resized(ScaleSpec spec, Size frame, List<StreamType> inputs) {
    return ScaleSpec.of(spec.name(), inputs.get(0), spec.output().type(), spec.requant());
  }

  @Override
  public String summary() {
    return "requantises a map per channel, with an own slope below a threshold if asked";
  }
}
