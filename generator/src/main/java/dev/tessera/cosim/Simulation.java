package dev.tessera.cosim;

import dev.tessera.hw.Frame;
import dev.tessera.hw.TileGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a design did.
 *
 * @param result streams, counters and times
 * @param golden what it should have made, one frame per input frame
 * @param actual what it made, as far as it came
 * @param tiles frames of the result that make one frame of the user's
 * @param stored bytes that each stored map should have moved to memory, by its name, and as many
 *     back, one map per input frame
 * @param crcs of what it should have made, where it has a register that tells them, see PixelCrc
 * @param fault unit, frame, place, expected and actual of the first fault; empty if there is none
 */
public record Simulation(
    BenchResult result,
    List<Frame> golden,
    List<Frame> actual,
    int tiles,
    List<Map<String, Long>> stored,
    List<Long> crcs,
    String fault) {
  public Simulation {
    stored = List.copyOf(stored);
    crcs = List.copyOf(crcs);
    golden = List.copyOf(golden);
    actual = List.copyOf(actual);
  }

  /**
   * Whether every value of every frame came and was right, and stored maps moved what they should.
   */
  public boolean bitExact() {
    return result.passed() && fault.isEmpty();
  }

  /** The same with the tiles of {@code grid} put together to frames. */
  Simulation joined(TileGrid grid) {
    return new Simulation(
        result, joined(grid, golden), joined(grid, actual), grid.count(), stored, crcs, fault);
  }

  private static List<Frame> joined(TileGrid grid, List<Frame> parts) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i + grid.count() <= parts.size(); i += grid.count()) {
      frames.add(grid.join(parts.subList(i, i + grid.count())));
    }
    return frames;
  }

  /** Bytes that the map {@code cut} moved to memory in all frames. */
  public long stored(String cut) {
    long bytes = 0;
    for (int n = 0; n < result.frames(); n++) {
      bytes += stored.get(n % stored.size()).get(cut);
    }
    return bytes;
  }

  /** Frames of the user's that ran. */
  public int frames() {
    return result.frames() / tiles;
  }

  /** Cycles between the last pixels of the last two frames; 0 for a single frame. */
  public long cyclesPerFrame() {
    List<Long> ends = result.port("out0").frameEnds();
    int last = ends.size() - 1;
    return last < tiles ? 0 : ends.get(last) - ends.get(last - tiles);
  }

  /** Cycle of the last pixel of the first frame; 0 if it did not come. */
  public long firstFrameCycles() {
    List<Long> ends = result.port("out0").frameEnds();
    return ends.size() < tiles ? 0 : ends.get(tiles - 1);
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
