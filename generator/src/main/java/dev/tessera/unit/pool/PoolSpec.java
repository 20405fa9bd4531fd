package dev.tessera.unit.pool;

import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Stride;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pooling: acc = the largest code, or the sum of the codes, of a window's positions inside the
 * frame; then {@code requant}, whose border classes are those of {@link Node.QConv}.
 *
 * @param name instance name
 * @param input stream read
 * @param kernelHeight rows of a window
 * @param kernelWidth columns of a window
 * @param stride from one window to the next
 * @param pads padding, which never wins a maximum and adds nothing to a sum
 * @param max whether windows yield their maximum
 * @param requant one entry per channel, or, where windows at the border divide by less, one per
 *     border class and channel, as {@link Node.QPool} has it
 * @param type type of the codes made
 */
public record PoolSpec(
    String name,
    StreamType input,
    int kernelHeight,
    int kernelWidth,
    Stride stride,
    Pads pads,
    boolean max,
    Requant requant,
    FixedType type)
    implements UnitSpec {
  /** Steps from one access of a memory word of partial results to the next, at least. */
  static final int ACCESS = 4;

  public PoolSpec {
    Optional<String> reason =
        whyInvalid(
            input,
            kernelHeight,
            kernelWidth,
            stride,
            pads,
            Node.QPool.classes(requant, input.channels(), pads));
    if (reason.isPresent()) {
      throw new IllegalArgumentException(name + ": " + reason.get());
    }
    boolean apart = requant.channels() == input.channels() * pads.borderClasses();
    boolean fits =
        requant.channels() == input.channels()
            || apart && requant.borderClasses() == 1 && !requant.twoSided();
    if (input.positions() != 1 || !fits) {
      throw new IllegalArgumentException(name + ": shapes or tables do not match");
    }
    if (!type.holds(requant.lo()) || !type.holds(requant.hi())) {
      throw new IllegalArgumentException(
          name + ": " + requant.lo() + ".." + requant.hi() + " in " + type);
    }
    Range sums = sums(input.type(), max ? 1 : kernelHeight * kernelWidth);
    Optional<String> unfit = new RequantLanes(sums, requant, input.lanes()).whyUnfit();
    if (unfit.isPresent()) {
      throw new IllegalArgumentException(name + ": " + unfit.get());
    }
  }

  /** The unit of {@code node} on this stream. */
  public static PoolSpec of(String name, Node.QPool node, StreamType input) {
    return new PoolSpec(
        name,
        input,
        node.height(),
        node.width(),
        node.stride(),
        node.pads(),
        node.pooling() == Pooling.MAX,
        node.requant(),
        node.type());
  }

  /** A stream of {@code input} after pooling. */
  public static StreamType made(Node.QPool node, StreamType input) {
    Size size =
        new Size(
            columns(input, node.width(), node.stride(), node.pads()).outputs(),
            rows(input, node.height(), node.stride(), node.pads()).outputs());
    return input.withType(node.type()).withSize(size);
  }

  /** Steps of a frame of {@code input}, see {@link #steps()}. */
  public static long steps(Node.QPool node, StreamType input) {
    return (long) columns(input, node.width(), node.stride(), node.pads()).walked()
        * rows(input, node.height(), node.stride(), node.pads()).walked()
        * input.beatsPerPosition();
  }

  /** Why no unit can do this, in words, or empty. */
  public static Optional<String> whyInvalid(Node.QPool node, StreamType input) {
    int classes = Node.QPool.classes(node.requant(), input.channels(), node.pads());
    return whyInvalid(input, node.height(), node.width(), node.stride(), node.pads(), classes);
  }

  private static Optional<String> whyInvalid(
      StreamType input, int height, int width, Stride stride, Pads pads, int classes) {
    PoolAxis rows = rows(input, height, stride, pads);
    PoolAxis columns = columns(input, width, stride, pads);
    int vertical = Math.max(pads.top(), pads.bottom());
    int horizontal = Math.max(pads.left(), pads.right());
    if (vertical >= height || horizontal >= width) {
      return Optional.of("its padding is not smaller than its window");
    }
    if (rows.outputs() < 1 || columns.outputs() < 1) {
      return Optional.of("the frame is smaller than the window");
    }
    if (classes > 1 && (input.height() < height || input.width() < width)) {
      return Optional.of("the frame is smaller than the window, whose border has its own rule");
    }
    if (rows.stored() > 0 && (long) columns.walked() * input.beatsPerPosition() < ACCESS) {
      return Optional.of("rows of the frame are shorter than " + ACCESS + " beats");
    }
    return Optional.empty();
  }

  private static PoolAxis rows(StreamType input, int kernel, Stride stride, Pads pads) {
    return new PoolAxis(input.height(), kernel, stride.rows(), pads.top(), pads.bottom());
  }

  private static PoolAxis columns(StreamType input, int kernel, Stride stride, Pads pads) {
    return new PoolAxis(input.width(), kernel, stride.columns(), pads.left(), pads.right());
  }

  private static Range sums(FixedType type, int count) {
    return new Range(Math.min(type.min(), type.min() * count), type.max() * count);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output());
  }

  /** The stream made: the channels and lanes of the input. */
  public StreamType output() {
    return new StreamType(
        input.channels(), input.lanes(), type, columns().outputs(), rows().outputs());
  }

  PoolAxis rows() {
    return rows(input, kernelHeight, stride, pads);
  }

  PoolAxis columns() {
    return columns(input, kernelWidth, stride, pads);
  }

  /** Steps of a frame: beats taken, and those without input behind its rows and below it. */
  public long steps() {
    return (long) rows().walked() * columns().walked() * input.beatsPerPosition();
  }

  /** Border classes that differ. */
  int classes() {
    return Node.QPool.classes(requant, input.channels(), pads);
  }

  /** Whether border classes have factors of their own. */
  private boolean apart() {
    return Node.QPool.apart(requant, input.channels());
  }

  /** The code of result {@code acc} of channel {@code c} at border class {@code k}. */
  int code(long acc, int c, int k) {
    return Node.QPool.code(requant, input.channels(), acc, c, k);
  }

  /** The requantisers. */
  RequantLanes lanes() {
    Requant tables = apart() ? inWholeBeats() : requant;
    return new RequantLanes(
        sums(input.type(), max ? 1 : kernelHeight * kernelWidth), tables, input.lanes());
  }

  /** The tables of the border classes one after the other, each filled up to whole beats. */
  private Requant inWholeBeats() {
    int perClass = input.beatsPerPosition() * input.lanes();
    int[] from = new int[classes() * perClass];
    for (int i = 0; i < from.length; i++) {
      int c = Math.min(i % perClass, input.channels() - 1);
      from[i] = i / perClass * input.channels() + c;
    }
    int[] multiplier = Arrays.stream(from).map(i -> requant.multiplier()[i]).toArray();
    long[] offset = Arrays.stream(from).mapToLong(i -> requant.offset()[0][i]).toArray();
    return new Requant(
        requant.preShift(),
        requant.shift(),
        multiplier,
        new long[][] {offset},
        null,
        null,
        null,
        requant.lo(),
        requant.hi());
  }

  /** Whether what a window yields is its code. */
  boolean plain() {
    return classes() == 1 && lanes().isIdentity(type);
  }

  /** Bits of a result along a row, with the sign of the input. */
  int rowBits() {
    return bits(max ? 1 : kernelWidth);
  }

  /** Bits of the result of a window, with the sign of the input. */
  int accumulatorBits() {
    return bits(max ? 1 : kernelHeight * kernelWidth);
  }

  private int bits(int count) {
    return sums(input.type(), count).signedWidth() - (input.type().signed() ? 0 : 1);
  }

  /** Words of the line buffer: output columns times beats. */
  int bufferWords() {
    return columns().outputs() * input.beatsPerPosition();
  }

  /** Bits of a word of the line buffer. */
  int bufferBits() {
    return rows().stored() * input.lanes() * accumulatorBits();
  }
}
