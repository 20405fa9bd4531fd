package dev.tessera.unit.pool;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.Ram;
import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Scaling;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.StreamType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maximum or sum of windows, first along rows, then along columns. */
public final class PoolUnit implements HardwareUnit<PoolSpec> {
  @Override
  public String kind() {
    return "pool";
  }

  @Override
  public Class<PoolSpec> specClass() {
    return PoolSpec.class;
  }

  @Override
  public List<Frame> golden(PoolSpec spec, List<Frame> inputs) {
    return List.of(PoolGolden.run(spec, inputs.get(0).require(spec.input().type(), spec.name())));
  }

  @Override
  public Cost cost(PoolSpec spec) {
    StreamType in = spec.input();
    PoolAxis columns = spec.columns();
    int open = spec.rows().open() * spec.accumulatorBits() + columns.open() * spec.rowBits();
    int operators = (spec.max() ? 2 : 1) * in.lanes() * open;
    int delays = in.lanes() * columns.stored() * spec.rowBits() * in.beatsPerPosition();
    int lut = in.bits() + operators;
    int ff = in.bits() + delays + in.lanes() * (open + spec.rowBits()) + 64;
    int dsp = 0;
    if (!spec.plain()) {
      lut += spec.lanes().lut(spec.type());
      ff += spec.lanes().ff();
      dsp = spec.lanes().dsp();
    }
    List<Ram> rams = new ArrayList<>();
    double bram = 0;
    if (spec.bufferBits() > 0) {
      int words = spec.bufferWords();
      lut += Fifo.lut(words, spec.bufferBits());
      ff += 2 * spec.bufferBits();
      bram = Fifo.bram36(words, spec.bufferBits());
      Fifo.ram(words, spec.bufferBits()).ifPresent(s -> rams.add(new Ram(List.of(s), false)));
    }
    return new Cost(spec.steps(), 0, 0, dsp, lut, ff, bram, rams);
  }

  @Override
  public Schedule schedule(PoolSpec spec, List<long[]> arrivals) {
    return PoolSchedule.of(spec, arrivals.get(0));
  }

  @Override
  public RtlModule rtl(PoolSpec spec) {
    StreamType in = spec.input();
    List<MemoryImage> memories = new ArrayList<>();
    Map<String, String> p = new LinkedHashMap<>();
    p.put("WIDTH", Integer.toString(in.width()));
    p.put("HEIGHT", Integer.toString(in.height()));
    p.put("LANES", Integer.toString(in.lanes()));
    p.put("BEATS", Integer.toString(in.beatsPerPosition()));
    p.put("B", Integer.toString(in.type().bits()));
    p.put("S", in.type().signed() ? "1" : "0");
    p.put("MAX", spec.max() ? "1" : "0");
    p.put("KH", Integer.toString(spec.kernelHeight()));
    p.put("KW", Integer.toString(spec.kernelWidth()));
    p.put("SH", Integer.toString(spec.rows().step()));
    p.put("SW", Integer.toString(spec.columns().step()));
    p.put("PT", Integer.toString(spec.pads().top()));
    p.put("PL", Integer.toString(spec.pads().left()));
    p.put("PB", Integer.toString(spec.pads().bottom()));
    p.put("PR", Integer.toString(spec.pads().right()));
    p.put("ROW_W", Integer.toString(spec.rowBits()));
    p.put("ACC_W", Integer.toString(spec.accumulatorBits()));
    p.put("DEPTH", Integer.toString(spec.bufferWords()));
    p.put("RESIZABLE", "0");
    p.put("OUT_B", Integer.toString(spec.type().bits()));
    p.put("PLAIN", spec.plain() ? "1" : "0");
    if (!spec.plain()) {
      MemoryImage memory = spec.lanes().memory(spec.name() + "_coefficients.hex");
      memories.add(memory);
      p.put("CLASSES", Integer.toString(spec.classes()));
      spec.lanes().parameters(p);
      p.put("FILE", '"' + memory.file() + '"');
    }
    return new RtlModule("ts_pool", sources(), p, memories, List.of(), SizeWord.ports(1));
  }

  private static List<String> sources() {
    List<String> sources =
        new ArrayList<>(
            List.of("lib/ts_skid.sv", "lib/ts_ram.sv", "lib/ts_fifo.sv", "lib/ts_frame.sv"));
    sources.addAll(RequantLanes.SOURCES);
    for (String part : List.of("axis", "walk", "merge", "row", "column")) {
      sources.add("unit/pool/ts_pool_" + part + ".sv");
    }
    sources.add("unit/pool/ts_pool.sv");
    return sources;
  }

  @Override
  public PoolSpec resized(PoolSpec spec, Size frame, List<StreamType> inputs) {
    return new PoolSpec(
        spec.name(),
        inputs.get(0),
        spec.kernelHeight(),
        spec.kernelWidth(),
        spec.stride(),
        spec.pads(),
        spec.max(),
        spec.requant(),
        spec.type());
  }

  @Override
  public SizeMap sizes(PoolSpec spec, SizeMap input) {
    return input.then(scaling(spec.columns()), scaling(spec.rows()));
  }

  private static Scaling scaling(PoolAxis axis) {
    int add = axis.before() + axis.after() - axis.kernel() + axis.stride();
    return new Scaling(1, add, axis.stride());
  }

  @Override
  public List<SizeWord> sizeWords(PoolSpec spec) {
    return List.of(SizeWord.INPUT);
  }

  @Override
  public String summary() {
    return "takes the maximum or the average of windows of any size and stride";
  }
}
