package dev.tessera.golden;

import dev.tessera.hw.Crops;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.SceneCut;
import dev.tessera.hw.Size;
import dev.tessera.hw.TableLayout;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.TableEngine;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.codec.CutSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Tables of the normalising units of a design, by the name of the unit, for one frame. */
public final class Tables {
  private Tables() {}

  /**
   * The tables of a frame's own statistics, each taken with the units before it normalised by
   * theirs: exact instance normalisation of the integer network.
   *
   * @param input the whole frame, also where the design cuts it
   */
  public static Map<String, NormTable> exact(Design design, Frame input) {
    return exact(design, input, (unit, frame) -> unit.norm().table(unit.moments(frame)));
  }

  /** The same as hardware makes them of its sums, see {@link TableEngine}. */
  public static Map<String, NormTable> summed(Design design, Frame input) {
    return exact(
        design,
        input,
        (unit, frame) -> {
          TableEngine engine = unit.engine();
          return engine.table(unit.moments(frame, engine));
        });
  }

  private static Map<String, NormTable> exact(
      Design design, Frame input, BiFunction<Normalizing, Frame, NormTable> maker) {
    Map<String, NormTable> tables = new LinkedHashMap<>();
    Map<String, Frame> stored = new HashMap<>();
    GoldenModel.run(
        whole(design, input),
        input,
        (spec, frame) -> {
          if (spec instanceof CutSpec cut && cut.normalised()) {
            stored.put(readerOf(design, cut), frame);
          }
          if (spec instanceof Normalizing unit && unit.norm() != null) {
            // Sums are taken of what is stored, not of what a codec leaves of it.
            Frame summed = stored.getOrDefault(unit.name(), frame);
            NormTable table = maker.apply(unit, summed);
            tables.put(unit.name(), table);
            return unit.with(table);
          }
          return spec;
        });
    return tables;
  }

  /** The tables of {@code input} where they follow from nothing but itself, see NormTop.own. */
  public static Map<String, NormTable> own(Design design, Frame input) {
    List<Map<String, NormTable>> passes = passes(design, input);
    return passes.isEmpty() ? summed(design, input) : passes.get(passes.size() - 1);
  }

  /**
   * What every pass over the crops of {@code input} has for tables, and last the frame itself:
   * typical ones, after each pass that of one more unit by its own sums. Empty if the design takes
   * no crops.
   */
  public static List<Map<String, NormTable>> passes(Design design, Frame input) {
    Crops crops = design.norm().orElseThrow().crops();
    List<Map<String, NormTable>> tables = new ArrayList<>();
    if (crops == null) {
      return tables;
    }
    Design small = Resizing.resized(design, crops.size());
    List<Frame> frames = crops.of(input);
    Map<String, NormTable> held = typical(Statistics.normalising(design).toList());
    for (Statistics.Summed summed : Statistics.summed(design).toList()) {
      tables.add(new LinkedHashMap<>(held));
      String unit = summed.unit().name();
      Design settled = applied(small, held);
      Moments sums = Moments.none(summed.engine().channels());
      for (Frame crop : frames) {
        sums = sums.plus(moments(settled, crop, summed));
      }
      held.put(unit, summed.engine().table(sums));
    }
    tables.add(held);
    return tables;
  }

  /** What {@code summed} takes of {@code input}; no unit behind it is run. */
  private static Moments moments(Design design, Frame input, Statistics.Summed summed) {
    String unit = summed.unit().name();
    List<Moments> sums = new ArrayList<>();
    Instance last =
        design.instances().stream().filter(i -> i.spec().name().equals(unit)).findFirst().get();
    GoldenModel.run(
        branchOf(design, last.outputs().get(0)),
        input,
        (spec, frame) -> {
          if (spec instanceof Normalizing maker && maker.name().equals(unit)) {
            sums.add(maker.moments(frame, summed.engine(), summed.area()));
          }
          return spec;
        });
    return sums.get(0);
  }

  /** The unit that reads what {@code cut} stores. */
  private static String readerOf(Design design, CutSpec cut) {
    return design.instances().stream()
        .filter(i -> i.spec().name().equals(cut.name()))
        .map(i -> design.reader(i.outputs().get(0)).spec().name())
        .findFirst()
        .orElseThrow();
  }

  /**
   * The tables of each of a sequence of frames where they follow from earlier ones.
   *
   * @param inputs whole frames, also where the design cuts them, in the order of time
   */
  public static List<Map<String, NormTable>> following(Design design, List<Frame> inputs) {
    return design.norm().orElseThrow().sums() ? temporal(design, inputs) : learned(design, inputs);
  }

