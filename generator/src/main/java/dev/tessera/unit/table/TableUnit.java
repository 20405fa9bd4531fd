package dev.tessera.unit.table;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.Word;
import dev.tessera.num.FixedType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks every value up in a table, one memory per lane. */
public final class TableUnit implements HardwareUnit<TableSpec> {
  private static final int LATENCY = 2;
  private static final int WORDS_PER_LUT = 64;

  @Override
  public String kind() {
    return "table";
  }

  @Override
  public Class<TableSpec> specClass() {
    return TableSpec.class;
  }

  @Override
  public List<Frame> golden(TableSpec spec, List<Frame> inputs) {
    FixedType type = spec.input().type();
    Frame in = inputs.get(0).require(type, spec.name());
    Frame out = new Frame(in.channels(), in.height(), in.width());
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = spec.entries()[(int) (in.data()[i] - type.min())];
    }
    return List.of(out);
  }

  @Override
  public Cost cost(TableSpec spec) {
    StreamType out = spec.output();
    int words = spec.entries().length;
    int lut = spec.input().bits();
    if (!spec.block()) {
      lut += out.bits() * Bits.ceilDiv(words, WORDS_PER_LUT);
    }
    int ff = spec.input().bits() + (spec.block() ? 4 : 2 * out.bits() + 4);
    double bram = spec.block() ? out.lanes() * Fifo.ramBram36(words, out.type().bits()) : 0;
    return Cost.wiring(out.beatsPerFrame(), lut, ff, bram);
  }

  @Override
  public Schedule schedule(TableSpec spec, List<long[]> arrivals) {
    long[] taken = Skid.takeAll(arrivals.get(0));
    return new Schedule(List.of(taken), List.of(Skid.delay(taken, LATENCY)));
  }

  @Override
  public RtlModule rtl(TableSpec spec) {
    MemoryImage memory = memory(spec);
    Map<String, String> p = new LinkedHashMap<>();
    p.put("LANES", Integer.toString(spec.output().lanes()));
    p.put("IN_B", Integer.toString(spec.input().type().bits()));
    p.put("OUT_B", Integer.toString(spec.output().type().bits()));
    p.put("BLOCK", spec.block() ? "1" : "0");
    p.put("FILE", '"' + memory.file() + '"');
    return new RtlModule(
        "ts_table",
        List.of("lib/ts_skid.sv", "unit/table/ts_lookup.sv", "unit/table/ts_table.sv"),
        p,
        List.of(memory),
        List.of());
  }

  /** Word i is the entry of the code whose bits are i, so that the code itself is the address. */
  private static MemoryImage memory(TableSpec spec) {
    FixedType in = spec.input().type();
    int bits = spec.output().type().bits();
    int count = spec.entries().length;
    List<BigInteger> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long code = in.signed() && i >= count / 2 ? i - count : i;
      words.add(new Word().add(spec.entries()[(int) (code - in.min())], bits).value());
    }
    return new MemoryImage(spec.name() + "_table.hex", bits, words);
  }

  @Override
  public TableSpec resized(TableSpec spec, Size frame, List<StreamType> inputs) {
    return TableSpec.of(spec.name(), inputs.get(0), spec.output().type(), spec.entries());
  }

  @Override
  public String summary() {
    return "applies a smooth function as a table of codes";
  }
}
