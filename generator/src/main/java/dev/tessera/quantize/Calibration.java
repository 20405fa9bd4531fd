package dev.tessera.quantize;

import dev.tessera.base.TesseraException;
import dev.tessera.image.Bicubic;
import dev.tessera.image.LumaPipeline;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pieces of photos that show the network what it will see.
 *
 * @param patches at least one
 * @param unit what a step of the codes of the image ports stands for: 1/255 or 1
 * @param zero the code that stands for 0; other than 0 only where the model says so
 * @param colour what the channels are
 * @param fixed whether the network takes frames of the size of the patches only
 */
public record Calibration(
    List<Patch> patches, double unit, int zero, Colour colour, boolean fixed) {
  public Calibration {
    patches = List.copyOf(patches);
    if (patches.isEmpty()) {
      throw new IllegalArgumentException("no calibration patches");
    }
  }

  /** Patches for a network that takes frames of any size, whose code 0 stands for 0. */
  Calibration(List<Patch> patches, double unit, Colour colour) {
    this(patches, unit, 0, colour, false);
  }

  /** The grid of the image ports. */
  public ValueQuant image() {
    return new ValueQuant(FixedType.UINT8, new double[] {unit}, new int[] {zero});
  }

  /** The codes of {@code patch} as the network gets them. */
  float[] scaled(Patch patch) {
    float[] values = new float[patch.codes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((patch.codes[i] - zero) * unit);
    }
    return values;
  }

  /**
   * A piece of a photo.
   *
   * @param codes C x height x width, 0 to 255
   */
  public record Patch(int height, int width, int[] codes) {
    /** The codes as the network gets them. */
    float[] scaled(double unit) {
      float[] values = new float[codes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (codes[i] * unit);
      }
      return values;
    }

    /** The codes as a feature map. */
    Codes map() {
      return new Codes(codes.length / (height * width), height, width, codes);
    }
  }

  /** Patches at most; more do not change the ranges, only the time. */
  private static final int MOST_PATCHES = 16;

  /** Work of one pass over all patches, in multiplications, that is spent without need. */
  private static final double WORK = 0.7e9;

  /** Side of a chart in pixels. */
  private static final int CHART = 48;

  /** Work on one whole photo. */
  private static final double WHOLE_WORK = 2.5e9;

  /** Pixels of a whole photo: normalised maps of small frames know no outliers. */
  private static final int LEAST_WHOLE = 24 * 1024;

  private static final int MOST_WHOLE = 96 * 1024;

  private static final int LEAST_PIXELS = 16 * 1024;
  private static final int MOST_PIXELS = 40 * 1024;

  /**
   * Patches for {@code graph}, fewer pixels the more each costs, and the range of its input, found
   * by running it.
   *
   * @throws TesseraException {@code quantize.channels} unless it has 1 (luma) or 3 (red, green,
   *     blue) channels
   */
  public static Calibration of(List<Rgb> photos, Graph graph) {
    return of(photos, graph, FloatSource::onnxRuntime);
  }

  static Calibration of(List<Rgb> photos, Graph graph, Function<Graph, FloatSource> floats) {
    int channels = graph.type(graph.input().output()).channels();
    if (channels != 1 && channels != 3) {
      throw TesseraException.input(
          "quantize.channels",
          "input '" + graph.input().output() + "'",
          "the network takes " + channels + " channels, but photos have 1 (luma) or 3",
          "networks that work on pictures take luma or red, green and blue");
    }
    Colour colour = channels == 1 ? Colour.Y : Colour.RGB;
    double wanted = WORK / Math.max(1, Macs.perInputPixel(graph));
    double pixels = Math.max(LEAST_PIXELS, Math.min(MOST_PIXELS, wanted));
    int patches = Math.min(MOST_PATCHES, 2 * photos.size());
    TensorType frame = graph.type(graph.input().output());
    if (frame.height().isConstant() && frame.width().isConstant()) {
      int height = frame.height().add();
      int width = frame.width().add();
      int count = (int) Math.max(2, Math.min(patches, pixels / ((long) height * width)));
      List<Patch> whole = FramePatches.of(photos, colour, height, width, count);
      return detected(graph, photos, new Calibration(whole, 1, 0, colour, true), floats);
    }
    if (graph.nodes().stream().anyMatch(n -> n instanceof Node.Normalize)) {
      double each = WHOLE_WORK / Math.max(1, Macs.perInputPixel(graph));
      int side = (int) Math.sqrt(Math.max(LEAST_WHOLE, Math.min(MOST_WHOLE, each)) / 1.5);
      return detected(
          graph, photos, new Calibration(wholes(photos, colour, side), 1, colour), floats);
    }
    return detected(
        graph, photos, of(photos, colour, 1, (int) Math.sqrt(pixels / patches)), floats);
  }

  /** Pixels of all frames that {@link #frames} takes, unless these are fewer than it needs. */
  private static final int FRAME_PIXELS = 4 << 20;

  private static final int LEAST_FRAMES = 4;

  /**
   * Whole photos as frames of one size, for a part of a network that looks at all of a frame.
   *
   * @param photos at least one
   */
  public Calibration frames(List<Rgb> photos, int width, int height) {
    int some = Math.max(LEAST_FRAMES, FRAME_PIXELS / (height * width));
    int count = Math.min(MOST_PATCHES, some);
    List<Patch> whole = FramePatches.of(photos, colour, height, width, count);
    return new Calibration(whole, unit, zero, colour, true);
  }

  /** With what the codes of the input stand for: as the model says it, or as it works best. */
  private static Calibration detected(
      Graph graph, List<Rgb> photos, Calibration pieces, Function<Graph, FloatSource> floats) {
    Optional<ValueQuant> given = InputRange.prescribed(graph);
    if (given.isPresent()) {
      double unit = given.get().scaleOf(0);
      int zero = Math.toIntExact(given.get().zeroOf(0) - given.get().type().min());
      return new Calibration(pieces.patches, unit, zero, pieces.colour, pieces.fixed);
    }
    try (FloatSource source = floats.apply(graph)) {
      double unit = InputRange.detect(graph, photos, pieces.colour, source);
      return new Calibration(pieces.patches, unit, 0, pieces.colour, pieces.fixed);
    }
  }

  /**
   * Square patches of the photos: the liveliest place of each, and the centre of a version shrunk
   * to about two patches, because photos as cameras make them are smoother than the small pictures
   * that super-resolution enlarges.
   *
   * @param side largest side of a patch in pixels
   */
  static Calibration of(List<Rgb> photos, Colour colour, double unit, int side) {
    List<Patch> patches = new ArrayList<>();
    int used = Math.min(MOST_PATCHES, photos.size());
    for (int i = 0; i < used; i++) {
      Rgb photo = photos.get(i * photos.size() / used);
      boolean both = 2 * used <= MOST_PATCHES;
      if (both || i % 2 == 0) {
        Rgb small = shrink(photo, 2 * side);
        patches.add(centre(small, colour, side));
      }
      if (both || i % 2 == 1) {
        patches.add(liveliest(photo, colour, side));
      }
    }
    return new Calibration(patches, unit, colour);
  }

  /**
   * Whole photos, shrunk: statistics of a piece are not those of a frame.
   *
   * @param side shorter side of a patch in pixels
   */
  private static List<Patch> wholes(List<Rgb> photos, Colour colour, int side) {
    List<Patch> patches = new ArrayList<>();
    int used = Math.min(MOST_PATCHES, photos.size());
    for (int i = 0; i < used; i++) {
      patches.add(patch(shrink(photos.get(i * photos.size() / used), side), colour));
    }
    return patches;
  }

  /** The photo with a shorter side of {@code target} pixels if it is larger. */
  private static Rgb shrink(Rgb photo, int target) {
    int shorter = Math.min(photo.width(), photo.height());
    if (shorter <= target) {
      return photo;
    }
    int width = (int) ((long) photo.width() * target / shorter);
    return Bicubic.resize(photo, width, (int) ((long) photo.height() * target / shorter));
  }

  /**
   * Smooth charts that reach every tone, black and white included: photos by chance lack some, and
   * a network's features follow the tone beyond any range that was never seen.
   */
  List<Patch> charts() {
    List<Patch> charts = new ArrayList<>();
    int height = fixed ? patches.get(0).height : CHART;
    int width = fixed ? patches.get(0).width : CHART;
    for (int kind = 0; kind < (colour == Colour.RGB ? 2 : 1); kind++) {
      int[] codes = new int[colour.channels() * height * width];
      for (int i = 0; i < codes.length; i++) {
        int x = i % width * 255 / Math.max(1, width - 1);
        int y = i / width % height * 255 / Math.max(1, height - 1);
        int c = i / (width * height);
        // The first is a ramp of grey, the second goes to the corners of the colour cube.
        codes[i] = kind == 0 || c == 0 ? x : c == 1 ? y : 255 - (x + y) / 2;
      }
      charts.add(new Patch(height, width, codes));
    }
    return charts;
  }

  private static Patch centre(Rgb photo, Colour colour, int side) {
    int columns = Math.min(side, photo.width());
    int rows = Math.min(side, photo.height());
    int left = (photo.width() - columns) / 2;
    int top = (photo.height() - rows) / 2;
    return patch(photo.crop(left, top, columns, rows), colour);
  }

  private static Patch liveliest(Rgb photo, Colour colour, int side) {
    int columns = Math.min(side, photo.width());
    int rows = Math.min(side, photo.height());
    Rgb best = null;
    long most = -1;
    for (int top = 0; top + rows <= photo.height(); top += rows) {
      for (int left = 0; left + columns <= photo.width(); left += columns) {
        Rgb piece = photo.crop(left, top, columns, rows);
        long activity = activity(piece);
        if (activity > most) {
          most = activity;
          best = piece;
        }
      }
    }
    return patch(best, colour);
  }

  /** Sum of squared differences of neighbours. */
  private static long activity(Rgb piece) {
    long sum = 0;
    for (int y = 1; y < piece.height(); y++) {
      for (int x = 1; x < piece.width(); x++) {
        int right = piece.at(1, y, x) - piece.at(1, y, x - 1);
        int down = piece.at(1, y, x) - piece.at(1, y - 1, x);
        sum += (long) right * right + (long) down * down;
      }
    }
    return sum;
  }

  /** The whole of {@code piece}. */
  static Patch patch(Rgb piece, Colour colour) {
    int[] codes = new int[colour.channels() * piece.width() * piece.height()];
    float[] luma = colour == Colour.Y ? LumaPipeline.input(piece).data() : piece.toFloats();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (int) luma[i];
    }
    return new Patch(piece.height(), piece.width(), codes);
  }
}
