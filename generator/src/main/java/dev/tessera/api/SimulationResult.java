package dev.tessera.api;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a simulation measured.
 *
 * @param bitExact whether every value was that of the golden model
 * @param mismatches values that were not
 * @param frames frames simulated
 * @param cyclesPerFrame distance of frames in steady state; empty if it was not measured
 * @param picture what the hardware made of the first frame
 * @param json contents of {@code simulation.json}
 */
public record SimulationResult(
    boolean bitExact,
    long mismatches,
    int frames,
    OptionalLong cyclesPerFrame,
    Path picture,
    String json) {}
