package dev.tessera.unit;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Design;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.Ram;
import dev.tessera.hw.SceneCut;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.TableLayout;
import dev.tessera.num.NormTable;
import dev.tessera.num.TableEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What it costs to make tables of sums over frames. Look-up tables and flip-flops follow what Yosys
 * makes of the cells for UltraScale+ at several widths; memories of more than 64 words are blocks.
 */
public final class Statistics {
  private static final int BLOCK_WORDS = 64;

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
    for (Normalizing unit : normalising(design).toList()) {
      TableEngine engine = unit.engine();
      all = sum(all, sum(sums(unit, engine), engine(engine)));
    }
    return all;
  }

  /** The normalising units of {@code design}, in the order of the netlist. */
  public static Stream<Normalizing> normalising(Design design) {
    return TableLayout.of(design).slices().stream().map(s -> (Normalizing) s.instance().spec());
  }

  /** Cycles from the last sum of a frame to the last entry of its table, at most, of any unit. */
  public static long cycles(Design design) {
    return normalising(design).mapToLong(Statistics::cycles).max().orElse(0);
  }

  /** Cycles from the last sum of a frame to the last entry of its table, at most. */
  public static long cycles(Normalizing unit) {
    return cycles(unit.engine());
  }

  /** A channel is collected, scaled, squared, its root taken, divided, multiplied, divided. */
  private static long cycles(TableEngine engine) {
    int collected = 8;
    int root = engine.sumBits() + engine.squareBits() + engine.rootBits() / 2;
    int entry = 5 * TableEngine.MANTISSA_BITS + 2 * engine.apartBits();
    return (long) engine.channels() * (collected + root + entry);
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
