package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.hw.Ram;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a board offers, read from {@code constraints/<name>.json}.
 *
 * @param name key on the command line: lower-case letters, digits and dashes
 * @param title the board in full
 * @param vendor {@code amd}, {@code intel} or {@code lattice}
 * @param part device as the vendor's tool names it
 * @param clockMhz clock that plans assume unless asked otherwise
 * @param dsp multiplier blocks
 * @param memories block memories, the preferred one first
 * @param lut look-up tables, or combinational outputs of adaptive logic modules
 * @param ff flip-flops
 * @param dram external memory
 * @param sources where the facts come from; together they name every fact
 */
public record Board(
    String name,
    String title,
    String vendor,
    String part,
    double clockMhz,
    Dsp dsp,
    List<Memory> memories,
    int lut,
    int ff,
    Dram dram,
    List<Source> sources) {
  /** The facts that need a source. */
  static final List<String> FACTS =
      List.of(
          "part",
          "clockMhz",
          "dsp",
          "productsPerBlock",
          "sharedProducts",
          "wideBlocks",
          "memories",
          "lut",
          "ff",
          "dram");

  private static final Set<String> VENDORS = Set.of("amd", "intel", "lattice");

  public Board {
    memories = List.copyOf(memories);
    sources = List.copyOf(sources);
  }

  /**
   * Multiplier blocks.
   *
   * @param kind the vendor's name
   * @param count blocks
   * @param productsPerBlock independent products of 9 x 8 bits that one block makes of plain
   *     multiplications
   * @param sharedProducts products of 9 x 8 bits with one factor in common that are worth a block:
   *     2 if its multiplier is wide enough for two side by side, else 1
   * @param wideBlocks blocks that a product of a requantiser takes, whose factors have 18 bits and
   *     more
   */
  public record Dsp(
      String kind, int count, int productsPerBlock, int sharedProducts, int wideBlocks) {
    /** Whether two products with a factor in common take one block in place of two. */
    public boolean shares() {
      return sharedProducts > 1 && productsPerBlock == 1;
    }
  }

  /**
   * A kind of block memory.
   *
   * @param kind the vendor's name
   * @param count blocks
   * @param shapes words x bits that one block can be, such as {@code 512x72}
   * @param halves words x bits that each half of a block can be on its own; empty if a block does
   *     not split
   * @param initialContents whether a block can hold constants from configuration on
   */
  public record Memory(
      String kind, int count, List<String> shapes, List<String> halves, boolean initialContents) {
    public Memory {
      shapes = List.copyOf(shapes);
      halves = List.copyOf(halves);
    }

    /** Half blocks that hold all memories of {@code ram}. */
    public int halfBlocks(Ram ram) {
      return ram.shapes().stream()
          .mapToInt(s -> Math.multiplyExact(s.banks(), halfBlocks(s.words(), s.bits())))
          .sum();
    }

    /**
     * Half blocks that hold {@code words} of {@code bits}, side by side and one after the other.
     */
    public int halfBlocks(int words, int bits) {
      return Math.min(2 * pieces(shapes, words, bits), pieces(halves, words, bits));
    }

    /** Bytes that all blocks hold. */
    long bytes() {
      return shapes.stream()
              .map(shape -> shape.split("x"))
              .mapToLong(s -> Long.parseLong(s[0]) * Integer.parseInt(s[1]))
              .max()
              .orElseThrow()
          * count
          / Byte.SIZE;
    }

    private static int pieces(List<String> shapes, int words, int bits) {
      int least = Integer.MAX_VALUE / 2;
      for (String shape : shapes) {
        int cross = shape.indexOf('x');
        int deep = Bits.ceilDiv(words, Integer.parseInt(shape.substring(0, cross)));
        int wide = Bits.ceilDiv(bits, Integer.parseInt(shape.substring(cross + 1)));
        least = Math.min(least, Math.multiplyExact(deep, wide));
      }
      return least;
    }

    private boolean shaped() {
      return !shapes.isEmpty()
          && Stream.concat(shapes.stream(), halves.stream())
              .allMatch(s -> s.matches("[1-9]\\d{0,6}x[1-9]\\d{0,3}"));
    }
  }

  /**
   * External memory.
   *
   * @param kind type and width
   * @param gigabytesPerSecond peak rate
   */
  public record Dram(String kind, double gigabytesPerSecond) {}

  /**
   * Where facts come from.
   *
   * @param facts names of the facts
   * @param source document or reasoning
   * @param verified whether the document was read for this entry, not recalled
   */
  public record Source(List<String> facts, String source, boolean verified) {
    public Source {
      facts = List.copyOf(facts);
    }
  }

  /** Bytes of all block memory. */
  long memoryBytes() {
    return memories.stream().mapToLong(Memory::bytes).sum();
  }

  /** DSP blocks that {@code multipliers} products and {@code requantisers} need. */
  public int dspBlocks(long multipliers, long requantisers) {
    return Math.toIntExact(
        Bits.ceilDiv(multipliers, dsp.productsPerBlock()) + dsp.wideBlocks() * requantisers);
  }

  /** Whether every fact was read in its document. */
  public boolean verified() {
    return sources.stream().allMatch(Source::verified);
  }

  /** What is wrong with this board, empty if nothing. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    check(faults, name.matches("[a-z0-9]+(-[a-z0-9]+)*"), "name '" + name + "' is no key");
    check(faults, VENDORS.contains(vendor), "vendor is not amd, intel or lattice");
    check(faults, clockMhz > 0 && clockMhz <= 2000, "clockMhz " + clockMhz + " is no clock");
    check(faults, dsp.count() > 0 && dsp.productsPerBlock() > 0, "dsp counts are not positive");
    check(
        faults,
        dsp.sharedProducts() == 1 || dsp.sharedProducts() == 2,
        "sharedProducts is neither 1 nor 2");
    check(faults, dsp.wideBlocks() > 0, "wideBlocks is not positive");
    check(faults, lut > 0 && ff > 0, "lut and ff are not positive");
    check(faults, dram.gigabytesPerSecond() >= 0, "dram rate is negative");
    check(faults, !memories.isEmpty(), "memories are missing");
    for (Memory memory : memories) {
      check(
          faults,
          memory.shaped() && memory.count() >= 0,
          "memory " + memory.kind() + " has no shape");
    }
    Set<String> unsourced = new LinkedHashSet<>(FACTS);
    sources.forEach(s -> unsourced.removeAll(s.facts()));
    check(faults, unsourced.isEmpty(), "no source for " + String.join(", ", unsourced));
    return faults;
  }

  private static void check(List<String> faults, boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
