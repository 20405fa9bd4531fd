package dev.tessera.quantize;

import dev.tessera.ir.Graph;

/**
 * A network in integers.
 *
 * @param graph integer nodes and wires only, with a {@link dev.tessera.ir.ValueQuant} for every
 *     value; input and output carry image codes
 * @param report what was chosen and what it costs
 */
public record Quantized(Graph graph, QuantReport report) {}
