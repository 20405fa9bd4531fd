package dev.tessera.unit.d2s;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.Ram;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Scaling;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pixel shuffle through one FIFO per phase row. */
public final class D2sUnit implements HardwareUnit<D2sSpec> {
  private static final int DEPTH_BITS = 32;
  private static final int STEADY_ROWS = 4;

  @Override
  public String kind() {
    return "d2s";
  }

  @Override
  public Class<D2sSpec> specClass() {
    return D2sSpec.class;
  }

  @Override
  public List<Frame> golden(D2sSpec spec, List<Frame> inputs) {
    Frame in = inputs.get(0).require(spec.input().type(), spec.name());
    return List.of(in.shuffled(spec.block(), spec.crd()));
  }

  @Override
  public Cost cost(D2sSpec spec) {
    StreamType in = spec.input();
    int word = spec.wordValues() * in.type().bits();
    int collected = (in.beatsPerPosition() - 1) * in.bits();
    int lut = in.bits() + word * spec.block() / 2;
    int ff = in.bits() + collected + word + spec.output().bits() + 24;
    double bram = 0;
    List<Ram.Shape> rams = new ArrayList<>();
    for (int depth : spec.depths()) {
      lut += Fifo.lut(depth, word);
      ff += Fifo.ff(depth, word);
      bram += Fifo.bram36(depth, word);
      Fifo.ram(depth, word).ifPresent(rams::add);
    }
    return new Cost(cyclesPerFrame(spec), 0, 0, 0, lut, ff, bram, List.of(new Ram(rams, true)));
  }

  /**
   * Distance of frames when input is always there: rows repeat with one period, which the second
   * half of a few rows shows.
   */
  private static long cyclesPerFrame(D2sSpec spec) {
    int row = spec.input().width() * spec.input().beatsPerPosition();
    long[] made = schedule(spec, new long[2 * STEADY_ROWS * row]).made().get(0);
    long rows = made[made.length - 1] - made[made.length / 2 - 1];
    return rows * spec.input().height() / STEADY_ROWS;
  }

  @Override
  public Schedule schedule(D2sSpec spec, List<long[]> arrivals) {
    return schedule(spec, arrivals.get(0));
  }

  private static Schedule schedule(D2sSpec spec, long[] arrivals) {
    return new D2sTiming(spec.input(), spec.output(), spec.block(), spec.depths()).run(arrivals);
  }

  @Override
  public RtlModule rtl(D2sSpec spec) {
    StreamType out = spec.output();
    Word depths = new Word();
    spec.depths().forEach(d -> depths.add(d, DEPTH_BITS));
    Map<String, String> p = new LinkedHashMap<>();
    p.put("S", Integer.toString(spec.block()));
    p.put("C", Integer.toString(out.channels()));
    p.put("B", Integer.toString(out.type().bits()));
    p.put("IN_L", Integer.toString(spec.input().lanes()));
    p.put("OUT_L", Integer.toString(out.lanes()));
    p.put("PPC", Integer.toString(out.positions()));
    p.put("WIDTH", Integer.toString(spec.input().width()));
    p.put("HEIGHT", Integer.toString(spec.input().height()));
    p.put("RESIZABLE", "0");
    p.put("CRD", spec.crd() ? "1" : "0");
    p.put("DEPTHS", depths.literal());
    List<String> sources =
        List.of(
            "lib/ts_skid.sv",
            "lib/ts_gather.sv",
            "lib/ts_gear.sv",
            "lib/ts_ram.sv",
            "lib/ts_fifo.sv",
            "lib/ts_frame.sv",
            "unit/d2s/ts_d2s.sv");
    return new RtlModule("ts_d2s", sources, p, List.of(), List.of(), SizeWord.ports(1));
  }

  /** On frames wider than planned, which only a golden model sees, the FIFOs are longer. */
  @Override
  public D2sSpec resized(D2sSpec spec, Size frame, List<StreamType> inputs) {
    StreamType in = inputs.get(0);
    StreamType out = spec.output();
    StreamType made = D2sSpec.shuffled(in, spec.block(), out.lanes(), out.positions());
    List<Integer> depths = spec.depths().stream().map(d -> Math.max(d, in.width())).toList();
    boolean wider = in.width() > spec.input().width();
    return new D2sSpec(
        spec.name(), in, made, spec.block(), spec.crd(), wider ? depths : spec.depths());
  }

  @Override
  public SizeMap sizes(D2sSpec spec, SizeMap input) {
    Scaling times = new Scaling(spec.block(), 0, 1);
    return input.then(times, times);
  }

  @Override
  public List<SizeWord> sizeWords(D2sSpec spec) {
    return List.of(SizeWord.INPUT);
  }

  @Override
  public String summary() {
    return "turns channels into neighbouring pixels through one FIFO per phase row";
  }
}
