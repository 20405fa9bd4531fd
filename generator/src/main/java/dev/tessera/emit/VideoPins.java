package dev.tessera.emit;

import dev.tessera.emit.BenchModel.BenchPort;
import dev.tessera.emit.BenchModel.Role;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.List;

/**
 * The AXI4-Stream port that a video unit has in the place of its first input or output stream.
 *
 * @param prefix {@code s_axis}, {@code m_axis} or empty
 * @param type what crosses the port; null where there is none
 */
record VideoPins(String prefix, StreamType type) {
  private static final String INPUT = "s_axis";
  private static final String OUTPUT = "m_axis";

  static VideoPins of(UnitSpec spec, RtlModule module) {
    if (has(module, INPUT)) {
      return new VideoPins(INPUT, spec.inputs().get(0));
    }
    if (has(module, OUTPUT)) {
      return new VideoPins(OUTPUT, spec.outputs().get(0));
    }
    return new VideoPins("", null);
  }

  private static boolean has(RtlModule module, String prefix) {
    return module.external().stream().anyMatch(p -> p.name().equals(prefix + "_tdata"));
  }

  /** Whether the port takes the place of input 0. */
  boolean isSource() {
    return prefix.equals(INPUT);
  }

  /** Whether the port takes the place of output 0. */
  boolean isSink() {
    return prefix.equals(OUTPUT);
  }

  /** Whether {@code port} is a pin of the video port. */
  boolean owns(Port port) {
    return !prefix.isEmpty() && port.name().startsWith(prefix + "_");
  }

  /** The port as the bench sees it: one or none. */
  List<BenchPort> ports(String pinPrefix) {
    if (type == null) {
      return List.of();
    }
    Role role = isSource() ? Role.SOURCE : Role.SINK;
    String name = isSource() ? "in0" : "out0";
    return List.of(BenchPort.video(role, name, type, pinPrefix + prefix));
  }
}
