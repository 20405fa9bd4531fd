package dev.tessera.emit;

import dev.tessera.hw.RtlModule;
import dev.tessera.hw.UnitSpec;

/**
 * A unit on its own in a simulation.
 *
 * @param name its name in plans, vectors and results
 * @param spec its streams
 * @param module its RTL
 * @param sizeWords sizes of a beat of its size port; 0 if that is not in use
 */
public record UnitUnderTest(String name, UnitSpec spec, RtlModule module, int sizeWords) {
  /** A unit for frames of one size. */
  public UnitUnderTest(String name, UnitSpec spec, RtlModule module) {
    this(name, spec, module, 0);
  }
}
