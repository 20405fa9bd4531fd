package dev.tessera.cosim;

import dev.tessera.hw.Frame;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a design did.
 *
 * @param result streams, counters and times
 * @param golden what it should have made, one frame per input frame
 * @param actual what it made, as far as it came
 * @param fault unit, frame, place, expected and actual of the first fault; empty if there is none
 */
public record Simulation(BenchResult result, List<Frame> golden, List<Frame> actual, String fault) {
  public Simulation {
    golden = List.copyOf(golden);
    actual = List.copyOf(actual);
  }

  /** Whether every value of every frame came and was right. */
  public boolean bitExact() {
    return result.passed();
  }

  /** Cycles between the last pixels of the last two frames; 0 for a single frame. */
  public long cyclesPerFrame() {
    return result.port("out0").steadyCycles();
  }

  /**
   * Cycles from the first pixel of the first frame in to its first pixel out; empty if none came.
   */
  public OptionalLong latencyCycles() {
    List<Long> in = result.port("in0").frameStarts();
    List<Long> out = result.port("out0").frameStarts();
    return in.isEmpty() || out.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(out.get(0) - in.get(0));
  }

  /** Clock cycles simulated per second of wall time. */
  public double cyclesPerSecond() {
    return result.cycles() / Math.max(1e-9, result.seconds());
  }
}
