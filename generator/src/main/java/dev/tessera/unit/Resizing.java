package dev.tessera.unit;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.TileGrid;
import dev.tessera.hw.UnitSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;

/** A design on frames of other sizes than the one that it was planned for. */
public final class Resizing {
  /** Sizes tried above the smallest one, to find what must divide a size. */
  private static final int TRIALS = 32;

  private static final int LUT = 70;
  private static final int FF = 25;
  private static final int CELL_LUT = 60;
  private static final int CELL_FF = 40;

  private Resizing() {}

  /**
   * The same units, links and depths for frames of {@code frame}: what a resizable design does with
   * such a frame.
   *
   * @throws IllegalArgumentException naming the unit and the rule that forbids the size
   */
  public static Design resized(Design design, Size frame) {
    return resized(design, frame, design.sizes(), (spec, inputs) -> resized(spec, frame, inputs));
  }

  /**
   * What a design that cuts its frames does with one tile: a design for frames of its size.
   *
   * @param index of the tile, from 0
   */
  public static Design inTile(Design design, TileGrid grid, int index) {
    int columns = grid.columns().count();
    Size size = grid.tiles().get(index).size();
    return resized(
        design,
        size,
        Optional.empty(),
        (spec, inputs) -> inTile(spec, index % columns, index / columns, size, inputs));
  }

  private static Design resized(
      Design design,
      Size frame,
      Optional<SizeRange> sizes,
      BiFunction<UnitSpec, List<StreamType>, UnitSpec> unit) {
    Map<String, Link> links = new LinkedHashMap<>();
    design.links().forEach(l -> links.put(l.name(), l));
    List<Instance> instances = new ArrayList<>();
    for (Instance instance : design.instances()) {
      List<StreamType> inputs = instance.inputs().stream().map(l -> links.get(l).type()).toList();
      UnitSpec spec = unit.apply(instance.spec(), inputs);
      instances.add(new Instance(spec, instance.inputs(), instance.outputs()));
      for (int i = 0; i < instance.outputs().size(); i++) {
        StreamType type = spec.outputs().get(i);
        links.computeIfPresent(
            instance.outputs().get(i),
            (n, l) -> new Link(n, l.type().withSize(Size.of(type)), l.depth()));
      }
    }
    double area = (double) frame.width() * frame.height();
    double planned = (double) design.frameWidth() * design.frameHeight();
    return new Design(
        design.name(),
        design.board(),
        design.clockMhz(),
        frame.width(),
        frame.height(),
        instances,
        List.copyOf(links.values()),
        Math.round(design.macsPerFrame() * area / planned),
        sizes,
        design.ultra(),
        Optional.empty(),
        Optional.empty(),
        design.norm());
  }

  private static <S extends UnitSpec> S inTile(
      S spec, int column, int row, Size tile, List<StreamType> inputs) {
    return Units.of(spec).inTile(spec, column, row, tile, inputs);
  }

  private static <S extends UnitSpec> S resized(S spec, Size frame, List<StreamType> inputs) {
    return Units.of(spec).resized(spec, frame, inputs);
  }

  /** The rule that forbids frames of size {@code frame}, or empty if there is none. */
  public static Optional<String> whyNot(Design design, Size frame) {
    try {
      resized(design, frame);
      return Optional.empty();
    } catch (IllegalArgumentException refused) {
      return Optional.of(refused.getMessage());
    }
  }

  /**
   * This design with hardware for frames of every size up to its own.
   *
   * @throws IllegalArgumentException if widths or heights follow no rule that hardware can check,
   *     or a unit would have to be told a size that is beyond a {@link SizeWord}
   */
  public static Design resizable(Design design) {
    Size most = design.frame();
    int[] columns = axis("width", most.width(), n -> fits(design, new Size(n, most.height())));
    int[] rows = axis("height", most.height(), n -> fits(design, new Size(most.width(), n)));
    SizeRange range = new SizeRange(new Size(columns[0], rows[0]), most, columns[1], rows[1]);
    requireWords(design, most);
    return new Design(
        design.name(),
        design.board(),
        design.clockMhz(),
        design.frameWidth(),
        design.frameHeight(),
        design.instances(),
        design.links(),
        design.macsPerFrame(),
        Optional.of(range),
        design.ultra(),
        design.tiles(),
        design.memory(),
        design.norm());
  }

