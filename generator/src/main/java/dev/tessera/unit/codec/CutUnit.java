package dev.tessera.unit.codec;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Gear;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Stores the frames of a map in memory and gives them again later. */
public final class CutUnit implements HardwareUnit<CutSpec> {
  /**
   * Of masks, and of the transform, for every bit of a beat: as Yosys maps them for UltraScale+.
   */
  private static final int MASK_LUT = 37;

  private static final int MASK_FF = 25;
  private static final int DCT_LUT = 35;
  private static final int DCT_FF = 28;

  /** Of prediction and substreams, for every lane and for every bit of the levels of a beat. */
  private static final int MED_LUT = 1000;

  private static final int MED_BIT_LUT = 160;
  private static final int MED_FF = 864;
  private static final int MED_BIT_FF = 53;

  private static final List<String> CODERS =
      List.of(
          "lib/ts_gear.sv",
          "lib/ts_ram.sv",
          "lib/ts_fifo.sv",
          "unit/codec/ts_raw_encoder.sv",
          "unit/codec/ts_raw_decoder.sv",
          "unit/codec/ts_delay.sv",
          "unit/codec/ts_dct_forward.sv",
          "unit/codec/ts_dct_inverse.sv",
          "unit/codec/ts_mask_allow.sv",
          "unit/codec/ts_mask_move.sv",
          "unit/codec/ts_mask_encoder.sv",
          "unit/codec/ts_mask_decoder.sv",
          "unit/codec/ts_med_quantise.sv",
          "unit/codec/ts_med_restore.sv",
          "unit/codec/ts_med_around.sv",
          "unit/codec/ts_med_predict.sv",
          "unit/codec/ts_med_difference.sv",
          "unit/codec/ts_med_state.sv",
          "unit/codec/ts_med_parameter.sv",
          "unit/codec/ts_med_length.sv",
          "unit/codec/ts_med_group.sv",
          "unit/codec/ts_med_fields.sv",
          "unit/codec/ts_med_pack.sv",
          "unit/codec/ts_med_order.sv",
          "unit/codec/ts_med_join.sv",
          "unit/codec/ts_med_lanes.sv",
          "unit/codec/ts_med_encoder.sv",
          "unit/codec/ts_med_split.sv",
          "unit/codec/ts_med_lane.sv",
          "unit/codec/ts_med_decoder.sv",
          "unit/codec/ts_encoder.sv",
          "unit/codec/ts_decoder.sv");

  private static final List<String> CUTS =
      List.of("unit/codec/ts_cut_write.sv", "unit/codec/ts_cut_read.sv", "unit/codec/ts_cut.sv");

  /** Bits of the credit of an allowance. */
  private static final int CREDIT_BITS = 40;

  @Override
  public String kind() {
    return "cut";
  }

  @Override
  public Class<CutSpec> specClass() {
    return CutSpec.class;
  }

  @Override
  public List<Frame> golden(CutSpec spec, List<Frame> inputs) {
    Frame in = inputs.get(0).require(spec.map().type(), spec.name());
    Codec coder = spec.coder();
    boolean same = coder.maxError(spec.map()) == 0;
    return List.of(same ? in : coder.decode(spec.map(), coder.encode(spec.map(), in)));
  }

  @Override
  public Cost cost(CutSpec spec) {
    int beat = spec.map().bits();
    int bus = spec.busBits();
    int lut = 90 + 3 * beat + 2 * bus;
    int ff = 60 + 3 * beat + 2 * bus;
    int buffers = spec.stored() ? 2 : 0;
    if (spec.stored()) {
      lut += 330 + 2 * Fifo.lut(spec.depth(), bus);
      ff += 390 + 2 * Fifo.ff(spec.depth(), bus);
    }
    double blocks = buffers * Fifo.bram36(spec.depth(), bus);
    if (spec.coder() instanceof MedCodec med) {
      MedRtl rtl = new MedRtl(med, spec.map());
      lut += spec.map().lanes() * MED_LUT + MED_BIT_LUT * rtl.levelBits();
      ff += spec.map().lanes() * MED_FF + MED_BIT_FF * rtl.levelBits();
      blocks += rtl.bram36();
    } else if (!spec.raw()) {
      boolean dct = spec.coder() instanceof DctCmCodec;
      lut += beat * (MASK_LUT + (dct ? DCT_LUT : 0));
      ff += beat * (MASK_FF + (dct ? DCT_FF : 0));
    }
    return Cost.wiring(spec.cycles(), lut, ff, blocks);
  }

  /**
   * Times; what memory delays is the spec's. Those of a codec whose words depend on the values are
   * those of values that go as they are.
   */
  @Override
  public Schedule schedule(CutSpec spec, List<long[]> arrivals) {
    long[] arrival = arrivals.get(0);
    int beats = Math.toIntExact(spec.map().beatsPerFrame());
    int fill = spec.fill();
    int in = spec.map().bits() / spec.unitBits();
    int out = spec.busBits() / spec.unitBits();
    Gear encoder = new Gear(in, out, arrival.length);
    Skid skid = new Skid();
    long[] taken = new long[arrival.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = skid.take(arrival[i]);
      long load = encoder.load(taken[i]);
      for (int f = 0; f < fill && i % beats == beats - 1; f++) {
        // Zeros follow at once; the next beat may wait in front meanwhile.
        skid.consume(load);
        encoder.load(0);
      }
      if (i % beats != beats - 1 || fill == 0) {
        skid.consume(load);
      }
    }
    Gear decoder = new Gear(out, in, arrival.length);
    for (long word : encoder.made()) {
      decoder.load(word + 1);
    }
    return new Schedule(List.of(taken), List.of(given(decoder.made(), beats, fill, taken, spec)));
  }

