package dev.tessera.emit;

import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.StreamType;
import dev.tessera.unit.codec.CutTop;
import java.util.List;

/**
 * What the C++ bench must know of a simulated top; output model of {@code bench/ports.cpp.vm}.
 *
 * @param top module name of the simulated top
 * @param units what runs on a clock of its own
 */
public record BenchModel(String top, List<BenchUnit> units) {
  public BenchModel {
    units = List.copyOf(units);
  }

  /** Headers that only some tops need. */
  public List<String> includes() {
    boolean software = units.stream().anyMatch(BenchUnit::registers);
    return software ? List.of("session.hpp") : List.of();
  }

  /** The part a port plays. */
  public enum Role {
    SOURCE,
    SINK,
    PROBE
  }

  /**
   * A unit, or a whole design.
   *
   * @param name its name in plans and results
   * @param clock pin of the top
   * @param reset pin of the top
   * @param resetActiveLow whether the reset is 0 while it lasts
   * @param ports streams
   * @param flags error outputs
   * @param links streams inside, watched through {@code linkValid} and {@code linkReady}
   * @param linkPins prefix of those two pins
   * @param memory the AXI4 master in place of {@code ports}, or null
   * @param sized whether that is told the size of its frames
   * @param tables whether software writes tables through registers
   * @param registers whether software starts frames through registers
   * @param cuts the AXI4 master of stored maps, or null
   */
  public record BenchUnit(
      String name,
      String clock,
      String reset,
      boolean resetActiveLow,
      List<BenchPort> ports,
      List<BenchFlag> flags,
      List<String> links,
      String linkPins,
      MemoryTop memory,
      boolean sized,
      boolean tables,
      boolean registers,
      CutTop cuts) {
    /** A unit with streams only. */
    BenchUnit(
        String name,
        String clock,
        String reset,
        boolean resetActiveLow,
        List<BenchPort> ports,
        List<BenchFlag> flags,
        List<String> links,
        String linkPins) {
      this(
          name,
          clock,
          reset,
          resetActiveLow,
          ports,
          flags,
          links,
          linkPins,
          null,
          false,
          false,
          false,
          null);
    }

    public BenchUnit {
      ports = List.copyOf(ports);
      flags = List.copyOf(flags);
      links = List.copyOf(links);
    }

    /** Whether it has an AXI4-Lite port. */
    public boolean host() {
      return tables || registers;
    }

    /** The link names as a C++ initialiser. */
    public String linkList() {
      return "{\"" + String.join("\", \"", links) + "\"}";
    }
  }

  /** An error output and its pin of the top. */
  public record BenchFlag(String name, String pin) {}

  /**
   * A stream.
   *
   * @param role who drives it
   * @param name its name in plans and results
   * @param type what it carries
   * @param valid pin of the top
   * @param ready pin of the top
   * @param data pin of the top
   * @param first pin that marks the first beat of a frame; empty if there is none
   * @param last pin that marks the last beat of a row; empty if there is none
   * @param size prefix of the pins {@code width} and {@code height}, which are driven with the
   *     frame's size at its first beat; empty if there are none
   * @param bank pin that is driven with the bank of the frame's tables at its first beat; empty if
   *     there is none
   */
  public record BenchPort(
      Role role,
      String name,
      StreamType type,
      String valid,
      String ready,
      String data,
      String first,
      String last,
      String size,
      String bank) {
    /** A stream of the usual pin names. */
    static BenchPort of(Role role, String name, StreamType type, String pins) {
      return new BenchPort(
          role, name, type, pins + "_valid", pins + "_ready", pins + "_data", "", "", "", "");
    }

    /** An AXI4-Stream video port. */
    static BenchPort video(Role role, String name, StreamType type, String pins) {
      return new BenchPort(
          role,
          name,
          type,
          pins + "_tvalid",
          pins + "_tready",
          pins + "_tdata",
          pins + "_tuser",
          pins + "_tlast",
          "",
          "");
    }

    /** This stream with pins for the size of its frames. */
    BenchPort sized(String prefix) {
      return new BenchPort(role, name, type, valid, ready, data, first, last, prefix, bank);
    }

    /** This stream with a pin for the bank of its frames' tables. */
    BenchPort tabled(String pin) {
      return new BenchPort(role, name, type, valid, ready, data, first, last, size, pin);
    }

    /** Whether a pin takes the bank of its frames' tables. */
    public boolean takesTables() {
      return !bank.isEmpty();
    }

    /** The stream's layout as a C++ initialiser. */
    public String shape() {
      return String.format(
          java.util.Locale.ROOT,
          "{%d, %d, %d, %b, %d, %d, %d}",
          type.channels(),
          type.lanes(),
          type.type().bits(),
          type.type().signed(),
          type.width(),
          type.height(),
          type.positions());
    }

    /** Whether pins take the size of its frames. */
    public boolean takesSizes() {
      return !size.isEmpty();
    }

    /** Whether it has frame and row marks. */
    public boolean marked() {
      return !first.isEmpty();
    }
  }
}