  private static void requireWords(Design design, Size most) {
    Map<String, SizeMap> links = maps(design);
    for (Instance instance : design.instances()) {
      for (SizeMap word : words(instance, links)) {
        Size size = word.at(most);
        if (size.width() > SizeWord.MOST || size.height() > SizeWord.MOST) {
          throw new IllegalArgumentException(
              instance.spec().name() + " has frames of " + size + ", beyond " + SizeWord.MOST);
        }
      }
    }
  }

  private static boolean fits(Design design, Size size) {
    return whyNot(design, size).isEmpty();
  }

  /** Smallest size that fits and the power of two that divides all that do. */
  private static int[] axis(String name, int most, IntPredicate fits) {
    int least = 1;
    while (least < most && !fits.test(least)) {
      least++;
    }
    List<Integer> others = new ArrayList<>();
    for (int n = least + 1; n <= Math.min(most, least + TRIALS); n++) {
      if (fits.test(n)) {
        others.add(n);
      }
    }
    int step = Integer.lowestOneBit(least);
    for (int n : others) {
      step = Math.min(step, Integer.lowestOneBit(n));
    }
    int tried = Math.min(most, least + TRIALS);
    if (others.size() != (tried - least) / step || most % step != 0 || most > SizeWord.MOST) {
      throw new IllegalArgumentException(
          "its " + name + " is not every multiple of " + step + " from " + least + " to " + most);
    }
    return new int[] {least, step};
  }

  /**
   * What the ways of the sizes take beyond the same design for one size, estimated from a synthesis
   * of single convolutions.
   */
  public static Cost cost(Design design) {
    int parts = 0;
    int cells = 0;
    if (design.resizable()) {
      for (Instance instance : design.instances()) {
        int own = sizeParts(instance.spec());
        parts += own;
        cells += own > 0 ? 1 : 0;
      }
    }
    return Cost.wiring(0, LUT * parts + CELL_LUT * cells, FF * parts + CELL_FF * cells, 0);
  }

  private static <S extends UnitSpec> int sizeParts(S spec) {
    return Units.of(spec).sizeParts(spec);
  }

  /** Per link the size of its frames as a function of the size of the design's frame. */
  public static Map<String, SizeMap> maps(Design design) {
    Map<String, SizeMap> maps = new LinkedHashMap<>();
    for (Instance instance : design.instances()) {
      SizeMap made = sizes(instance.spec(), input(instance, maps));
      instance.outputs().forEach(link -> maps.put(link, made));
    }
    return maps;
  }

  /**
   * The size of each word that the unit of {@code instance} is told, in order; empty if it is told
   * none.
   *
   * @param links of {@link #maps}
   */
  public static List<SizeMap> words(Instance instance, Map<String, SizeMap> links) {
    SizeMap input = input(instance, links);
    return sizeWords(instance.spec()).stream()
        .map(word -> word == SizeWord.INPUT ? input : sizes(instance.spec(), input))
        .toList();
  }

  private static SizeMap input(Instance instance, Map<String, SizeMap> links) {
    return instance.inputs().isEmpty() ? SizeMap.FRAME : links.get(instance.inputs().get(0));
  }

  private static <S extends UnitSpec> SizeMap sizes(S spec, SizeMap input) {
    return Units.of(spec).sizes(spec, input);
  }

  private static <S extends UnitSpec> List<SizeWord> sizeWords(S spec) {
    HardwareUnit<S> unit = Units.of(spec);
    return unit.sizeWords(spec);
  }
}
