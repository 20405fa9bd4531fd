package dev.tessera.report;

import dev.tessera.cosim.IceStorm;

/**
 * Contents of {@code placement.json}: a design placed and routed, and its bitstream.
 *
 * @param tool that did it
 * @param part the device
 * @param cells logic cells
 * @param dsp multiplier blocks
 * @param memories block memories
 * @param plannedDsp multiplier blocks that were predicted
 * @param clockMhz what the slowest path allows, after routing
 * @param plannedClockMhz what was asked for
 * @param framesPerSecond at the clock that was reached
 * @param bitstream file, relative to the design folder
 * @param bitstreamBytes its size
 */
public record PlacementSummary(
    String tool,
    String part,
    IceStorm.Use cells,
    IceStorm.Use dsp,
    IceStorm.Use memories,
    int plannedDsp,
    double clockMhz,
    double plannedClockMhz,
    double framesPerSecond,
    String bitstream,
    long bitstreamBytes) {}
