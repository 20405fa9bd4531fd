package dev.tessera.unit.resize;

import dev.tessera.base.Bits;
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
import dev.tessera.hw.Word;
import dev.tessera.ir.Sampling.Tap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads rows as often as the larger map needs them; weighs the four codes around a place. */
public final class ResizeUnit implements HardwareUnit<ResizeSpec> {
  private static final int PRODUCTS = 3;
  private static final int OPERAND_BITS = 25;

  @Override
  public String kind() {
    return "resize";
  }

  @Override
  public Class<ResizeSpec> specClass() {
    return ResizeSpec.class;
  }

  @Override
  public List<Frame> golden(ResizeSpec spec, List<Frame> inputs) {
    Frame in = inputs.get(0).require(spec.input().type(), spec.name());
    StreamType type = spec.output();
    Frame out = new Frame(type.channels(), type.height(), type.width());
    for (int y = 0; y < type.height(); y++) {
      Tap row = spec.rows().tap(y);
      for (int x = 0; x < type.width(); x++) {
        Tap column = spec.columns().tap(x);
        for (int c = 0; c < type.channels(); c++) {
          long above = mix(spec, in, c, row.first(), column);
          long below = mix(spec, in, c, row.second(), column);
          long acc = (above << spec.weightBits()) + (below - above) * row.weight();
          out.data()[out.index(c, y, x)] = spec.requant().apply(acc, c, 0);
        }
      }
    }
    return List.of(out);
  }

  private static long mix(ResizeSpec spec, Frame in, int c, int y, Tap column) {
    long left = in.at(c, y, column.first());
    long right = in.at(c, y, column.second());
    return (left << spec.weightBits()) + (right - left) * column.weight();
  }

  @Override
  public Cost cost(ResizeSpec spec) {
    StreamType in = spec.input();
    int code = in.type().signedBits();
    int lanes = in.lanes();
    int words = spec.bankWords();
    int tables =
        ResizeWalk.rows(spec).table().entries().size()
            + ResizeWalk.columns(spec).table().entries().size();
    int lut = 120 + tables * (spec.weightBits() + 2) / 32;
    int ff = 2 * in.bits() + 120;
    int dsp = 0;
    if (spec.linear()) {
      int wide = code + spec.weightBits() + 1;
      dsp = lanes * (2 + Bits.ceilDiv(wide, OPERAND_BITS));
      lut += lanes * (4 * in.type().bits() + PRODUCTS * wide);
      ff += lanes * (8 * code + 5 * wide) + 9 * spec.weightBits();
    }
    if (!spec.plain()) {
      lut += spec.lanes().lut(spec.output().type());
      ff += spec.lanes().ff();
      dsp += spec.lanes().dsp();
    }
    double bram = spec.banks() * Fifo.bram36(words, in.bits());
    List<Ram> rams = new ArrayList<>();
    if (bram > 0) {
      rams.add(Ram.of(spec.banks(), words, in.bits(), false));
    } else {
      lut += spec.banks() * Fifo.lut(words, in.bits());
    }
    return new Cost(ResizeSchedule.cyclesPerFrame(spec), 0, 0, dsp, lut, ff, bram, rams);
  }

  @Override
  public Schedule schedule(ResizeSpec spec, List<long[]> arrivals) {
    return ResizeSchedule.of(spec, arrivals.get(0));
  }

