package dev.tessera.unit.norm;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Port;
import dev.tessera.hw.Ram;
import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import dev.tessera.num.NormTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Normalises a stored map with the multiplier and offset of its frame and channel. */
public final class NormUnit implements HardwareUnit<NormSpec> {
  /** One more than a requantiser: its factors come through the output register of a memory. */
  private static final int LATENCY = RequantLanes.LATENCY + 1;

  private static final int BLOCK_WORDS = 64;
  private static final int LUTRAM_WORDS = 32;

  /** As Yosys maps four lanes for UltraScale+. */
  private static final int LANE_LUT = 78;

  private static final int TABLE_LUT = 32;
  private static final int LANE_FF = 70;

  private static final List<Port> TABLE_PORTS =
      List.of(
          new Port("table_valid", true, 1),
          new Port("table_ready", false, 1),
          new Port("table_data", true, NormTable.BITS));

  @Override
  public String kind() {
    return "norm";
  }

  @Override
  public Class<NormSpec> specClass() {
    return NormSpec.class;
  }

  @Override
  public List<Frame> golden(NormSpec spec, List<Frame> inputs) {
    Frame in = inputs.get(0).require(spec.input().type(), spec.name());
    return List.of(spec.lanes().applied(in));
  }

  @Override
  public Cost cost(NormSpec spec) {
    StreamType out = spec.output();
    int lanes = out.lanes();
    int words = 2 * out.beatsPerPosition();
    boolean block = words > BLOCK_WORDS;
    int tables = block ? 0 : TABLE_LUT * Bits.ceilDiv(words, LUTRAM_WORDS);
    int lut = lanes * (LANE_LUT + tables);
    int ff = 30 + lanes * LANE_FF;
    List<Ram> rams = block ? List.of(Ram.of(lanes, words, NormTable.BITS, true)) : List.of();
    double blocks = block ? lanes * Bits.ceilDiv(NormTable.BITS, 36) / 2.0 : 0;
    return new Cost(out.beatsPerFrame(), 0, 0, lanes, lut, ff, blocks, rams);
  }

  @Override
  public Schedule schedule(NormSpec spec, List<long[]> arrivals) {
    long[] taken = Skid.takeAll(arrivals.get(0));
    return new Schedule(List.of(taken), List.of(Skid.delay(taken, LATENCY)));
  }

  @Override
  public RtlModule rtl(NormSpec spec) {
    StreamType in = spec.input();
    MemoryImage memory = typical(spec);
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "N", in.channels());
    put(p, "LANES", in.lanes());
    put(p, "POSITIONS", in.width() * in.height());
    put(p, "IN_B", in.type().bits());
    put(p, "IN_S", in.type().signed() ? 1 : 0);
    put(p, "OUT_B", spec.output().type().bits());
    put(p, "OFFSET_SHIFT", spec.norm().offsetShift());
    put(p, "SHIFT", spec.requant().shift());
    put(p, "LO", spec.requant().lo());
    put(p, "HI", spec.requant().hi());
    p.put("FILE", '"' + memory.file() + '"');
    List<String> sources = new ArrayList<>(List.of("lib/ts_skid.sv", "lib/ts_ram.sv"));
    sources.addAll(RequantLanes.SOURCES);
    sources.add("unit/norm/ts_norm.sv");
    return new RtlModule("ts_norm", sources, p, List.of(memory), List.of(), TABLE_PORTS);
  }

  private static void put(Map<String, String> p, String name, int value) {
    p.put(name, Integer.toString(value));
  }

  /** Word [beat]: the entries of its channels, the first in the least significant bits. */
  private static MemoryImage typical(NormSpec spec) {
    NormTable table = spec.norm().typical();
    int lanes = spec.input().lanes();
    List<BigInteger> words = new ArrayList<>();
    for (int first = 0; first < table.channels(); first += lanes) {
      BigInteger word = BigInteger.ZERO;
      for (int l = 0; l < Math.min(lanes, table.channels() - first); l++) {
        BigInteger entry = BigInteger.valueOf(table.word(first + l));
        word = word.or(entry.shiftLeft(l * NormTable.BITS));
      }
      words.add(word);
    }
    return new MemoryImage(spec.name() + "_typical.hex", lanes * NormTable.BITS, words);
  }

  @Override
  public RtlModule tabled(NormSpec spec, RtlModule module, NormTop top) {
    return new RtlModule(
            module.module(),
            module.sources(),
            module.parameters(),
            List.of(),
            module.external(),
            module.idle())
        .with("TOLD", "1")
        .with("FILE", "\"\"")
        .using(TABLE_PORTS, List.of());
  }

  @Override
  public NormSpec resized(NormSpec spec, Size frame, List<StreamType> inputs) {
    return NormSpec.of(
        spec.name(), inputs.get(0), spec.output().type(), spec.requant(), spec.norm());
  }

  @Override
  public String summary() {
    return "normalises a stored map with the factors of its frame";
  }
}
