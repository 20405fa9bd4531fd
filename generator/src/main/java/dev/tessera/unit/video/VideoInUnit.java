package dev.tessera.unit.video;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Gear;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AXI4-Stream video in, unpacked to one position per beat, repaired to whole frames. */
public final class VideoInUnit implements HardwareUnit<VideoInSpec> {
  private static final List<Port> SIZE_PINS =
      List.of(
          new Port("frame_width", true, SizeWord.BITS / 2),
          new Port("frame_height", true, SizeWord.BITS / 2));

  @Override
  public String kind() {
    return "video_in";
  }

  @Override
  public Class<VideoInSpec> specClass() {
    return VideoInSpec.class;
  }

  /** The frame of the external stream, as it is. */
  @Override
  public List<Frame> golden(VideoInSpec spec, List<Frame> inputs) {
    return List.of(inputs.get(0).require(spec.output().type(), spec.name()));
  }

  @Override
  public Cost cost(VideoInSpec spec) {
    StreamType out = spec.output();
    int word = spec.external().bits() + 2;
    int counters = Bits.indexWidth(out.width()) + Bits.indexWidth(out.height());
    int lut = 2 * word + 3 * counters + 24;
    int ff = word + counters + 16;
    double bram = 0;
    if (spec.live()) {
      lut += Fifo.lut(spec.depth(), word);
      ff += Fifo.ff(spec.depth(), word);
      bram = Fifo.bram36(spec.depth(), word);
    } else {
      ff += 2 * word;
    }
    return Cost.wiring((long) out.width() * out.height(), lut, ff, bram);
  }

  /**
   * Times for a source that keeps to the frame.
   *
   * @param arrivals one list, the external beats
   * @throws IllegalStateException if a live source overflows the buffer
   */
  @Override
  public Schedule schedule(VideoInSpec spec, List<long[]> arrivals) {
    long[] offered = arrivals.get(0);
    Gear gear = new Gear(spec.positions(), 1, offered.length * spec.positions());
    long[] taken = spec.live() ? buffered(spec, offered, gear) : sliced(offered, gear);
    return new Schedule(List.of(taken), List.of(gear.made()));
  }

  private static long[] sliced(long[] offered, Gear gear) {
    long[] taken = new long[offered.length];
    Skid skid = new Skid();
    long popped = Long.MIN_VALUE;
    for (int i = 0; i < offered.length; i++) {
      taken[i] = skid.take(offered[i]);
      long moved = Math.max(taken[i], popped);
      skid.consume(moved);
      popped = gear.load(moved + 1);
    }
    return taken;
  }

  private static long[] buffered(VideoInSpec spec, long[] offered, Gear gear) {
    long[] taken = new long[offered.length];
    long[] popped = new long[offered.length];
    int depth = spec.depth();
    for (int i = 0; i < offered.length; i++) {
      taken[i] = i == 0 ? offered[i] : Math.max(offered[i], taken[i - 1] + 1);
      if (i >= depth && popped[i - depth] >= taken[i]) {
        throw new IllegalStateException(
            spec.name() + ": " + depth + " words overflow at beat " + i);
      }
      popped[i] = gear.load(taken[i] + Fifo.latency(depth));
    }
    return taken;
  }

  @Override
  public RtlModule rtl(VideoInSpec spec) {
    StreamType out = spec.output();
    Map<String, String> p = new LinkedHashMap<>();
    p.put("COMPONENTS", Integer.toString(out.channels()));
    p.put("PPC", Integer.toString(spec.positions()));
    p.put("WIDTH", Integer.toString(out.width()));
    p.put("HEIGHT", Integer.toString(out.height()));
    p.put("LIVE", spec.live() ? "1" : "0");
    p.put("DEPTH", Integer.toString(Math.max(2, spec.depth())));
    List<String> sources =
        List.of(
            "lib/ts_skid.sv",
            "lib/ts_slice.sv",
            "lib/ts_ram.sv",
            "lib/ts_fifo.sv",
            "lib/ts_gear.sv",
            "unit/video/ts_video_in.sv");
    List<Port> pins = new ArrayList<>();
    pins.add(new Port("s_axis_tvalid", true, 1));
    pins.add(new Port("s_axis_tready", false, 1));
    pins.add(new Port("s_axis_tdata", true, spec.external().bits()));
    pins.add(new Port("s_axis_tuser", true, 1));
    pins.add(new Port("s_axis_tlast", true, 1));
    pins.add(new Port("video_in_error", false, VideoInSpec.ERROR_BITS));
    List<Port> idle = new ArrayList<>(SIZE_PINS);
    idle.addAll(SizeWord.sourcePorts());
    idle.addAll(idleTable());
    return new RtlModule("ts_video_in", sources, p, List.of(), pins, idle);
  }

  @Override
  public RtlModule resizable(VideoInSpec spec, SizeRange range) {
    RtlModule fixed = rtl(spec);
    Map<String, String> p = new LinkedHashMap<>(fixed.parameters());
    p.put("RESIZABLE", "1");
    p.put("MIN_WIDTH", Integer.toString(range.least().width()));
    p.put("MIN_HEIGHT", Integer.toString(range.least().height()));
    p.put("WIDTH_STEP", Integer.toString(range.widthStep()));
    p.put("HEIGHT_STEP", Integer.toString(range.heightStep()));
    return new RtlModule(
            fixed.module(), fixed.sources(), p, fixed.memories(), fixed.external(), fixed.idle())
        .using(SizeWord.sourcePorts(), SIZE_PINS);
  }

  private static Port tablePin(int bits) {
    return new Port("frame_table", true, bits);
  }

  /** What a design without tables has no use for. */
  private static List<Port> idleTable() {
    return List.of(
        tablePin(1),
        new Port("table_valid", false, 1),
        new Port("table_ready", true, 1),
        new Port("table_data", false, SizeWord.BITS));
  }

  @Override
  public RtlModule tabled(VideoInSpec spec, RtlModule module, NormTop top) {
    if (!top.host()) {
      return module;
    }
    int banks = top.banks();
    int bits = Bits.indexWidth(banks);
    return module
        .with("BANKS", Integer.toString(banks))
        .using(idleTable(), List.of(tablePin(bits)));
  }

  @Override
  public VideoInSpec resized(VideoInSpec spec, Size frame, List<StreamType> inputs) {
    StreamType output = spec.output().withSize(frame);
    return new VideoInSpec(spec.name(), output, spec.positions(), spec.live(), spec.depth());
  }

  @Override
  public String summary() {
    return "takes AXI4-Stream video and delivers whole frames whatever the source does";
  }
}
