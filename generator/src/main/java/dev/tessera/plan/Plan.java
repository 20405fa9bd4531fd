package dev.tessera.plan;

import dev.tessera.hw.Design;

/**
 * A planned design with the reasons for it.
 *
 * @param design the netlist
 * @param report what the planner found and what it rejected
 */
public record Plan(Design design, PlanReport report) {}
