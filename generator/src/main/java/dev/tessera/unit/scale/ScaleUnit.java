package dev.tessera.unit.scale;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.Word;
import dev.tessera.num.Requant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requantises every value with the multiplier and offset of its channel. */
public final class ScaleUnit implements HardwareUnit<ScaleSpec> {
  private static final int LATENCY = 5;

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
    Frame out = new Frame(in.channels(), in.height(), in.width());
    int plane = in.height() * in.width();
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = spec.requant().apply(in.data()[i], i / plane, 0);
    }
    return List.of(out);
  }

  @Override
  public Cost cost(ScaleSpec spec) {
    StreamType out = spec.output();
    int coefficients = out.beatsPerPosition() > 1 ? memory(spec).width() / 4 : 0;
    int lut = spec.input().bits() + out.lanes() * 3 * out.type().bits() + coefficients;
    int ff =
        spec.input().bits() + out.bits() + out.lanes() * spec.offsetBits() + 4 * coefficients + 16;
    return new Cost(out.beatsPerFrame(), 0, 0, out.lanes(), lut, ff, 0);
  }

  @Override
  public Schedule schedule(ScaleSpec spec, List<long[]> arrivals) {
    long[] taken = Skid.takeAll(arrivals.get(0));
    return new Schedule(List.of(taken), List.of(Skid.delay(taken, LATENCY)));
  }

  @Override
  public RtlModule rtl(ScaleSpec spec) {
    Requant q = spec.requant();
    MemoryImage memory = memory(spec);
    Map<String, String> p = new LinkedHashMap<>();
    p.put("LANES", Integer.toString(spec.output().lanes()));
    p.put("BEATS", Integer.toString(spec.output().beatsPerPosition()));
    p.put("IN_B", Integer.toString(spec.input().type().bits()));
    p.put("IN_S", spec.input().type().signed() ? "1" : "0");
    p.put("OUT_B", Integer.toString(spec.output().type().bits()));
    p.put("PRE", Integer.toString(q.preShift()));
    p.put("A_W", Integer.toString(spec.operandBits()));
    p.put("M_W", Integer.toString(spec.multiplierBits()));
    p.put("OFF_W", Integer.toString(spec.offsetBits()));
    p.put("SUM_W", Integer.toString(spec.sumBits()));
    p.put("TWO_SIDED", q.twoSided() ? "1" : "0");
    p.put("SHIFT", Integer.toString(q.shift()));
    p.put("LO", Integer.toString(q.lo()));
    p.put("HI", Integer.toString(q.hi()));
    p.put("FILE", '"' + memory.file() + '"');
    return new RtlModule(
        "ts_scale",
        List.of(
            "lib/ts_skid.sv",
            "lib/ts_clamp.sv",
            "unit/scale/ts_scale_lane.sv",
            "unit/scale/ts_scale.sv"),
        p,
        List.of(memory),
        List.of());
  }

  /**
   * One word per beat of a position; per lane multiplier, offset and, if two-sided, multiplier and
   * offset below the threshold and the threshold.
   */
  private static MemoryImage memory(ScaleSpec spec) {
    int lanes = spec.output().lanes();
    List<BigInteger> words = new ArrayList<>();
    int width = 0;
    for (int b = 0; b < spec.output().beatsPerPosition(); b++) {
      Word word = new Word();
      for (int c = b * lanes; c < (b + 1) * lanes; c++) {
        lane(spec, Math.min(c, spec.output().channels() - 1), word);
      }
      words.add(word.value());
      width = word.width();
    }
    return new MemoryImage(spec.name() + "_coefficients.hex", width, words);
  }

  private static void lane(ScaleSpec spec, int c, Word word) {
    Requant q = spec.requant();
    word.add(q.multiplier()[c], spec.multiplierBits());
    word.add(q.offset()[0][c], spec.offsetBits());
    if (q.twoSided()) {
      word.add(q.negMultiplier()[c], spec.multiplierBits());
      word.add(q.negOffset()[0][c], spec.offsetBits());
      word.add(spec.threshold(c), spec.operandBits() + 1);
    }
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
