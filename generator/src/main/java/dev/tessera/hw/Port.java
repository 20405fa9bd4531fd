package dev.tessera.hw;

/**
 * A pin of the design's top that a unit owns.
 *
 * @param name its name on the unit and on the top
 * @param input whether it is driven from outside
 * @param width bits
 */
public record Port(String name, boolean input, int width) {}