  /** Typical tables for the first frames, then what the branch says of earlier ones. */
  private static List<Map<String, NormTable>> learned(Design design, List<Frame> inputs) {
    List<Map<String, NormTable>> tables = new ArrayList<>();
    for (int t = 0; t < inputs.size(); t++) {
      int from = t - NormTop.LAG;
      tables.add(
          from < 0
              ? typical(Statistics.normalising(design).toList())
              : learned(design, inputs.get(from)));
    }
    return tables;
  }

  /** The tables that the statistics branch of {@code design} makes of a frame. */
  public static Map<String, NormTable> learned(Design design, Frame input) {
    NormTop.Branch branch = design.norm().orElseThrow().branch();
    int[] codes =
        GoldenModel.runAll(branchOf(design, branch.link()), input)
            .links()
            .get(branch.link())
            .data();
    Map<String, NormTable> tables = new LinkedHashMap<>();
    for (TableLayout.Slice slice : TableLayout.of(design).slices()) {
      tables.put(
          slice.instance().spec().name(),
          branch.codes().table(codes, slice.base(), slice.entries()));
    }
    return tables;
  }

  /** The units that lead to {@code link}. */
  private static Design branchOf(Design design, String link) {
    Set<String> needed = new HashSet<>(Set.of(link));
    List<Instance> units = new ArrayList<>();
    for (int i = design.instances().size() - 1; i >= 0; i--) {
      Instance unit = design.instances().get(i);
      if (unit.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(unit.inputs());
        units.add(0, unit);
      }
    }
    return design.withInstances(units);
  }

  /**
   * The tables of each of a sequence of frames where they follow from sums: typical ones first, and
   * from {@link NormTop#LAG} frames behind the first of a scene; of frame {@link NormTop#turn} of
   * every period the sums of one unit make the table that this unit has from so many frames later
   * on.
   *
   * @param inputs whole frames, also where the design cuts them, in the order of time
   */
  private static List<Map<String, NormTable>> temporal(Design design, List<Frame> inputs) {
    List<Normalizing> units = Statistics.normalising(design).toList();
    List<Map<String, NormTable>> tables = new ArrayList<>();
    Map<String, NormTable> held = typical(units);
    SceneCut scenes = new SceneCut(design.link(design.source().outputs().get(0)).type());
    int at = 0;
    for (int t = 0; t < inputs.size(); t++) {
      int from = t - NormTop.LAG;
      if (from > 0 && scenes.between(inputs.get(from - 1), inputs.get(from))) {
        held = typical(units);
        at = 0;
      }
      for (int i = 0; from >= 0 && i < units.size(); i++) {
        if (at == NormTop.turn(i)) {
          String unit = units.get(i).name();
          held.put(unit, following(design, inputs.get(from), tables.get(from), units.get(i)));
        }
      }
      at = from < 0 ? 0 : (at + 1) % NormTop.period(units.size());
      tables.add(new LinkedHashMap<>(held));
    }
    return tables;
  }

  private static Map<String, NormTable> typical(List<Normalizing> units) {
    Map<String, NormTable> tables = new LinkedHashMap<>();
    units.forEach(u -> tables.put(u.name(), u.norm().typical()));
    return tables;
  }

  /** The table of the sums of {@code unit} over {@code input}, normalised by {@code own}. */
  private static NormTable following(
      Design design, Frame input, Map<String, NormTable> own, Normalizing unit) {
    Statistics.Summed all = Statistics.Summed.of(unit, unit.summedArea(), 1);
    return all.engine().table(moments(applied(whole(design, input), own), input, all));
  }

  private static Design whole(Design design, Frame input) {
    Size size = Size.of(input);
    return size.equals(design.frame()) ? design : Resizing.resized(design, size);
  }

  /**
   * The design as it works on a frame with these tables; a unit without one keeps what it has.
   *
   * @param tables by the name of the unit
   */
  public static Design applied(Design design, Map<String, NormTable> tables) {
    List<Instance> instances = new ArrayList<>();
    for (Instance instance : design.instances()) {
      NormTable table = tables.get(instance.spec().name());
      UnitSpec spec =
          table != null && instance.spec() instanceof Normalizing unit
              ? unit.with(table)
              : instance.spec();
      instances.add(new Instance(spec, instance.inputs(), instance.outputs()));
    }
    return design.withInstances(instances);
  }
}
