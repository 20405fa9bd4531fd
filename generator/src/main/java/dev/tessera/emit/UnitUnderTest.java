package dev.tessera.emit;

import dev.tessera.hw.RtlModule;
import dev.tessera.hw.UnitSpec;

/**
 * A unit on its own in a simulation.
 *
 * @param name its name in plans, vectors and results
 * @param spec its streams
 * @param module its RTL
 */
public record UnitUnderTest(String name, UnitSpec spec, RtlModule module) {}
