package dev.tessera.plan;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Fifo;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.plan.PlanReport.Alternative;
import dev.tessera.plan.PlanReport.LinkRow;
import dev.tessera.plan.PlanReport.Memory;
import dev.tessera.plan.PlanReport.Tiling;
import dev.tessera.plan.PlanReport.UnitRow;
import dev.tessera.plan.PlanSearch.Choice;
import dev.tessera.unit.Units;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.video.VideoInSpec;
import dev.tessera.unit.video.VideoOutSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the figures of a finished plan together. */
final class ReportBuilder {
  private final Board board;
  private final double clockMhz;
  private final long macs;
  private final Netlist netlist;

  ReportBuilder(Board board, double clockMhz, long macs, Netlist netlist) {
    this.board = board;
    this.clockMhz = clockMhz;
    this.macs = macs;
    this.netlist = netlist;
  }

  PlanReport build(
      FoldSearch search, Choice choice, long latency, boolean bounded, List<Tiling> tilings) {
    Map<Instance, Cost> costs = new LinkedHashMap<>();
    netlist.instances().forEach(i -> costs.put(i, Resources.cost(i.spec())));
    long cycles = costs.values().stream().mapToLong(Cost::cyclesPerFrame).max().orElseThrow();
    List<UnitRow> units = new ArrayList<>();
    costs.forEach((instance, cost) -> units.add(row(instance, cost, cycles)));
    Resources resources = Resources.units(netlist).plus(Resources.links(netlist));
    VideoInSpec in = (VideoInSpec) netlist.instances().get(0).spec();
    VideoOutSpec out =
        (VideoOutSpec) netlist.instances().get(netlist.instances().size() - 1).spec();
    return new PlanReport(
        board,
        clockMhz,
        cycles,
        latency,
        macs,
        in.positions(),
        out.input().positions(),
        resources,
        choice.limit(),
        units,
        netlist.links().stream().map(ReportBuilder::row).toList(),
        alternatives(search, choice),
        memories(resources),
        tilings,
        List.of(),
        notes(resources, bounded));
  }

  /**
   * The report of a pipeline to which units were added that do not set its pace, or whose units
   * became others at the same pace.
   *
   * @param report of the pipeline before
   * @param limit what keeps the plan from being faster
   */
  PlanReport changed(PlanReport report, String limit, boolean bounded) {
    List<UnitRow> units =
        netlist.instances().stream()
            .map(i -> row(i, Resources.cost(i.spec()), report.cyclesPerFrame()))
            .toList();
    Resources resources = Resources.units(netlist).plus(Resources.links(netlist));
    return new PlanReport(
        board,
        clockMhz,
        report.cyclesPerFrame(),
        report.latencyCycles(),
        macs,
        report.pixelsIn(),
        report.pixelsOut(),
        resources,
        limit,
        units,
        netlist.links().stream().map(ReportBuilder::row).toList(),
        report.alternatives(),
        memories(resources),
        report.tilings(),
        report.orders(),
        notes(resources, bounded));
  }

  private List<Memory> memories(Resources resources) {
    return resources.memories(board).used().stream()
        .map(use -> new Memory(use.kind(), use.halves() / 2.0, use.count()))
        .toList();
  }

  private static UnitRow row(Instance instance, Cost cost, long cycles) {
    Map<String, Integer> fold = new LinkedHashMap<>();
    if (instance.spec() instanceof ConvSpec conv) {
      ConvFold f = conv.fold();
      fold.put("positions", f.positions());
      fold.put("groups", f.groupsParallel());
      fold.put("pe", f.pe());
      fold.put("simd", f.simd());
    }
    String kind = Units.of(instance.spec()).kind();
    double busy = (double) cost.cyclesPerFrame() / cycles;
    return new UnitRow(instance.spec().name(), kind, fold, cost, busy);
  }

  private static LinkRow row(Link link) {
    int bits = link.type().bits();
    double bram = link.depth() > 0 ? Fifo.bram36(link.depth(), bits) : 0;
    return new LinkRow(link.name(), link.type().lanes(), bits, link.depth(), bram);
  }

  private static List<Alternative> alternatives(FoldSearch search, Choice choice) {
    List<Alternative> all = new ArrayList<>();
    long cycles = FoldSearch.cycles(choice.folds());
    search
        .smaller(FoldSearch.multipliers(choice.folds()))
        .ifPresent(p -> all.add(alternative(p, "slower")));
    search
        .faster(cycles)
        .ifPresent(p -> all.add(alternative(p, "not taken because of " + choice.limit())));
    return all;
  }

  private static Alternative alternative(List<FoldOption> plan, String reason) {
    return new Alternative(FoldSearch.multipliers(plan), FoldSearch.cycles(plan), reason);
  }

  private List<String> notes(Resources resources, boolean bounded) {
    List<String> notes = new ArrayList<>();
    notes.add(String.format(Locale.ROOT, "tightest resource: %s", resources.tightest(board)));
    resources
        .excess(board)
        .filter(over -> bounded)
        .ifPresent(over -> notes.add("does not fit on " + board.title() + ": " + over));
    if (!board.verified()) {
      notes.add("figures of the board are partly unverified");
    }
    return notes;
  }
}
