package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.ir.IntKernel;
import dev.tessera.plan.PhaseOrder.Decision;
import dev.tessera.plan.PlanReport.Order;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.d2s.D2sSpec;
import dev.tessera.unit.route.RouteSpec;
import java.util.List;
import java.util.Optional;

/** What became of the decisions on the order of phases in a design. */
final class OrderReport {
  private final Design design;

  private OrderReport(Design design) {
    this.design = design;
  }

  /** The decisions with the figures of the units of {@code plan} in its report. */
  static Plan write(Plan plan, List<Decision> decisions) {
    OrderReport report = new OrderReport(plan.design());
    List<Order> orders = decisions.stream().map(report::order).toList();
    return new Plan(plan.design(), plan.report().withOrders(orders));
  }

  private Order order(Decision d) {
    Instance instance = convolution(d.conv().kernel());
    ConvSpec conv = (ConvSpec) instance.spec();
    Optional<D2sSpec> shuffle = d.replays() ? Optional.empty() : shuffle(instance);
    return new Order(
        d.conv().name(),
        d.block(),
        conv.macsPerFrame(),
        conv.geometry().cyclesPerFrame(),
        d.replays(),
        d.replayBytes(),
        shuffle.map(OrderReport::bytes).orElse(d.reorderBytes()),
        d.reason());
  }

  private Instance convolution(IntKernel kernel) {
    return design.instances().stream()
        .filter(i -> i.spec() instanceof ConvSpec conv && conv.kernel() == kernel)
        .findFirst()
        .orElseThrow();
  }

  /** The shuffle behind {@code conv}, be it behind a change of lanes. */
  private Optional<D2sSpec> shuffle(Instance conv) {
    String link = conv.outputs().get(0);
    for (Instance instance : design.instances()) {
      if (instance.inputs().contains(link)) {
        if (instance.spec() instanceof D2sSpec found) {
          return Optional.of(found);
        }
        if (!(instance.spec() instanceof RouteSpec)) {
          return Optional.empty();
        }
        link = instance.outputs().get(0);
      }
    }
    return Optional.empty();
  }

  private static long bytes(D2sSpec spec) {
    long words = spec.depths().stream().mapToLong(Integer::longValue).sum();
    return Bits.ceilDiv(words * spec.wordValues() * spec.input().type().bits(), Byte.SIZE);
  }
}
