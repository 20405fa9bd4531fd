package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.UnitSpec;
import dev.tessera.hw.VerilogName;
import dev.tessera.num.TableCodes;
import dev.tessera.unit.fork.ForkSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins a pipeline with the statistics branch that gives its tables: both read the frame behind one
 * video input, and the branch ends in a stream of codes that no unit reads.
 */
public final class StatisticsBranch {
  private static final String PREFIX = "branch_";

  private final Design main;
  private final Design branch;
  private final Set<String> taken = new HashSet<>(Set.of("clk", "rst"));
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private StatisticsBranch(Design main, Design branch) {
    this.main = main;
    this.branch = branch;
    main.instances().forEach(i -> taken.add(i.spec().name()));
    main.links().forEach(l -> taken.add(l.name()));
  }

  /**
   * The plan of both.
   *
   * @param branch a plan for the same frames, in no more cycles, whose features are codes of tables
   * @param bounded whether the user bounds the multipliers, not the board
   * @throws TesseraException {@code plan.board} if both do not fit on it, unless bounded
   */
  public static Plan join(Plan main, Plan branch, TableCodes codes, boolean bounded) {
    Design design = new StatisticsBranch(main.design(), branch.design()).run(codes);
    PlanReport old = main.report();
    long beside = branch.report().multipliers();
    String limit = old.limit();
    if (bounded) {
      limit += ", beside " + beside + " of the statistics branch";
    }
    Plan joined = main.changed(design, limit, bounded);
    PlanReport report = joined.report();
    Optional<String> excess = report.resources().excess(old.board());
    if (excess.isPresent() && !bounded) {
      throw TesseraException.input(
          "plan.board",
          "",
          "with its statistics branch the design takes " + excess.get(),
          "bound it by --multipliers or --fps, or choose another --board");
    }
    return joined;
  }

  private Design run(TableCodes codes) {
    Instance source = main.source();
    String frame = source.outputs().get(0);
    ForkSpec fork = new ForkSpec(unique("frame_fork"), main.link(frame).type(), 2);
    String kept = unique(fork.name() + "_out0");
    String given = branch.source().outputs().get(0);
    instances.add(source);
    instances.add(new Instance(fork, List.of(frame), List.of(kept, named(given))));
    List<Instance> units = branch.instances();
    units.subList(1, units.size() - 1).forEach(this::add);
    for (Instance unit : main.instances().subList(1, main.instances().size())) {
      List<String> inputs = unit.inputs().stream().map(l -> l.equals(frame) ? kept : l).toList();
      instances.add(new Instance(unit.spec(), inputs, unit.outputs()));
    }
    links.addAll(main.links());
    links.add(new Link(kept, fork.type(), 0));
    branch.links().forEach(l -> links.add(new Link(named(l.name()), l.type(), l.depth())));
    List<String> ultra = new ArrayList<>(main.ultra());
    branch.ultra().stream().filter(names::containsKey).map(this::named).forEach(ultra::add);
    String codesLink = named(branch.sink().inputs().get(0));
    return new Design(
            main.name(),
            main.board(),
            main.clockMhz(),
            main.frameWidth(),
            main.frameHeight(),
            instances,
            links,
            main.macsPerFrame() + branch.macsPerFrame(),
            Optional.empty(),
            ultra)
        .withNorm(Optional.of(NormTop.learned(new NormTop.Branch(codesLink, codes))));
  }

  private void add(Instance unit) {
    UnitSpec spec = Renaming.named(unit.spec(), named(unit.spec().name()));
    List<String> inputs = unit.inputs().stream().map(this::named).toList();
    instances.add(new Instance(spec, inputs, unit.outputs().stream().map(this::named).toList()));
  }

  /** The name of a unit or link of the branch in the joint design. */
  private String named(String name) {
    String known = names.get(name);
    if (known == null) {
      known = unique(PREFIX + name);
      names.put(name, known);
    }
    return known;
  }

  private String unique(String name) {
    return VerilogName.unique(name, taken);
  }
}
