package dev.tessera.unit.add;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.Word;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds two maps, each with its own multiplier, with one rounding and one saturation. */
public final class AddUnit implements HardwareUnit<AddSpec> {
  private static final int LATENCY = 4;
  private static final int DSP_PER_LANE = 2;

  @Override
  public String kind() {
    return "add";
  }

  @Override
  public Class<AddSpec> specClass() {
    return AddSpec.class;
  }

  @Override
  public List<Frame> golden(AddSpec spec, List<Frame> inputs) {
    Frame left = inputs.get(0).require(spec.left().type(), spec.name());
    Frame right = inputs.get(1).require(spec.right().type(), spec.name());
    Frame sum = new Frame(left.channels(), left.height(), left.width());
    int plane = left.height() * left.width();
    for (int i = 0; i < sum.data().length; i++) {
      int c = i / plane;
      long acc =
          (long) left.data()[i] * spec.leftMultiplier()[c]
              + (long) right.data()[i] * spec.rightMultiplier()[c]
              + spec.offset()[c];
      sum.data()[i] = (int) Math.max(spec.lo(), Math.min(spec.hi(), acc >> spec.shift()));
    }
    return List.of(sum);
  }

  @Override
  public Cost cost(AddSpec spec) {
    StreamType out = spec.output();
    int inBits = spec.left().bits() + spec.right().bits();
    int coefficients = out.beatsPerPosition() > 1 ? memory(spec).width() / 4 : 0;
    int lut = inBits + out.lanes() * 3 * out.type().bits() + coefficients;
    int ff = inBits + out.bits() + out.lanes() * spec.offsetBits() + 4 * coefficients + 16;
    int dsp = DSP_PER_LANE * out.lanes();
    return new Cost(out.beatsPerFrame(), 0, 0, dsp, lut, ff, 0);
  }

  @Override
  public Schedule schedule(AddSpec spec, List<long[]> arrivals) {
    return Schedule.pointwise(arrivals, LATENCY);
  }

  @Override
  public RtlModule rtl(AddSpec spec) {
    StreamType out = spec.output();
    MemoryImage memory = memory(spec);
    Map<String, String> p = new LinkedHashMap<>();
    p.put("LANES", Integer.toString(out.lanes()));
    p.put("BEATS", Integer.toString(out.beatsPerPosition()));
    p.put("B0", Integer.toString(spec.left().type().bits()));
    p.put("S0", spec.left().type().signed() ? "1" : "0");
    p.put("B1", Integer.toString(spec.right().type().bits()));
    p.put("S1", spec.right().type().signed() ? "1" : "0");
    p.put("OUT_B", Integer.toString(out.type().bits()));
    p.put("M0_W", Integer.toString(spec.leftMultiplierBits()));
    p.put("M1_W", Integer.toString(spec.rightMultiplierBits()));
    p.put("OFF_W", Integer.toString(spec.offsetBits()));
    p.put("SUM_W", Integer.toString(spec.sumBits()));
    p.put("SHIFT", Integer.toString(spec.shift()));
    p.put("LO", Integer.toString(spec.lo()));
    p.put("HI", Integer.toString(spec.hi()));
    p.put("FILE", '"' + memory.file() + '"');
    return new RtlModule(
        "ts_add",
        List.of(
            "lib/ts_skid.sv", "lib/ts_clamp.sv", "unit/add/ts_add_lane.sv", "unit/add/ts_add.sv"),
        p,
        List.of(memory),
        List.of());
  }

  /** One word per beat of a position; per lane left multiplier, right multiplier, offset. */
  private static MemoryImage memory(AddSpec spec) {
    int lanes = spec.output().lanes();
    int beats = spec.output().beatsPerPosition();
    List<BigInteger> words = new ArrayList<>();
    int width = 0;
    for (int b = 0; b < beats; b++) {
      Word word = new Word();
      for (int c = b * lanes; c < (b + 1) * lanes; c++) {
        boolean used = c < spec.output().channels();
        word.add(used ? spec.leftMultiplier()[c] : 0, spec.leftMultiplierBits());
        word.add(used ? spec.rightMultiplier()[c] : 0, spec.rightMultiplierBits());
        word.add(used ? spec.offset()[c] : 0, spec.offsetBits());
      }
      words.add(word.value());
      width = word.width();
    }
    return new MemoryImage(spec.name() + "_coefficients.hex", width, words);
  }

  @Override
  public AddSpec resized(AddSpec spec, Size frame, List<StreamType> inputs) {
    return spec.resized(inputs.get(0), inputs.get(1));
  }

  @Override
  public String summary() {
    return "adds two maps, aligned by a multiplier each, and saturates";
  }
}
