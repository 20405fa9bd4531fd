package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.StreamType;
import dev.tessera.unit.video.VideoInSpec;

/** Puts a design behind an AXI4 master. */
public final class MemoryPlanner {
  private MemoryPlanner() {}

  /**
   * {@code design} with frames in memory.
   *
   * @param busBits width of the data bus
   * @param registers whether software starts frames through registers
   * @throws TesseraException {@code plan.memory} if the bus, or what the network makes of a frame,
   *     does not allow it
   */
  public static Design behind(Design design, int busBits, boolean registers) {
    StreamType in = ((VideoInSpec) design.source().spec()).external();
    StreamType out = design.sink().spec().inputs().get(0);
    try {
      return design.withMemory(
          MemoryTop.of(
              busBits,
              design.grid(),
              in.channels(),
              out.channels(),
              in.positions(),
              out.positions(),
              design.norm().map(NormTop::crops).orElse(null),
              registers));
    } catch (IllegalArgumentException unable) {
      throw TesseraException.input(
          "plan.memory",
          "",
          "frames cannot stay in memory: " + unable.getMessage(),
          "choose --axi-bits 64, 128, 256 or 512, or --top stream");
    }
  }
}
