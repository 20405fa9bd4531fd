package dev.tessera.unit.video;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AXI4-Stream video out. */
public final class VideoOutUnit implements HardwareUnit<VideoOutSpec> {
  private static final int LATENCY = 1;

  @Override
  public String kind() {
    return "video_out";
  }

  @Override
  public Class<VideoOutSpec> specClass() {
    return VideoOutSpec.class;
  }

  /** The frame of the external stream, as it is. */
  @Override
  public List<Frame> golden(VideoOutSpec spec, List<Frame> inputs) {
    return List.of(inputs.get(0).require(spec.input().type(), spec.name()));
  }

  @Override
  public Cost cost(VideoOutSpec spec) {
    StreamType in = spec.input();
    int counters = Bits.indexWidth(in.width()) + Bits.indexWidth(in.height());
    return Cost.wiring(
        in.beatsPerFrame(), in.bits() + 2 * counters, 2 * in.bits() + counters + 4, 0);
  }

  /** Times; what is made is the external stream. */
  @Override
  public Schedule schedule(VideoOutSpec spec, List<long[]> arrivals) {
    long[] taken = Skid.takeAll(arrivals.get(0));
    return new Schedule(List.of(taken), List.of(Skid.delay(taken, LATENCY)));
  }

  @Override
  public RtlModule rtl(VideoOutSpec spec) {
    StreamType in = spec.input();
    Map<String, String> p = new LinkedHashMap<>();
    p.put("W", Integer.toString(in.bits()));
    p.put("PPC", Integer.toString(in.positions()));
    // Where a position takes several beats, a line has as many more.
    p.put("WIDTH", Integer.toString(in.width() * in.beatsPerPosition()));
    p.put("HEIGHT", Integer.toString(in.height()));
    p.put("RESIZABLE", "0");
    List<Port> pins =
        List.of(
            new Port("m_axis_tvalid", false, 1),
            new Port("m_axis_tready", true, 1),
            new Port("m_axis_tdata", false, in.bits()),
            new Port("m_axis_tuser", false, 1),
            new Port("m_axis_tlast", false, 1));
    return new RtlModule(
        "ts_video_out",
        List.of(
            "lib/ts_skid.sv",
            "lib/ts_ram.sv",
            "lib/ts_fifo.sv",
            "lib/ts_frame.sv",
            "unit/video/ts_video_out.sv"),
        p,
        List.of(),
        pins,
        SizeWord.ports(1));
  }

  @Override
  public VideoOutSpec resized(VideoOutSpec spec, Size frame, List<StreamType> inputs) {
    return new VideoOutSpec(spec.name(), inputs.get(0));
  }

  @Override
  public List<SizeWord> sizeWords(VideoOutSpec spec) {
    return List.of(SizeWord.INPUT);
  }

  @Override
  public String summary() {
    return "gives AXI4-Stream video with start of frame and end of line marks";
  }
}
