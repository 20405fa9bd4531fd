package dev.tessera.plan;

import java.util.Map;

/**
 * Lanes of every stream.
 *
 * @param made per value the lanes of its unit's output port
 * @param carried per value the lanes in which it is distributed; a route converts if they differ
 * @param read per step output the lanes of each input port; a route converts if they differ from
 *     what is carried
 * @param pixels pixels per clock of the video output
 */
record LanePlan(
    Map<String, Integer> made, Map<String, Integer> carried, Map<String, int[]> read, int pixels) {}
