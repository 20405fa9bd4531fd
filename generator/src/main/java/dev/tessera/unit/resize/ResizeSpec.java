package dev.tessera.unit.resize;

import dev.tessera.base.Bits;
import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.List;
import java.util.Optional;

/**
 * Resizing by any factors of 1 or more: acc = the nearest code, or the sum of the four codes around
 * a place, each times the weights of its row and its column; then {@code requant}.
 *
 * @param name instance name
 * @param input stream read
 * @param output stream made, with the channels and lanes of the input
 * @param sampling where outputs lie; its own extents are not used, the streams tell the sizes
 * @param weightBits weights of an axis add up to 2 to this power; 0 for the nearest code
 * @param requant one border class, one entry per channel
 */
public record ResizeSpec(
    String name,
    StreamType input,
    StreamType output,
    Sampling sampling,
    int weightBits,
    Requant requant)
    implements UnitSpec {
  private static final int PAIR = 2;

  /** Cycles beside the beats from the reading of a row to that of the row written in its place. */
  private static final int TURN = 3;

  private static final int MOST_WEIGHT_BITS = 12;

  public ResizeSpec {
    boolean shape =
        input.channels() == output.channels()
            && input.lanes() == output.lanes()
            && input.positions() == 1
            && output.positions() == 1
            && requant.channels() == input.channels()
            && requant.borderClasses() == 1;
    boolean linear = sampling.mode() == Sampling.Mode.LINEAR;
    boolean weights = linear ? weightBits > 0 && weightBits <= MOST_WEIGHT_BITS : weightBits == 0;
    if (!shape || !weights) {
      throw new IllegalArgumentException(name + ": shapes, tables or weights do not match");
    }
    Optional<String> reason = whyInvalid(sampling, weightBits, Size.of(input), Size.of(output));
    if (reason.isPresent()) {
      throw new IllegalArgumentException(name + ": " + reason.get());
    }
    if (!output.type().holds(requant.lo()) || !output.type().holds(requant.hi())) {
      throw new IllegalArgumentException(
          name + ": " + requant.lo() + ".." + requant.hi() + " in " + output.type());
    }
    Optional<String> unfit = lanes(input, weightBits, requant).whyUnfit();
    if (unfit.isPresent()) {
      throw new IllegalArgumentException(name + ": " + unfit.get());
    }
  }

  /** The unit of {@code node} that makes frames of {@code size} of this stream. */
  public static ResizeSpec of(String name, Node.QResize node, StreamType input, Size size) {
    StreamType output = made(input, node.type(), size);
    return new ResizeSpec(name, input, output, node.sampling(), node.weightBits(), node.requant());
  }

  /** A stream of {@code input} after resizing. */
  public static StreamType made(StreamType input, FixedType type, Size size) {
    return input.withType(type).withSize(size);
  }

  /** Why no unit can do this, in words, or empty. */
  public static Optional<String> whyInvalid(Node.QResize node, Size from, Size to) {
    return whyInvalid(node.sampling(), node.weightBits(), from, to);
  }

  private static Optional<String> whyInvalid(Sampling sampling, int bits, Size from, Size to) {
    if (to.width() < TURN) {
      return Optional.of("it makes rows of fewer than " + TURN + " pixels");
    }
    return new ResizeAxis(sampling, from.width(), to.width(), bits)
        .whyInvalid()
        .or(() -> new ResizeAxis(sampling, from.height(), to.height(), bits).whyInvalid());
  }

  private static RequantLanes lanes(StreamType input, int weightBits, Requant requant) {
    Range codes = input.type().range().times(1L << (2 * weightBits));
    return new RequantLanes(codes, requant, input.lanes());
  }

  /**
   * This unit on frames of another size.
   *
   * @throws IllegalArgumentException if the hardware cannot make it of that size
   */
  ResizeSpec resized(StreamType newInput) {
    if (Size.of(newInput).equals(Size.of(input))) {
      return new ResizeSpec(name, newInput, output, sampling, weightBits, requant);
    }
    if (!anySize()) {
      throw new IllegalArgumentException(name + ": it resizes from one size to one other");
    }
    Size size =
        new Size(newInput.width() * columns().factor(), newInput.height() * rows().factor());
    ResizeSpec other =
        new ResizeSpec(name, newInput, output.withSize(size), sampling, weightBits, requant);
    if (!other.columns().leads(columns().table()) || !other.rows().leads(rows().table())) {
      throw new IllegalArgumentException(name + ": its places depend on the size");
    }
    return other;
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** Whether codes are weighed. */
  public boolean linear() {
    return weightBits > 0;
  }

  /** Whether every pixel becomes the same number of rows and columns, whatever the size. */
  public boolean anySize() {
    return repeats(columns()) && repeats(rows());
  }

  private static boolean repeats(ResizeAxis axis) {
    return axis.factor() > 0 && axis.sampling().coordinates() != Sampling.Coordinates.ALIGN_CORNERS;
  }

  ResizeAxis columns() {
    return new ResizeAxis(sampling, input.width(), output.width(), weightBits);
  }

  ResizeAxis rows() {
    return new ResizeAxis(sampling, input.height(), output.height(), weightBits);
  }

  /**
   * Rows that the unit holds: four, or two if the nearest code is read for so long that the next
   * row is written meanwhile.
   */
  int slots() {
    long write = (long) input.width() * input.beatsPerPosition() + TURN;
    long read = (long) output.width() * output.beatsPerPosition() * rows().fewest();
    return linear() || read < write ? 2 * PAIR : PAIR;
  }

  /** Memories: even and odd rows and columns are apart if all are read at once. */
  int banks() {
    return linear() ? PAIR * PAIR : 1;
  }

  /** Words of a memory. */
  int bankWords() {
    int columns = linear() ? Bits.ceilDiv(input.width(), PAIR) : input.width();
    return slots() * columns * input.beatsPerPosition() / (linear() ? PAIR : 1);
  }

  /** The requantisers. */
  RequantLanes lanes() {
    return lanes(input, weightBits, requant);
  }

  /** Whether what is read is the code that leaves. */
  boolean plain() {
    return !linear() && lanes().isIdentity(output.type());
  }
}
