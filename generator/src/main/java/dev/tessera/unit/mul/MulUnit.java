package dev.tessera.unit.mul;

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
import dev.tessera.hw.Word;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Multiplies two maps value by value, one of which may have a single channel. */
public final class MulUnit implements HardwareUnit<MulSpec> {
  private static final int LATENCY = 3 + RequantLanes.LATENCY;

  @Override
  public String kind() {
    return "mul";
  }

  @Override
  public Class<MulSpec> specClass() {
    return MulSpec.class;
  }

  @Override
  public List<Frame> golden(MulSpec spec, List<Frame> inputs) {
    Frame left = inputs.get(0).require(spec.left().type(), spec.name());
    Frame right = inputs.get(1).require(spec.right().type(), spec.name());
    Frame made = new Frame(left.channels(), left.height(), left.width());
    int plane = left.height() * left.width();
    for (int i = 0; i < made.data().length; i++) {
      int c = i / plane;
      int other = spec.broadcasts() ? 0 : c;
      long l = left.data()[i] - (long) spec.leftZero()[c];
      long r = right.data()[other * plane + i % plane] - (long) spec.rightZero()[other];
      made.data()[i] = spec.requant().apply(l * r, c, 0);
    }
    return List.of(made);
  }

  @Override
  public Cost cost(MulSpec spec) {
    StreamType out = spec.output();
    int inBits = spec.left().bits() + spec.right().bits();
    int operands = out.lanes() * (spec.leftBits() + spec.rightBits());
    int lut = inBits + operands + spec.lanes().lut(out.type());
    int ff = 2 * inBits + out.bits() + spec.lanes().ff() + 24;
    int dsp = out.lanes() * spec.productDsp() + spec.lanes().dsp();
    return new Cost(out.beatsPerFrame(), 0, 0, dsp, lut, ff, 0);
  }

  @Override
  public Schedule schedule(MulSpec spec, List<long[]> arrivals) {
    int beats = arrivals.get(0).length;
    int each = spec.broadcasts() ? spec.left().beatsPerPosition() : 1;
    long[] left = new long[beats];
    long[] right = new long[arrivals.get(1).length];
    long[] made = new long[beats];
    Skid a = new Skid();
    Skid b = new Skid();
    for (int i = 0; i < beats; i++) {
      left[i] = a.take(arrivals.get(0)[i]);
      right[i / each] = b.take(arrivals.get(1)[i / each]);
      long fire = Math.max(left[i], right[i / each]);
      a.consume(fire);
      if (i % each == each - 1) {
        b.consume(fire);
      }
      made[i] = fire + LATENCY;
    }
    return new Schedule(List.of(left, right), List.of(made));
  }

  @Override
  public RtlModule rtl(MulSpec spec) {
    StreamType out = spec.output();
    MemoryImage zeros = zeros(spec);
    MemoryImage coefficients = spec.lanes().memory(spec.name() + "_coefficients.hex");
    Map<String, String> p = new LinkedHashMap<>();
    p.put("LANES", Integer.toString(out.lanes()));
    p.put("BEATS", Integer.toString(out.beatsPerPosition()));
    p.put("SHARED", spec.broadcasts() ? "1" : "0");
    p.put("B0", Integer.toString(spec.left().type().bits()));
    p.put("S0", spec.left().type().signed() ? "1" : "0");
    p.put("B1", Integer.toString(spec.right().type().bits()));
    p.put("S1", spec.right().type().signed() ? "1" : "0");
    p.put("Z0_W", Integer.toString(MulSpec.zeroBits(spec.leftZero())));
    p.put("Z1_W", Integer.toString(MulSpec.zeroBits(spec.rightZero())));
    p.put("X0_W", Integer.toString(spec.leftBits()));
    p.put("X1_W", Integer.toString(spec.rightBits()));
    p.put("P_W", Integer.toString(spec.productBits()));
    p.put("OUT_B", Integer.toString(out.type().bits()));
    spec.lanes().parameters(p);
    p.put("ZEROS", '"' + zeros.file() + '"');
    p.put("FILE", '"' + coefficients.file() + '"');
    List<String> sources = new ArrayList<>(List.of("lib/ts_skid.sv"));
    sources.addAll(RequantLanes.SOURCES);
    sources.addAll(List.of("unit/mul/ts_mul_lane.sv", "unit/mul/ts_mul.sv"));
    return new RtlModule("ts_mul", sources, p, List.of(zeros, coefficients), List.of());
  }

  /** One word per beat of a position; per lane the zeros of both sides. */
  private static MemoryImage zeros(MulSpec spec) {
    int lanes = spec.output().lanes();
    List<BigInteger> words = new ArrayList<>();
    int width = 0;
    for (int b = 0; b < spec.output().beatsPerPosition(); b++) {
      Word word = new Word();
      for (int lane = b * lanes; lane < (b + 1) * lanes; lane++) {
        int c = Math.min(lane, spec.output().channels() - 1);
        word.add(spec.leftZero()[c], MulSpec.zeroBits(spec.leftZero()));
        int other = spec.rightZero()[spec.broadcasts() ? 0 : c];
        word.add(other, MulSpec.zeroBits(spec.rightZero()));
      }
      words.add(word.value());
      width = word.width();
    }
    return new MemoryImage(spec.name() + "_zeros.hex", width, words);
  }

  @Override
  public MulSpec resized(MulSpec spec, Size frame, List<StreamType> inputs) {
    return spec.resized(inputs.get(0), inputs.get(1));
  }

  @Override
  public String summary() {
    return "multiplies two maps, or all channels of one by a map of one channel, and requantises";
  }
}
