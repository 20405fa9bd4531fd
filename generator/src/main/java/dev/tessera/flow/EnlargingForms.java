package dev.tessera.flow;

import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.VerilogName;
import dev.tessera.pass.Lowered;
import dev.tessera.pass.Upsampling;
import dev.tessera.pass.UpsamplingCost;
import dev.tessera.pass.UpsamplingCost.Machine;
import dev.tessera.plan.Plan;
import dev.tessera.plan.PlanReport;
import dev.tessera.report.DesignSummary.Enlarging;
import dev.tessera.unit.conv.ConvSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms of a design's enlarging layers beside those that were not taken. */
final class EnlargingForms {
  /** Energy of a product in pJ, an assumption. */
  private static final double MAC_PJ = 1;

  private final PlanReport report;
  private final Design design;

  private EnlargingForms(Plan plan) {
    this.report = plan.report();
    this.design = plan.design();
  }

  /** Two forms of each layer, then the two orders of each layer's phases. */
  static List<Enlarging> of(Plan plan, Lowered network) {
    EnlargingForms forms = new EnlargingForms(plan);
    List<Enlarging> all = new ArrayList<>();
    Upsampling.of(network).forEach(layer -> forms.arithmetic(layer, all));
    plan.report().orders().forEach(order -> forms.order(order, all));
    return all;
  }

  /** What the hardware multiplies, and the form in which the model states the layer. */
  private void arithmetic(Upsampling layer, List<Enlarging> all) {
    List<UpsamplingCost> costs = UpsamplingCost.of(layer);
    UpsamplingCost stated = costs.get(0);
    UpsamplingCost built = costs.get(costs.size() - 1);
    String form =
        switch (layer.kind()) {
          case SUB_PIXEL -> "sub-pixel, kept on the chip";
          case TRANSPOSED -> "phases without zero taps";
          case NEAREST, BILINEAR ->
              layer.taken().startsWith("polyphase") ? "merged phases" : "resized on the chip";
        };
    double pixels = (double) design.frameWidth() * design.frameHeight();
    int multipliers = multipliers(layer.name());
    UpsamplingCost kept = new UpsamplingCost(form, built.macs(), built.weights(), 0, 0);
    all.add(row(layer.name(), kept, pixels, multipliers, true, layer.taken()));
    all.add(row(layer.name(), stated, pixels, multipliers, false, verdict(stated, built)));
  }

  private static String verdict(UpsamplingCost stated, UpsamplingCost built) {
    return String.format(
        Locale.ROOT,
        "%.2f times the products, maps stored in between",
        stated.macs() / built.macs());
  }

  private Enlarging row(
      String layer,
      UpsamplingCost cost,
      double pixels,
      int multipliers,
      boolean taken,
      String verdict) {
    return new Enlarging(
        layer,
        cost.variant(),
        taken,
        Math.round(cost.macs() * pixels),
        Math.round(Math.ceil(cost.macs() * pixels / multipliers)),
        0,
        Math.round(cost.bytes() * pixels),
        cost.seconds(machine(multipliers)) * pixels * 1e6,
        cost.picojoules(machine(multipliers)) * pixels * 1e-6,
        verdict);
  }

  private Machine machine(int multipliers) {
    double rate = report.board().dram().gigabytesPerSecond() * 1e9;
    return new Machine(multipliers * report.clockMhz() * 1e6, rate, MAC_PJ);
  }

  /** Multipliers of a layer, or of all if it has become part of another one. */
  private int multipliers(String layer) {
    Optional<ConvSpec> unit =
        design.instances().stream()
            .map(Instance::spec)
            .filter(s -> s instanceof ConvSpec && s.name().equals(VerilogName.legal(layer)))
            .map(ConvSpec.class::cast)
            .findFirst();
    return unit.map(ConvSpec::multipliers)
        .orElseGet(() -> Math.toIntExact(Math.max(1, report.multipliers())));
  }

  private void order(PlanReport.Order order, List<Enlarging> all) {
    long taken = order.replays() ? order.replayBytes() : order.reorderBytes();
    long other = order.replays() ? order.reorderBytes() : order.replayBytes();
    String against = String.format(Locale.ROOT, "%,d bytes against %,d", other, taken);
    all.add(row(order, order.replays(), true, taken, "taken: " + order.reason()));
    all.add(row(order, !order.replays(), false, other, against));
  }

  private Enlarging row(
      PlanReport.Order order, boolean walked, boolean taken, long bytes, String verdict) {
    return new Enlarging(
        order.name(),
        walked ? "rows walked again" : "phase rows stored",
        taken,
        order.products(),
        order.cycles(),
        bytes,
        0,
        order.cycles() / report.clockMhz(),
        order.products() * MAC_PJ * 1e-6,
        verdict);
  }
}
