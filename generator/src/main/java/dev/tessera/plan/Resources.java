package dev.tessera.plan;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.Ram;
import dev.tessera.hw.UnitSpec;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.unit.Units;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pipeline takes of a board, estimated.
 *
 * @param multipliers products of the MAC arrays, each at most 9 x 8 bits
 * @param otherDsp multiplications outside the MAC arrays, such as requantisers, less one for every
 *     two multipliers that share a block
 * @param lut look-up tables
 * @param ff flip-flops
 * @param bram36 block memories of 36 Kbit, if there were no others
 * @param rams the memories
 */
public record Resources(
    long multipliers, long otherDsp, long lut, long ff, double bram36, List<Ram> rams) {
  /** Share of look-up tables and flip-flops beyond which placement becomes hard. */
  private static final double LOGIC_SHARE = 0.8;

  /** Nothing. */
  public static final Resources NONE = new Resources(0, 0, 0, 0, 0, List.of());

  public Resources {
    rams = List.copyOf(rams);
  }

  /** DSP blocks alone. */
  static Resources dsp(long multipliers, long otherDsp) {
    return new Resources(multipliers, otherDsp, 0, 0, 0, List.of());
  }

  /** What the units of {@code netlist} take. */
  static Resources units(Netlist netlist) {
    Resources sum = NONE;
    for (Instance instance : netlist.instances()) {
      sum = sum.plus(of(cost(instance.spec())));
    }
    return sum;
  }

  /** What the links of {@code netlist} take. */
  static Resources links(Netlist netlist) {
    Resources sum = NONE;
    for (Link link : netlist.links()) {
      sum = sum.plus(of(link));
    }
    return sum;
  }

  static Resources of(Link link) {
    int bits = link.type().bits();
    int depth = link.depth();
    return depth == 0
        ? NONE
        : new Resources(
            0,
            0,
            Fifo.lut(depth, bits),
            Fifo.ff(depth, bits),
            Fifo.bram36(depth, bits),
            Fifo.ram(depth, bits).map(r -> new Ram(List.of(r), true)).stream().toList());
  }

  static Cost cost(UnitSpec spec) {
    return Units.of(spec).cost(spec);
  }

  /** What a unit of {@code cost} takes. */
  public static Resources of(Cost cost) {
    int other = cost.dsp() - cost.multipliers();
    return new Resources(
        cost.multipliers(), other, cost.lut(), cost.ff(), cost.bram36(), cost.rams());
  }

  /** The sum of both. */
  public Resources plus(Resources other) {
    return new Resources(
        multipliers + other.multipliers,
        otherDsp + other.otherDsp,
        lut + other.lut,
        ff + other.ff,
        bram36 + other.bram36,
        Stream.concat(rams.stream(), other.rams.stream()).toList());
  }

  /** DSP blocks of {@code board}. */
  public int dspBlocks(Board board) {
    return board.dspBlocks(multipliers, otherDsp);
  }

  /** The memories in the blocks of {@code board}. */
  public RamMapping memories(Board board) {
    return RamMapping.of(rams, board.memories());
  }

  /** The first limit of {@code board} that is exceeded, in words, or empty if all fits. */
  public Optional<String> excess(Board board) {
    String over = over(board.dsp().kind() + " blocks", dspBlocks(board), board.dsp().count());
    if (over == null) {
      over = memories(board).excess().map(e -> over(e.kind(), e.needed(), e.count())).orElse(null);
    }
    over = over != null ? over : over("look-up tables", lut, (long) (LOGIC_SHARE * board.lut()));
    over = over != null ? over : over("flip-flops", ff, (long) (LOGIC_SHARE * board.ff()));
    return Optional.ofNullable(over);
  }

  private static String over(String what, long needed, long available) {
    return needed <= available
        ? null
        : String.format(Locale.ROOT, "%,d %s of %,d usable", needed, what, available);
  }

  /** The resource of {@code board} that is used most, with its share. */
  public String tightest(Board board) {
    RamMapping memory = memories(board);
    String[] names = {board.dsp().kind(), memory.fullest().kind(), "look-up tables", "flip-flops"};
    double[] shares = {
      (double) dspBlocks(board) / board.dsp().count(),
      memory.fullest().share(),
      (double) lut / board.lut(),
      (double) ff / board.ff()
    };
    int most = 0;
    for (int i = 1; i < shares.length; i++) {
      most = shares[i] > shares[most] ? i : most;
    }
    return String.format(Locale.ROOT, "%s, %.0f %% used", names[most], 100 * shares[most]);
  }
}
