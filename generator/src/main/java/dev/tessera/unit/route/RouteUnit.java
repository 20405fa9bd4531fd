package dev.tessera.unit.route;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Gear;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a position of every input while the last one leaves in output order. */
public final class RouteUnit implements HardwareUnit<RouteSpec> {
  private static final int MAP_BITS = 16;

  @Override
  public String kind() {
    return "route";
  }

  @Override
  public Class<RouteSpec> specClass() {
    return RouteSpec.class;
  }

  @Override
  public List<Frame> golden(RouteSpec spec, List<Frame> inputs) {
    for (int k = 0; k < inputs.size(); k++) {
      inputs.get(k).require(spec.inputs().get(k).type(), spec.name());
    }
    StreamType out = spec.output();
    int plane = out.width() * out.height();
    Frame made = new Frame(out.channels(), out.height(), out.width());
    for (int c = 0; c < out.channels(); c++) {
      RouteSpec.Tap tap = spec.map().get(c);
      int[] from = inputs.get(tap.input()).data();
      System.arraycopy(from, tap.channel() * plane, made.data(), c * plane, plane);
    }
    return List.of(made);
  }

  @Override
  public Cost cost(RouteSpec spec) {
    StreamType out = spec.output();
    int held = out.beatsPerPosition() * out.bits();
    int lut = out.beatsPerPosition() > 1 ? 2 * held : 0;
    int ff = held + 8;
    for (StreamType in : spec.inputs()) {
      int collected = (in.beatsPerPosition() - 1) * in.bits();
      lut += in.bits() + 2 * in.beatsPerPosition();
      ff += in.bits() + collected + 4;
    }
    long cycles = (long) out.width() * out.height() * spec.cyclesPerPosition();
    return Cost.wiring(cycles, lut, ff, 0);
  }

  @Override
  public Schedule schedule(RouteSpec spec, List<long[]> arrivals) {
    int inputs = spec.inputs().size();
    int positions = arrivals.get(0).length / spec.inputs().get(0).beatsPerPosition();
    int outBeats = spec.output().beatsPerPosition();
    Gear gear = new Gear(outBeats, 1, positions * outBeats);
    List<long[]> taken = new ArrayList<>();
    List<Skid> skids = new ArrayList<>();
    for (long[] a : arrivals) {
      taken.add(new long[a.length]);
      skids.add(new Skid());
    }
    for (int p = 0; p < positions; p++) {
      long complete = Long.MIN_VALUE;
      for (int k = 0; k < inputs; k++) {
        int beats = spec.inputs().get(k).beatsPerPosition();
        collect(skids.get(k), arrivals.get(k), taken.get(k), p * beats, beats);
        complete = Math.max(complete, taken.get(k)[p * beats + beats - 1]);
      }
      long load = gear.load(complete);
      skids.forEach(s -> s.consume(load));
    }
    return new Schedule(taken, List.of(gear.made()));
  }

  private static void collect(Skid skid, long[] arrivals, long[] taken, int first, int beats) {
    for (int i = first; i < first + beats; i++) {
      taken[i] = skid.take(arrivals[i]);
      skid.consume(taken[i]);
    }
  }

  @Override
  public RtlModule rtl(RouteSpec spec) {
    Map<String, String> parameters = new LinkedHashMap<>();
    List<Integer> base = new ArrayList<>();
    int channels = 0;
    for (int k = 0; k < spec.inputs().size(); k++) {
      StreamType in = spec.inputs().get(k);
      parameters.put("C" + k, Integer.toString(in.channels()));
      parameters.put("L" + k, Integer.toString(in.lanes()));
      parameters.put("B" + k, Integer.toString(in.type().bits()));
      parameters.put("S" + k, in.type().signed() ? "1" : "0");
      base.add(channels);
      channels += in.channels();
    }
    Word map = new Word();
    for (RouteSpec.Tap tap : spec.map()) {
      map.add(base.get(tap.input()) + tap.channel(), MAP_BITS);
    }
    parameters.put("OUT_C", Integer.toString(spec.output().channels()));
    parameters.put("OUT_L", Integer.toString(spec.output().lanes()));
    parameters.put("OUT_B", Integer.toString(spec.output().type().bits()));
    parameters.put("MAP", map.literal());
    String module = "ts_route" + spec.inputs().size();
    List<String> sources =
        List.of(
            "lib/ts_skid.sv",
            "lib/ts_gather.sv",
            "lib/ts_gear.sv",
            "unit/route/ts_route_out.sv",
            "unit/route/" + module + ".sv");
    return new RtlModule(module, sources, parameters, List.of(), List.of());
  }

  @Override
  public RouteSpec resized(RouteSpec spec, Size frame, List<StreamType> inputs) {
    StreamType output = spec.output().withSize(Size.of(inputs.get(0)));
    return new RouteSpec(spec.name(), inputs, output, spec.map());
  }

  @Override
  public String summary() {
    return "wires any channels of its inputs to one stream and changes the number of lanes";
  }
}
