package dev.tessera.hw;

import dev.tessera.base.Bits;
import dev.tessera.ir.Halo;
import dev.tessera.ir.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * How the columns, or the rows, of a frame are cut into tiles: cores of one size side by side, the
 * last as wide as what is left, each read with a halo that the frame's edges clip.
 *
 * @param frame input pixels of the frame
 * @param made output pixels of the frame
 * @param core input pixels of a core; {@code frame} or more for a single tile
 * @param before halo in front of a core
 * @param after halo behind a core
 * @param mul with {@code div} the output pixels per input pixel, borders aside
 * @param div a core and the halo before it are whole numbers of {@code mul / div} output pixels
 */
public record TileAxis(int frame, int made, int core, int before, int after, int mul, int div) {
  public TileAxis {
    boolean whole = core >= frame;
    boolean aligned = (long) core * mul % div == 0 && (long) before * mul % div == 0;
    boolean positive = frame >= 1 && made >= 1 && core >= 1 && mul >= 1 && div >= 1;
    if (!positive || before < 0 || after < 0 || !(whole || aligned)) {
      throw new IllegalArgumentException(
          "cores of " + core + " with " + before + " and " + after + " around them");
    }
  }

  /**
   * What one tile reads, makes and keeps along the axis.
   *
   * @param start first input pixel
   * @param size input pixels
   * @param madeStart first output pixel that is kept, in the frame
   * @param madeSize output pixels that are kept
   * @param skipped output pixels that the tile makes before the first one that is kept
   */
  public record Span(int start, int size, int madeStart, int madeSize, int skipped) {
    /** The input pixel behind the last one. */
    public int end() {
      return start + size;
    }
  }

  /** The axis in one tile. */
  public static TileAxis whole(int frame, int made) {
    return new TileAxis(frame, made, frame, 0, 0, 1, 1);
  }

  /**
   * The axis in cores of {@code core}.
   *
   * @param halo what the network needs; its alignment divides {@code core} unless that is the frame
   * @param made output pixels of the frame
   */
  public static TileAxis of(Halo halo, int frame, int made, int core) {
    if (core >= frame) {
      return whole(frame, made);
    }
    if (core % halo.alignment() != 0) {
      throw new IllegalArgumentException(core + " is no multiple of " + halo.alignment());
    }
    return new TileAxis(frame, made, core, halo.before(), halo.after(), halo.mul(), halo.div());
  }

  /** Tiles; a rest at the end that makes no output is none. */
  public int count() {
    int count = Bits.ceilDiv(frame, core);
    while (count > 1 && scaled((count - 1) * core) >= made) {
      count--;
    }
    return count;
  }

  /** Tile {@code index}, from 0. */
  public Span span(int index) {
    int origin = index * core;
    int start = Math.max(0, origin - before);
    int end = (int) Math.min(frame, (long) origin + core + after);
    int from = scaled(origin);
    boolean last = index == count() - 1;
    int to = last ? made : Math.min(made, scaled(origin + core));
    return new Span(start, end - start, from, to - from, from - scaled(start));
  }

  /**
   * What every tile holds of a map that is resized. Tiles start where all strides do, so a map of a
   * tile is as much shorter than that of the frame as it starts behind it.
   *
   * @param before size of the map before as a function of that of the frame
   * @param size of the map made
   */
  public List<Section> sections(IntUnaryOperator before, IntUnaryOperator size) {
    List<Section> sections = new ArrayList<>();
    int in = before.applyAsInt(frame);
    int out = size.applyAsInt(frame);
    for (int i = 0; i < count(); i++) {
      Span span = span(i);
      sections.add(
          new Section(
              in,
              out,
              in - before.applyAsInt(frame - span.start()),
              before.applyAsInt(span.size()),
              out - size.applyAsInt(frame - span.start()),
              size.applyAsInt(span.size())));
    }
    return sections;
  }

  private int scaled(int pixels) {
    return Math.toIntExact((long) pixels * mul / div);
  }

  /** Input pixels of all tiles together, halos included. */
  public long read() {
    long sum = 0;
    for (int i = 0; i < count(); i++) {
      sum += span(i).size();
    }
    return sum;
  }

  /** Input pixels of the largest tile. */
  public int widest() {
    int most = 0;
    for (int i = 0; i < count(); i++) {
      most = Math.max(most, span(i).size());
    }
    return most;
  }
}
