package dev.tessera.hw;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pieces of a frame, all of one size, of which statistics are taken before the frame itself is
 * worked on: they go through the pipeline {@code passes} times, as small frames of their own. Pass
 * i makes the table of normalising unit i, which is in use from then on; until then a unit, and one
 * without a pass always, has its typical table. So each is measured behind units that have theirs.
 *
 * @param width input columns of a crop
 * @param height input rows of a crop
 * @param lefts first columns of the crops in a row of them
 * @param tops first rows of the rows of crops
 * @param passes how often all of them are worked on for a frame
 */
public record Crops(int width, int height, List<Integer> lefts, List<Integer> tops, int passes) {
  /** Most crops of a frame and most passes, as counters of the hardware have room for. */
  public static final int MOST = 64;

  /**
   * The share of the columns and rows of a map at each border of a crop that is left out of sums,
   * where a unit so far pads with values that are nowhere in the frame.
   */
  public static final int BORDER_SHARE = 8;

  public Crops {
    lefts = List.copyOf(lefts);
    tops = List.copyOf(tops);
    int count = lefts.size() * tops.size();
    if (width < 1 || height < 1 || count < 1 || count > MOST || passes < 1 || passes > MOST) {
      throw new IllegalArgumentException(
          passes + " passes over " + count + " crops of " + width + "x" + height);
    }
  }

  /** {@code across} by {@code across} crops, each in the middle of its share of {@code frame}. */
  public static Crops spread(Size frame, Size crop, int across, int passes) {
    return new Crops(
        crop.width(),
        crop.height(),
        places(frame.width(), crop.width(), across),
        places(frame.height(), crop.height(), across),
        passes);
  }

  private static List<Integer> places(int frame, int crop, int across) {
    return IntStream.range(0, across)
        .mapToObj(
            i -> {
              int middle = (2 * i + 1) * frame / (2 * across);
              return Math.max(0, Math.min(frame - crop, middle - crop / 2));
            })
        .toList();
  }

  /** Size of a crop. */
  public Size size() {
    return new Size(width, height);
  }

  /** Crops of a frame. */
  public int count() {
    return lefts.size() * tops.size();
  }

  /** Small frames that go through the pipeline before the frame. */
  public int frames() {
    return passes * count();
  }

  /** Input pixels of all passes over a frame. */
  public long pixels() {
    return (long) frames() * width * height;
  }

  /** First column and first row of each crop, row by row from the top left. */
  public List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (int top : tops) {
      lefts.forEach(left -> places.add(new Place(left, top)));
    }
    return places;
  }

  /**
   * Where a crop begins.
   *
   * @param left first column
   * @param top first row
   */
  public record Place(int left, int top) {}

  /** The crops of {@code frame}, in the order in which they are worked on. */
  public List<Frame> of(Frame frame) {
    return places().stream().map(place -> frame.cut(place.left(), place.top(), size())).toList();
  }
}
