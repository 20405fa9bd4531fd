package dev.tessera.unit.mul;

import dev.tessera.base.Bits;
import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.ir.Node;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.List;
import java.util.Optional;

/**
 * Integer product of two maps: acc = (left - leftZero[c]) * (right - rightZero[c]), requantised.
 *
 * @param name instance name
 * @param left first stream
 * @param right second stream, with the channels, lanes and frame of the first; or with one channel,
 *     whose value then multiplies all channels of the position
 * @param output stream made, of the shape of the first
 * @param leftZero per channel of {@code left}
 * @param rightZero per channel of {@code right}
 * @param requant one border class, one entry per channel of {@code left}
 */
public record MulSpec(
    String name,
    StreamType left,
    StreamType right,
    StreamType output,
    int[] leftZero,
    int[] rightZero,
    Requant requant)
    implements UnitSpec {
  private static final int OPERAND_BITS = 25;
  private static final int OTHER_BITS = 18;

  public MulSpec {
    boolean shape = sameShape(left, output) && sameFrame(left, right) && right.positions() == 1;
    boolean lanes =
        right.channels() == 1
            || right.channels() == left.channels() && right.lanes() == left.lanes();
    boolean tables =
        leftZero.length == left.channels()
            && rightZero.length == right.channels()
            && requant.channels() == left.channels()
            && requant.borderClasses() == 1;
    if (!shape || !lanes || !tables) {
      throw new IllegalArgumentException(name + ": shapes or tables do not match");
    }
    if (!output.type().holds(requant.lo()) || !output.type().holds(requant.hi())) {
      throw new IllegalArgumentException(
          name + ": " + requant.lo() + ".." + requant.hi() + " in " + output.type());
    }
    Range products = products(left, right, leftZero, rightZero);
    Optional<String> unfit = new RequantLanes(products, requant, left.lanes()).whyUnfit();
    if (unfit.isPresent()) {
      throw new IllegalArgumentException(name + ": " + unfit.get());
    }
  }

  /** The unit of {@code node} on these streams. */
  public static MulSpec of(String name, Node.QMul node, StreamType left, StreamType right) {
    return new MulSpec(
        name,
        left,
        right,
        left.withType(node.type()),
        node.leftZero(),
        node.rightZero(),
        node.requant());
  }

  private static boolean sameShape(StreamType a, StreamType b) {
    return a.channels() == b.channels()
        && a.lanes() == b.lanes()
        && sameFrame(a, b)
        && a.positions() == 1
        && b.positions() == 1;
  }

  private static boolean sameFrame(StreamType a, StreamType b) {
    return a.width() == b.width() && a.height() == b.height();
  }

  private static Range products(
      StreamType left, StreamType right, int[] leftZero, int[] rightZero) {
    Range other = operands(right, rightZero);
    Range one = operands(left, leftZero);
    return one.times(other.lo()).union(one.times(other.hi()));
  }

  private static Range operands(StreamType type, int[] zero) {
    Range codes = type.type().range();
    Range all = codes.plus(new Range(-zero[0], -zero[0]));
    for (int z : zero) {
      all = all.union(codes.plus(new Range(-z, -z)));
    }
    return all;
  }

  /** This unit on streams of frames of another size. */
  MulSpec resized(StreamType newLeft, StreamType newRight) {
    StreamType made = output.withSize(Size.of(newLeft));
    return new MulSpec(name, newLeft, newRight, made, leftZero, rightZero, requant);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(left, right);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** Whether one value of {@code right} multiplies all channels of a position. */
  public boolean broadcasts() {
    return right.channels() < left.channels();
  }

  /** The requantisers. */
  public RequantLanes lanes() {
    return new RequantLanes(products(left, right, leftZero, rightZero), requant, output.lanes());
  }

  /** Signed bits of the left side less its zero. */
  public int leftBits() {
    return operands(left, leftZero).signedWidth();
  }

  /** Signed bits of the right side less its zero. */
  public int rightBits() {
    return operands(right, rightZero).signedWidth();
  }

  /** Signed bits of a product. */
  public int productBits() {
    return lanes().accumulator().signedWidth();
  }

  /** DSP blocks of one product. */
  public int productDsp() {
    int wide = Math.max(leftBits(), rightBits());
    int narrow = Math.min(leftBits(), rightBits());
    return Bits.ceilDiv(wide, OPERAND_BITS) * Bits.ceilDiv(narrow, OTHER_BITS);
  }

  /** Signed bits of the zeros of one side. */
  static int zeroBits(int[] zero) {
    int bits = 1;
    for (int z : zero) {
      bits = Math.max(bits, Bits.signedWidth(z, z));
    }
    return bits;
  }
}
