package dev.tessera.unit;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Crops;
import dev.tessera.hw.Design;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.Ram;
import dev.tessera.hw.SceneCut;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.SumArea;
import dev.tessera.hw.TableLayout;
import dev.tessera.num.NormTable;
import dev.tessera.num.Requant;
import dev.tessera.num.TableEngine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What it costs to make tables of sums over frames. Look-up tables and flip-flops follow what Yosys
 * makes of the cells for UltraScale+ at several widths; memories of more than 64 words are blocks.
 */
public final class Statistics {
  private static final int BLOCK_WORDS = 64;

  /** Cycles in which a channel's sums are taken in, and in which an entry is sent on. */
  private static final long COLLECTED = 4;

  private static final long SENT = 4;

  /** Cycles for an entry between the loops. */
  private static final int STEPS = 10;

  private Statistics() {}

  /** The cost of all units of {@code design} whose tables follow from sums, or nothing. */
  public static Cost cost(Design design) {
    Cost all = Cost.wiring(0, 0, 0, 0);
    if (design.norm().filter(NormTop::sums).isEmpty()) {
      return all;
    }
    if (design.norm().get().follows()) {
      all = sum(all, cut(design.link(design.source().outputs().get(0)).type()));
    }
    for (Summed summed : summed(design).toList()) {
      TableEngine engine = summed.engine();
      all = sum(all, sum(sums(summed.unit(), engine), engine(engine)));
    }
    return all;
  }

  /**
   * A unit of which sums are taken.
   *
   * @param unit on the frames that are summed
   * @param area what of its map is summed
   * @param engine that makes its tables
   */
  public record Summed(Normalizing unit, SumArea area, TableEngine engine) {
    /** The sums of {@code unit} over {@code area} of so many frames together. */
    public static Summed of(Normalizing unit, SumArea area, int frames) {
      return new Summed(unit, area, unit.engine(frames * area.positions()));
    }
  }

  /** The units of {@code design} whose tables follow from sums, in the order of the netlist. */
  public static Stream<Summed> summed(Design design) {
    Crops crops = design.norm().map(NormTop::crops).orElse(null);
    if (crops == null) {
      return normalising(design).map(unit -> Summed.of(unit, unit.summedArea(), 1));
    }
    Design small = Resizing.resized(design, crops.size());
    Set<String> far = crops.size().equals(design.picture()) ? Set.of() : inventing(design);
    return normalising(small)
        .map(unit -> Summed.of(unit, area(unit, far.contains(unit.name())), crops.count()));
  }

  private static SumArea area(Normalizing unit, boolean inventing) {
    SumArea whole = unit.summedArea();
    return inventing ? whole.within(Crops.BORDER_SHARE) : whole;
  }

  /** The units whose maps hold values near a border that come of no pixel, by their names. */
  private static Set<String> inventing(Design design) {
    Set<String> units = new HashSet<>();
    Set<String> links = new HashSet<>();
    for (Design.Instance unit : design.instances()) {
      if (unit.spec().invents() || unit.inputs().stream().anyMatch(links::contains)) {
        units.add(unit.spec().name());
        links.addAll(unit.outputs());
      }
    }
    return units;
  }

  /** The normalising units of {@code design}, in the order of the netlist. */
  public static Stream<Normalizing> normalising(Design design) {
    return TableLayout.of(design).slices().stream().map(s -> (Normalizing) s.instance().spec());
  }

  /**
   * A unit of which no sums can be taken: the phases of its channels accumulate in several units.
   */
  public static Optional<Normalizing> unfit(Design design) {
    return normalising(design).filter(unit -> !TableEngine.fits(unit.norm())).findFirst();
  }

  /** Cycles from the last sum of a frame to the last entry of its table, at most, of any unit. */
  public static long cycles(Design design) {
    return summed(design).mapToLong(s -> cycles(s.engine())).max().orElse(0);
  }

  /** Cycles from the last sum of a frame to the last entry of its table, at most. */
  public static long cycles(Normalizing unit) {
    return cycles(unit.engine());
  }

