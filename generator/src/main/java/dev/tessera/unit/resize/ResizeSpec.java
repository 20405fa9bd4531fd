package dev.tessera.unit.resize;

import dev.tessera.base.Bits;
import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.TileGrid;
import dev.tessera.hw.UnitSpec;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Section;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resizing by any factors of 1 or more: acc = the nearest code, or the sum of the four codes around
 * a place, each times the weights of its row and its column; then {@code requant}.
 *
 * @param name instance name
 * @param input stream read
 * @param output stream made, with the channels and lanes of the input
 * @param sampling where outputs lie; its own extents are used for tiles only, the streams tell the
 *     size of a frame
 * @param weightBits weights of an axis add up to 2 to this power; 0 for the nearest code
 * @param requant one border class, one entry per channel
 * @param columnTiles what each column of tiles of a frame holds, in order; empty if the streams are
 *     whole frames, and tiles, if frames are cut, frames of their own
 * @param rowTiles what each row of tiles holds; empty as {@code columnTiles} is
 */
public record ResizeSpec(
    String name,
    StreamType input,
    StreamType output,
    Sampling sampling,
    int weightBits,
    Requant requant,
    List<Section> columnTiles,
    List<Section> rowTiles)
    implements UnitSpec {
  private static final int PAIR = 2;

  /** Cycles beside the beats from the reading of a row to that of the row written in its place. */
  private static final int TURN = 3;

  private static final int MOST_WEIGHT_BITS = 12;

  public ResizeSpec {
    columnTiles = List.copyOf(columnTiles);
    rowTiles = List.copyOf(rowTiles);
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
    Optional<String> reason =
        columnTiles.isEmpty()
            ? whyInvalid(sampling, weightBits, Size.of(input), Size.of(output))
            : Stream.concat(columnTiles.stream(), rowTiles.stream())
                .map(part -> new ResizeAxis(sampling, part, weightBits).whyInvalid())
                .flatMap(Optional::stream)
                .findFirst();
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

  /** A unit for whole frames. */
  public ResizeSpec(
      String name,
      StreamType input,
      StreamType output,
      Sampling sampling,
      int weightBits,
      Requant requant) {
    this(name, input, output, sampling, weightBits, requant, List.of(), List.of());
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
  ResizeSpec resized(Size frame, StreamType newInput) {
    if (cut()) {
      return new ResizeSpec(name, newInput, made(frame), sampling, weightBits, requant);
    }
    if (Size.of(newInput).equals(Size.of(input))) {
      return with(newInput, output);
    }
    if (!anySize()) {
      throw new IllegalArgumentException(name + ": it resizes from one size to one other");
    }
    Size size =
        new Size(newInput.width() * columns().factor(), newInput.height() * rows().factor());
    ResizeSpec other = with(newInput, output.withSize(size));
    if (!other.columns().leads(columns().table()) || !other.rows().leads(rows().table())) {
      throw new IllegalArgumentException(name + ": its places depend on the size");
    }
    return other;
  }

  private ResizeSpec with(StreamType newInput, StreamType newOutput) {
    return new ResizeSpec(
        name, newInput, newOutput, sampling, weightBits, requant, columnTiles, rowTiles);
  }

  private StreamType made(Size frame) {
    return output.withSize(
        new Size(sampling.width().at(frame.width()), sampling.height().at(frame.height())));
  }

  /**
   * This unit for the tiles of {@code grid}, the largest of which are the frames of its streams;
   * itself if what it makes of a pixel is the same in every tile.
   *
   * @param before size of the frames before as a function of that of the frame
   * @throws IllegalArgumentException if a tile is too small to be resized
   */
  public ResizeSpec inTilesOf(TileGrid grid, SizeMap before) {
    List<Section> across =
        grid.columns().sections(n -> before.at(new Size(n, 1)).width(), sampling.width()::at);
    List<Section> down =
        grid.rows().sections(n -> before.at(new Size(1, n)).height(), sampling.height()::at);
    boolean alike = repeats(columns()) && repeats(rows()) && alike(across) && alike(down);
    return alike
        ? this
        : new ResizeSpec(name, input, output, sampling, weightBits, requant, across, down);
  }

  /** Whether pixels become as many in every tile as in the frame. */
  private static boolean alike(List<Section> sections) {
    return sections.stream()
        .allMatch(s -> (long) s.sizeOut() * s.in() == (long) s.sizeIn() * s.out());
  }

  /** This unit in one tile of the grid. */
  ResizeSpec inTile(int column, int row, StreamType newInput) {
    Section across = columnTiles.get(column);
    Section down = rowTiles.get(row);
    Size size = new Size(across.sizeOut(), down.sizeOut());
    if (!Size.of(newInput).equals(new Size(across.sizeIn(), down.sizeIn()))) {
      throw new IllegalArgumentException(name + ": a tile of " + Size.of(newInput));
    }
    return new ResizeSpec(
        name,
        newInput,
        output.withSize(size),
        sampling,
        weightBits,
        requant,
        List.of(across),
        List.of(down));
  }

  /** Whether it knows in which tile of a frame it is. */
  public boolean cut() {
    return !columnTiles.isEmpty();
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
    return !cut() && repeats(columns()) && repeats(rows());
  }

  private static boolean repeats(ResizeAxis axis) {
    return axis.factor() > 0 && axis.sampling().coordinates() != Sampling.Coordinates.ALIGN_CORNERS;
  }

  ResizeAxis columns() {
    return axis(columnTiles, input.width(), output.width());
  }

  ResizeAxis rows() {
    return axis(rowTiles, input.height(), output.height());
  }

  /** Of the tile that the streams are, of the largest one as a frame of its own otherwise. */
  private ResizeAxis axis(List<Section> tiles, int in, int out) {
    boolean one = tiles.size() == 1;
    return new ResizeAxis(sampling, one ? tiles.get(0) : Section.whole(in, out), weightBits);
  }

  /**
   * Rows that the unit holds: four, or two if the nearest code is read for so long that the next
   * row is written meanwhile.
   */
  int slots() {
    long write = (long) input.width() * input.beatsPerPosition() + TURN;
    long read = (long) output.width() * output.beatsPerPosition() * rows().fewest();
    return linear() || cut() || read < write ? 2 * PAIR : PAIR;
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