  @Override
  public RtlModule rtl(ResizeSpec spec) {
    StreamType in = spec.input();
    List<MemoryImage> memories = new ArrayList<>();
    Map<String, String> p = new LinkedHashMap<>();
    p.put("WIDTH", Integer.toString(in.width()));
    p.put("HEIGHT", Integer.toString(in.height()));
    p.put("OUT_W", Integer.toString(spec.output().width()));
    p.put("OUT_H", Integer.toString(spec.output().height()));
    p.put("LANES", Integer.toString(in.lanes()));
    p.put("BEATS", Integer.toString(in.beatsPerPosition()));
    p.put("B", Integer.toString(in.type().bits()));
    p.put("S", in.type().signed() ? "1" : "0");
    p.put("LINEAR", spec.linear() ? "1" : "0");
    p.put("SLOTS", Integer.toString(spec.slots()));
    p.put("BITS", Integer.toString(spec.weightBits()));
    axis(spec, ResizeWalk.columns(spec), "X", p, memories);
    axis(spec, ResizeWalk.rows(spec), "Y", p, memories);
    p.put("RESIZABLE", "0");
    p.put("OUT_B", Integer.toString(spec.output().type().bits()));
    p.put("PLAIN", spec.plain() ? "1" : "0");
    if (!spec.plain()) {
      MemoryImage memory = spec.lanes().memory(spec.name() + "_coefficients.hex");
      memories.add(memory);
      spec.lanes().parameters(p);
      p.put("FILE", '"' + memory.file() + '"');
    }
    return new RtlModule("ts_resize", sources(), p, memories, List.of(), SizeWord.ports(1));
  }

  private static void axis(
      ResizeSpec spec,
      ResizeWalk walk,
      String suffix,
      Map<String, String> p,
      List<MemoryImage> memories) {
    String file = spec.name() + "_places_" + suffix.toLowerCase(Locale.ROOT) + ".hex";
    MemoryImage image = walk.table().image(file, spec.weightBits() + 1);
    memories.add(image);
    p.put("FACTOR_" + suffix, Integer.toString(walk.factor()));
    p.put("LENGTH_" + suffix, Integer.toString(walk.table().entries().size()));
    p.put("LEAD_" + suffix, Integer.toString(walk.table().lead()));
    p.put("FILE_" + suffix, '"' + image.file() + '"');
    p.put("TILES_" + suffix, Integer.toString(walk.starts().size()));
    p.put("STARTS_" + suffix, words(walk.starts()));
    p.put("MADE_" + suffix, words(walk.made()));
  }

  private static String words(List<Integer> numbers) {
    Word word = new Word();
    numbers.forEach(n -> word.add(n, Integer.SIZE));
    return word.literal();
  }

  private static List<String> sources() {
    List<String> sources =
        new ArrayList<>(
            List.of(
                "lib/ts_skid.sv",
                "lib/ts_ram.sv",
                "lib/ts_rom.sv",
                "lib/ts_fifo.sv",
                "lib/ts_frame.sv"));
    sources.addAll(RequantLanes.SOURCES);
    for (String part : List.of("axis", "bank", "blend", "write", "read")) {
      sources.add("unit/resize/ts_resize_" + part + ".sv");
    }
    sources.add("unit/resize/ts_resize.sv");
    return sources;
  }

  @Override
  public ResizeSpec resized(ResizeSpec spec, Size frame, List<StreamType> inputs) {
    return spec.resized(frame, inputs.get(0));
  }

  @Override
  public ResizeSpec inTile(
      ResizeSpec spec, int column, int row, Size tile, List<StreamType> inputs) {
    return spec.cut() ? spec.inTile(column, row, inputs.get(0)) : resized(spec, tile, inputs);
  }

  @Override
  public SizeMap sizes(ResizeSpec spec, SizeMap input) {
    if (spec.cut()) {
      return SizeMap.of(spec.sampling().width(), spec.sampling().height());
    }
    return spec.anySize()
        ? input.then(
            new Scaling(spec.columns().factor(), 0, 1), new Scaling(spec.rows().factor(), 0, 1))
        : input.then(
            new Scaling(0, spec.output().width(), 1), new Scaling(0, spec.output().height(), 1));
  }

  @Override
  public List<SizeWord> sizeWords(ResizeSpec spec) {
    return told(spec) ? List.of(SizeWord.INPUT) : List.of();
  }

  /** The writing and the reading side. */
  @Override
  public int sizeParts(ResizeSpec spec) {
    return told(spec) ? 2 : 0;
  }

  private static boolean told(ResizeSpec spec) {
    return spec.anySize() || spec.cut();
  }

  @Override
  public String summary() {
    return "enlarges a map by any factors, nearest or bilinear, in exact places and weights";
  }
}