  /** The same of {@code engine}: all zeros stripped, and the quotient shifted away. */
  private static long cycles(TableEngine engine) {
    int stripped = engine.rootBits() / 2;
    return engine.channels() * (COLLECTED + entry(engine) + stripped + TableEngine.MANTISSA_BITS);
  }

  /**
   * Cycles from the last sum of a frame until all entries of its table have been sent on, for usual
   * sums: as many zeros are stripped as the quotient is shifted less.
   */
  public static long usualCycles(TableEngine engine) {
    long cycles = (long) engine.channels() * (COLLECTED + entry(engine) + SENT);
    for (int exponent : engine.exponent()) {
      cycles += Math.max(0, Math.min(exponent, engine.rootBits() / 2 + TableEngine.MANTISSA_BITS));
    }
    return cycles;
  }

  /**
   * Cycles for the entry of a channel, but for what depends on its sums: scaled, squared, its root
   * taken, divided, multiplied, divided.
   */
  private static long entry(TableEngine engine) {
    BigInteger count = BigInteger.valueOf(engine.count());
    int divisor = count.shiftLeft(engine.divisorShift()).bitLength();
    int divided = Math.max(engine.apartBits() + Requant.MULTIPLIER_BITS, divisor) + 1;
    int products = count.bitLength() + engine.sumBits() + Requant.MULTIPLIER_BITS;
    return STEPS + products + 2 * TableEngine.MANTISSA_BITS + divided;
  }

  private static Cost sum(Cost a, Cost b) {
    List<Ram> rams = new ArrayList<>(a.rams());
    rams.addAll(b.rams());
    return new Cost(
        0,
        0,
        0,
        a.dsp() + b.dsp(),
        a.lut() + b.lut(),
        a.ff() + b.ff(),
        a.bram36() + b.bram36(),
        rams);
  }

  private static Cost of(int dsp, int lut, int ff, List<Ram.Shape> memories) {
    List<Ram.Shape> blocks = memories.stream().filter(m -> m.words() > BLOCK_WORDS).toList();
    int tables = 0;
    int halves = 0;
    for (Ram.Shape m : memories) {
      boolean block = m.words() > BLOCK_WORDS;
      halves += block ? m.banks() * Bits.ceilDiv(m.bits(), 36) : 0;
      tables += block ? 0 : m.banks() * Bits.ceilDiv(m.words() * m.bits(), BLOCK_WORDS);
    }
    List<Ram> rams = blocks.isEmpty() ? List.of() : List.of(new Ram(blocks, false));
    return new Cost(0, 0, 0, dsp, lut + tables, ff, halves / 2.0, rams);
  }

  private static Cost cut(StreamType type) {
    int count = Bits.countWidth(new SceneCut(type).values());
    int lanes = type.lanes() * type.positions();
    return of(0, 30 * count + 85 * lanes, 38 * count + 15 * lanes, List.of());
  }

  private static Cost sums(Normalizing unit, TableEngine engine) {
    int lanes = unit.summedLanes();
    int bits = engine.sumBits() + engine.squareBits();
    int beats = Bits.ceilDiv(engine.channels(), lanes);
    return of(
        lanes,
        lanes * (2 * bits + 60) + beats,
        lanes * (5 * bits + 100) + beats,
        List.of(new Ram.Shape(2 * lanes, beats, bits)));
  }

  private static Cost engine(TableEngine engine) {
    int pair = engine.sumBits() + engine.squareBits();
    int channels = engine.channels();
    return of(
        0,
        260 + 17 * engine.rootBits(),
        600 + 10 * engine.rootBits(),
        List.of(
            new Ram.Shape(1, engine.distinct(), pair),
            new Ram.Shape(1, engine.distinct(), engine.rootBits()),
            new Ram.Shape(1, channels, engine.ruleBits()),
            new Ram.Shape(2, channels, NormTable.BITS)));
  }
}
