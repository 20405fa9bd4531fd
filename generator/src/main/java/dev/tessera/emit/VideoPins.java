package dev.tessera.emit;

import dev.tessera.emit.BenchModel.BenchPort;
import dev.tessera.emit.BenchModel.Role;
import dev.tessera.hw.Port;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.video.VideoInSpec;
import dev.tessera.unit.video.VideoOutSpec;
import java.util.List;

/**
 * The AXI4-Stream port that a video unit has where other units have their first input or output.
 *
 * @param role whether the bench drives or drains it
 * @param prefix {@code s_axis} or {@code m_axis}; empty if there is none
 * @param type what crosses the port; null if there is none
 */
public record VideoPins(Role role, String prefix, StreamType type) {
  private static final String INPUT = "s_axis";
  private static final String OUTPUT = "m_axis";
  private static final String FRAME = "frame_";
  private static final String WIDTH = FRAME + "width";
  private static final String TABLE = FRAME + "table";
  private static final VideoPins NONE = new VideoPins(Role.PROBE, "", null);

  /** The video port of {@code spec}, if it has one. */
  static VideoPins of(UnitSpec spec) {
    if (spec instanceof VideoInSpec in) {
      return new VideoPins(Role.SOURCE, INPUT, in.external());
    }
    if (spec instanceof VideoOutSpec out) {
      return new VideoPins(Role.SINK, OUTPUT, out.input());
    }
    return NONE;
  }

  /** What the unit reads, a video port included: what its golden function takes. */
  public static List<StreamType> inputs(UnitSpec spec) {
    VideoPins video = of(spec);
    return video.role == Role.SOURCE ? List.of(video.type) : spec.inputs();
  }

  /** What the unit makes, a video port included: what its golden function gives. */
  public static List<StreamType> outputs(UnitSpec spec) {
    VideoPins video = of(spec);
    return video.role == Role.SINK ? List.of(video.type) : spec.outputs();
  }

  /** Whether {@code port} is a pin of the video port. */
  boolean owns(Port port) {
    return !prefix.isEmpty()
        && (port.name().startsWith(prefix + "_") || port.name().startsWith(FRAME));
  }

  /** The port as the bench sees it: one or none. */
  List<BenchPort> ports(String pinPrefix, List<Port> external) {
    if (type == null) {
      return List.of();
    }
    String name = role == Role.SOURCE ? "in0" : "out0";
    BenchPort port = BenchPort.video(role, name, type, pinPrefix + prefix);
    if (role == Role.SOURCE && external.stream().anyMatch(p -> p.name().equals(WIDTH))) {
      port = port.sized(pinPrefix + FRAME);
    }
    if (role == Role.SOURCE && external.stream().anyMatch(p -> p.name().equals(TABLE))) {
      port = port.tabled(pinPrefix + TABLE);
    }
    return List.of(port);
  }
}
