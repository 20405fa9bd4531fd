package dev.tessera.cosim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Device families that Yosys maps to, and what their cells count. */
public enum Family {
  /** AMD 7 series. */
  XC7(Cells.AMD, "synth_xilinx -family xc7 -noiopad -noclkbuf"),
  /** AMD UltraScale+. */
  XCUP(Cells.AMD, "synth_xilinx -family xcup -noiopad -noclkbuf"),
  /** Intel Cyclone V. */
  CYCLONEV(Cells.INTEL, "synth_intel_alm -family cyclonev -noiopad -noclkbuf"),
  /** Lattice iCE40: no memory but its blocks. */
  ICE40(Cells.LATTICE, Family.WITHOUT_STYLES, "synth_ice40 -dsp -noflatten");

  /** Forgets how memories are to be built, for devices that have no memory of look-up tables. */
  static final String WITHOUT_STYLES = "setattr -unset ram_style */m:*";

  private final List<String> commands;
  private final Map<String, Count> cells;

  Family(Map<String, Count> cells, String... commands) {
    this.cells = cells;
    this.commands = List.of(commands);
  }

  /**
   * What a cell is.
   *
   * @param area that it takes
   * @param level whether a signal passes through it without a clock, and how many levels that
   *     counts; -1 for cells with a clock
   */
  record Count(Area area, int level) {
    private static Count logic(int lut, int level) {
      return new Count(new Area(0, lut, 0, 0, 0), level);
    }

    private static Count clocked(int lut, int ff) {
      return new Count(new Area(0, lut, ff, 0, 0), -1);
    }

    private static Count multiplier(double blocks) {
      return new Count(new Area(blocks, 0, 0, 0, 0), -1);
    }

    private static Count memory(double blocks, int ultra) {
      return new Count(new Area(0, 0, 0, blocks, ultra), -1);
    }
  }

  /** Cells by the beginning of their type; the longest that fits counts. */
  private static final class Cells {
    /** User guides 474 and 574 of AMD: LUT RAM takes a LUT per 64 (with two ports 32) bits. */
    static final Map<String, Count> AMD =
        Map.ofEntries(
            Map.entry("LUT", Count.logic(1, 1)),
            Map.entry("INV", Count.logic(0, 0)),
            Map.entry("MUXF", Count.logic(0, 0)),
            Map.entry("CARRY", Count.logic(0, 0)),
            Map.entry("FD", Count.clocked(0, 1)),
            Map.entry("SRL", Count.clocked(1, 0)),
            Map.entry("RAM32M", Count.clocked(4, 0)),
            Map.entry("RAM64M", Count.clocked(4, 0)),
            Map.entry("RAM32M16", Count.clocked(8, 0)),
            Map.entry("RAM64M8", Count.clocked(8, 0)),
            Map.entry("RAM32X1D", Count.clocked(2, 0)),
            Map.entry("RAM64X1D", Count.clocked(2, 0)),
            Map.entry("RAM128X1D", Count.clocked(4, 0)),
            Map.entry("RAMB18", Count.memory(0.5, 0)),
            Map.entry("RAMB36", Count.memory(1, 0)),
            Map.entry("URAM288", Count.memory(0, 1)),
            Map.entry("DSP48", Count.multiplier(1)));

    /** Handbook of Cyclone V: a DSP block is one 27x27, two 18x18 or three 9x9 products. */
    static final Map<String, Count> INTEL =
        Map.ofEntries(
            Map.entry("MISTRAL_ALUT", Count.logic(1, 1)),
            Map.entry("MISTRAL_ALUT_ARITH", Count.logic(1, 0)),
            Map.entry("MISTRAL_NOT", Count.logic(0, 0)),
            Map.entry("MISTRAL_FF", Count.clocked(0, 1)),
            Map.entry("MISTRAL_MLAB", Count.clocked(1, 0)),
            Map.entry("MISTRAL_M10K", Count.memory(1, 0)),
            Map.entry("MISTRAL_M9K", Count.memory(1, 0)),
            Map.entry("MISTRAL_MUL27X27", Count.multiplier(1)),
            Map.entry("MISTRAL_MUL18X18", Count.multiplier(0.5)),
            Map.entry("MISTRAL_MUL9X9", Count.multiplier(1 / 3.0)));

    static final Map<String, Count> LATTICE =
        Map.ofEntries(
            Map.entry("SB_LUT4", Count.logic(1, 1)),
            Map.entry("SB_CARRY", Count.logic(0, 0)),
            Map.entry("SB_DFF", Count.clocked(0, 1)),
            Map.entry("SB_RAM40_4K", Count.memory(1, 0)),
            Map.entry("SB_MAC16", Count.multiplier(1)));
  }

  /** The family's word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family that is nearest to a board's. */
  public static Family of(String vendor, String dspKind) {
    if (vendor.equals("lattice")) {
      return ICE40;
    }
    if (!vendor.equals("amd")) {
      return CYCLONEV;
    }
    return dspKind.equals("DSP48E1") ? XC7 : XCUP;
  }

  /** What maps {@code top} to its cells. */
  List<String> commands(String top) {
    List<String> all = new ArrayList<>(commands);
    all.add(all.remove(all.size() - 1) + " -top " + top);
    return all;
  }

  /** What a cell of {@code type} is; a cell that nobody knows costs nothing and has a clock. */
  Count count(String type) {
    String best = "";
    for (String beginning : cells.keySet()) {
      if (type.startsWith(beginning) && beginning.length() > best.length()) {
        best = beginning;
      }
    }
    return cells.getOrDefault(best, Count.clocked(0, 0));
  }
}