  /** The beats among what is unpacked. */
  private static long[] given(long[] made, int beats, int fill, long[] taken, CutSpec spec) {
    long[] given = new long[taken.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = made[i / beats * (beats + fill) + i % beats] + spec.delay();
    }
    return given;
  }

  /** What encoder and decoder must know. */
  private static Map<String, String> coder(CutSpec spec) {
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "W", spec.map().bits());
    put(p, "UNIT", spec.unitBits());
    put(p, "BEATS", spec.map().beatsPerFrame());
    put(p, "LANES", spec.map().lanes());
    put(p, "SIGNED", spec.map().type().signed() ? 1 : 0);
    if (spec.raw()) {
      put(p, "FILL", spec.fill());
      put(p, "WORDS", spec.words());
    } else {
      coded(p, spec);
    }
    return p;
  }

  /** The encoder alone: its output are the words of the bus. */
  static RtlModule encoder(CutSpec spec) {
    Map<String, String> p = coder(spec);
    put(p, "PER", spec.map().beatsPerPosition());
    put(p, "WORD", spec.busBits());
    List<Port> idle = List.of(new Port("out0_last", false, 1));
    return new RtlModule("ts_encoder", CODERS, p, List.of(), List.of(), idle);
  }

  @Override
  public RtlModule rtl(CutSpec spec) {
    Map<String, String> p = coder(spec);
    put(p, "B", spec.busBits() / Byte.SIZE);
    put(p, "PER_POSITION", spec.map().beatsPerPosition());
    put(p, "TAP", spec.normalised() ? tapBits(spec) : 0);
    put(p, "MEMORY", spec.stored() ? 1 : 0);
    put(p, "MOST", CutSpec.BURST);
    put(p, "DEPTH", spec.depth());
    if (spec.stored()) {
      put(p, "SLOTS", spec.slots());
      p.put("STRIDE", "32'd" + spec.stride());
      p.put("OFFSET", "32'd" + spec.offset());
    }
    List<Port> idle = spec.normalised() ? List.of() : tapPorts(spec);
    return new RtlModule(
        "ts_cut",
        Stream.of(List.of("lib/ts_skid.sv"), CODERS, CUTS).flatMap(List::stream).toList(),
        p,
        List.of(),
        List.of(),
        join(idle, spec.stored() ? List.of() : memoryPorts(spec)));
  }

  private static void coded(Map<String, String> p, CutSpec spec) {
    Codec coder = spec.coder();
    FixedType type = spec.map().type();
    int width = type.bits();
    if (coder instanceof MedCodec med) {
      put(p, "CODEC", 3);
      put(p, "V", med.levelBits(type));
      new MedRtl(med, spec.map()).parameters().forEach((name, value) -> put(p, name, value));
      limit(p, med.allowance(spec.map()));
      return;
    }
    put(p, "CODEC", 1);
    if (coder instanceof DctCmCodec dct) {
      width = dct.bits();
      put(p, "CODEC", 2);
      put(p, "Q0", dct.shift(type, 0));
      put(p, "Q", dct.shift(type, 1));
    }
    put(p, "V", width);
    limit(p, MaskedBeats.allowance(spec.map(), spec.map().lanes(), width));
  }

  private static void limit(Map<String, String> p, Allowance allowance) {
    put(p, "CB", CREDIT_BITS);
    p.put("CREDIT", literal(allowance.credit()));
    p.put("HALF", literal(allowance.half()));
    p.put("NEED", literal(allowance.need()));
  }

  /** A signed number of the credit's width. */
  private static String literal(long value) {
    return (value < 0 ? "-" : "") + CREDIT_BITS + "'sd" + Math.abs(value);
  }

  private static List<Port> join(List<Port> a, List<Port> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  private static void put(Map<String, String> p, String name, long value) {
    p.put(name, Long.toString(value));
  }

  /** Signed bits of a value that is summed. */
  private static int tapBits(CutSpec spec) {
    return spec.map().type().range().signedWidth();
  }

  private static List<Port> tapPorts(CutSpec spec) {
    return List.of(
        new Port("tap_gone", true, 1),
        new Port("tap_valid", false, 1),
        new Port("tap_end", false, 1),
        new Port("tap_word", false, Short.SIZE),
        new Port("tap_data", false, spec.normalised() ? tapBits(spec) * spec.map().lanes() : 1));
  }

  private static List<Port> memoryPorts(CutSpec spec) {
    return List.of(
        new Port("aw_valid", false, 1),
        new Port("aw_ready", true, 1),
        new Port("aw_place", false, Integer.SIZE),
        new Port("aw_length", false, Byte.SIZE),
        new Port("w_valid", false, 1),
        new Port("w_ready", true, 1),
        new Port("w_data", false, spec.busBits()),
        new Port("b_valid", true, 1),
        new Port("ar_valid", false, 1),
        new Port("ar_ready", true, 1),
        new Port("ar_place", false, Integer.SIZE),
        new Port("ar_length", false, Byte.SIZE),
        new Port("r_valid", true, 1),
        new Port("r_data", true, spec.busBits()));
  }

  @Override
  public CutSpec resized(CutSpec spec, Size frame, List<StreamType> inputs) {
    if (!inputs.get(0).equals(spec.map())) {
      throw new IllegalArgumentException(spec.name() + " stores frames of one size");
    }
    return spec;
  }

  @Override
  public String summary() {
    return "stores every frame of a map and gives it again later";
  }
}
