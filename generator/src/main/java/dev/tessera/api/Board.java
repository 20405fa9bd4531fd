package dev.tessera.api;

/**
 * A board that designs can be planned for.
 *
 * @param name what {@link GenerateOptions#withBoard} takes
 * @param title for people
 * @param part the device
 * @param clockMhz clock that designs are planned for
 * @param dsp DSP blocks
 * @param lut look-up tables
 * @param ff flip-flops
 */
public record Board(
    String name, String title, String part, double clockMhz, int dsp, int lut, int ff) {}
