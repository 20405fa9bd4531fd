package dev.tessera.unit.d2s;

import dev.tessera.hw.Fifo;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Depth to space (pixel shuffle) by S through one FIFO per phase row: a position of the input is
 * written into all S FIFOs at once, S * C values each; a row of the output is one FIFO read for W
 * positions. No frame is stored.
 *
 * @param name instance name
 * @param input stream read: C * S * S channels, one position per beat at most
 * @param output stream made: C channels, W * S x H * S; one position per beat at most (any lanes)
 *     or several (their number need not divide S)
 * @param block S, 2 to 8
 * @param crd channel order of the input, see {@link dev.tessera.ir.Node.DepthToSpace}
 * @param depths words of the FIFO of each phase row: at least 2, from the second on at least W
 */
public record D2sSpec(
    String name, StreamType input, StreamType output, int block, boolean crd, List<Integer> depths)
    implements UnitSpec {
  /** Largest block. */
  public static final int MAX_BLOCK = 8;

  public D2sSpec {
    depths = List.copyOf(depths);
    boolean shape =
        input.channels() == output.channels() * block * block
            && output.width() == input.width() * block
            && output.height() == input.height() * block
            && input.positions() == 1
            && input.type().equals(output.type());
    if (!shape || block < 2 || block > MAX_BLOCK || depths.size() != block) {
      throw new IllegalArgumentException(name + ": " + input + " by " + block + " to " + output);
    }
    for (int a = 0; a < block; a++) {
      if (depths.get(a) < (a == 0 ? 2 : Math.max(2, input.width()))) {
        throw new IllegalArgumentException(name + ": FIFO " + a + " of " + depths.get(a));
      }
    }
  }

  /** A stream of {@code input} after depth to space. */
  public static StreamType shuffled(StreamType input, int block, int lanes, int positions) {
    return new StreamType(
        input.channels() / (block * block),
        lanes,
        input.type(),
        input.width() * block,
        input.height() * block,
        positions);
  }

  /**
   * The smallest depths (at least W + 1 from the second phase row on) that never delay a write when
   * the beats of the input arrive at {@code arrivals}.
   *
   * @param arrivals ascending cycle of every beat, whole frames; two or more in steady state
   */
  public static List<Integer> depths(
      StreamType input, StreamType output, int block, long[] arrivals) {
    int unbounded = arrivals.length / input.beatsPerPosition() + Fifo.DISTRIBUTED_DEPTH + 1;
    List<Integer> depths = Collections.nCopies(block, unbounded);
    // A FIFO that turns out shallow enough for distributed RAM is faster and may need less still.
    List<Integer> last;
    do {
      last = depths;
      D2sTiming timing = new D2sTiming(input, output, block, last);
      timing.run(arrivals);
      depths = new ArrayList<>();
      for (int a = 0; a < block; a++) {
        depths.add(Math.max(a == 0 ? 2 : input.width() + 1, timing.occupancy(a)));
      }
    } while (!depths.equals(last));
    return depths;
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** Values of a FIFO word: the S neighbouring output positions of a phase row. */
  public int wordValues() {
    return block * output.channels();
  }

  /** Granules (beats of one position, or positions) of a FIFO word. */
  public int wordGranules() {
    return granules(output, block);
  }

  static int granules(StreamType output, int block) {
    return output.positions() > 1 ? block : block * output.beatsPerPosition();
  }
}
