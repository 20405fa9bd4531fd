package dev.tessera.cosim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the bench saw in one run.
 *
 * @param unit unit that ran
 * @param frames frames asked for
 * @param cycles clock cycles from the end of the reset
 * @param seconds wall time of the simulation
 * @param hung whether the watchdog ended it
 * @param combinational first cycle in which an output changed with an input, or -1
 * @param window cycles from the last beat of the first frame to the last beat of the last
 * @param ports streams, in the order of the port list
 * @param flags error outputs at the end
 * @param links streams inside, counted in {@code window}
 * @param memory traffic of the AXI4 master of frames, or null
 * @param cuts traffic of the AXI4 master of stored maps, or null
 * @param software what software saw through registers, or null
 */
public record BenchResult(
    String unit,
    int frames,
    long cycles,
    double seconds,
    boolean hung,
    long combinational,
    long window,
    List<PortResult> ports,
    List<Flag> flags,
    List<LinkResult> links,
    Traffic memory,
    Traffic cuts,
    Software software) {

  /**
   * What software saw.
   *
   * @param events that were told, one bit each
   * @param crcs what the hardware said of the frames in their order; -1 where it was not asked
   */
  public record Software(long events, List<Long> crcs) {}

  /**
   * Traffic of an AXI4 master in the whole run.
   *
   * @param readBytes words read, times their bytes
   * @param writeBytes words written, times their bytes
   * @param bursts bursts of both directions
   * @param violation the first rule of the protocol that was broken; empty if none was
   */
  public record Traffic(long readBytes, long writeBytes, long bursts, String violation) {}

  /**
   * One stream.
   *
   * @param name its name
   * @param role SOURCE, SINK or PROBE
   * @param beats beats transferred
   * @param expectedBeats beats that should have been
   * @param valid pin at the end
   * @param ready pin at the end
   * @param mismatches wrong values, marks and surplus beats
   * @param frameStarts cycle of the first beat of every frame
   * @param frameEnds cycle of the last beat of every frame
   * @param first the first mismatch, or null
   */
  public record PortResult(
      String name,
      String role,
      long beats,
      long expectedBeats,
      int valid,
      int ready,
      long mismatches,
      List<Long> frameStarts,
      List<Long> frameEnds,
      Mismatch first) {
    /** Whether this is an output of the unit. */
    public boolean isSink() {
      return role.equals("SINK");
    }

    /** Cycles between the last beats of the last two frames. */
    public long steadyCycles() {
      int n = frameEnds.size();
      return n < 2 ? 0 : frameEnds.get(n - 1) - frameEnds.get(n - 2);
    }
  }

  /**
   * A wrong value.
   *
   * @param field data, tuser, tlast, surplus or missing
   * @param beat beat of the stream since the reset
   * @param frame frame, from 0
   * @param row row of the stream's frame
   * @param column column
   * @param channel channel
   * @param expected what the golden model says
   * @param actual what the hardware did
   * @param cycle clock cycle
   */
  public record Mismatch(
      String field,
      long beat,
      long frame,
      int row,
      int column,
      int channel,
      long expected,
      long actual,
      long cycle) {
    @Override
    public String toString() {
      String place =
          "frame " + frame + ", row " + row + ", column " + column + ", channel " + channel;
      String what =
          switch (field) {
            case "surplus" -> "expected nothing, actual a beat";
            case "missing" -> "expected " + expected + ", actual nothing";
            case "data" -> "expected " + expected + ", actual " + actual;
            default -> field + " expected " + expected + ", actual " + actual;
          };
      return place + ": " + what + " (cycle " + cycle + ")";
    }
  }

  /** An error output. */
  public record Flag(String name, long value) {}

  /**
   * Transfers of one stream inside the unit.
   *
   * @param name link
   * @param moved beats in the window
   * @param blocked cycles with data that nobody took
   * @param starved cycles with a reader but no data
   * @param total beats of the whole run
   */
  public record LinkResult(String name, long moved, long blocked, long starved, long total) {}

  /** Traffic of all AXI4 masters. */
  public Stream<Traffic> traffic() {
    return Stream.of(memory, cuts).filter(Objects::nonNull);
  }

  /** Whether every expected beat came and was right. */
  public boolean passed() {
    return !hung
        && combinational < 0
        && traffic().allMatch(t -> t.violation().isEmpty())
        && flags.stream().allMatch(f -> f.value() == 0)
        && ports.stream().allMatch(p -> p.mismatches() == 0 && p.beats() == p.expectedBeats());
  }

  /** Wrong values of all outputs. */
  public long mismatches() {
    return ports.stream().filter(PortResult::isSink).mapToLong(PortResult::mismatches).sum();
  }

  /** The port of that name. */
  public PortResult port(String name) {
    return ports.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  /** In words what went wrong first, with its place; empty if nothing did. */
  public Optional<String> fault() {
    Optional<String> violation =
        traffic().map(Traffic::violation).filter(v -> !v.isEmpty()).findFirst();
    if (violation.isPresent()) {
      return Optional.of(unit + ": AXI4: " + violation.get());
    }
    for (PortResult port : ports) {
      if (port.first() != null) {
        String end = hung ? "; nothing moves any more: " + progress() : "";
        return Optional.of(unit + "." + port.name() + ": " + port.first() + end);
      }
    }
    if (hung) {
      return Optional.of(unit + ": an input is not taken: " + progress());
    }
    if (combinational >= 0) {
      return Optional.of(unit + ": an output changes with an input within cycle " + combinational);
    }
    return flags.stream()
        .filter(f -> f.value() != 0)
        .findFirst()
        .map(f -> unit + ": error output " + f.name() + " is " + f.value());
  }

  private String progress() {
    StringBuilder text = new StringBuilder();
    for (PortResult port : ports) {
      text.append(text.isEmpty() ? "" : ", ").append(port.name()).append(' ').append(port.beats());
      text.append('/').append(port.expectedBeats()).append(" beats");
      text.append(port.valid() == 1 ? " valid" : "").append(port.ready() == 1 ? " ready" : "");
    }
    return text.toString();
  }
}
