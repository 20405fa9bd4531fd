package dev.tessera.plan;

import dev.tessera.hw.Design;
import dev.tessera.plan.Lowering.Netlist;

/**
 * A planned design with the reasons for it.
 *
 * @param design the netlist
 * @param report what the planner found and what it rejected
 */
public record Plan(Design design, PlanReport report) {
  /**
   * The plan of {@code other}, which keeps the pace of this design.
   *
   * @param bounded whether the user bounds the multipliers, not the board
   */
  public Plan changed(Design other, boolean bounded) {
    return changed(other, report.limit(), bounded);
  }

  Plan changed(Design other, String limit, boolean bounded) {
    Netlist netlist = new Netlist(other.instances(), other.links());
    ReportBuilder builder =
        new ReportBuilder(report.board(), report.clockMhz(), other.macsPerFrame(), netlist);
    return new Plan(other, builder.changed(report, limit, bounded));
  }
}
