package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Crops;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.resize.ResizeSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans a network whose tables follow from crops of every frame, which go through the same pipeline
 * before it. Crops and tiles are small frames to the units, so the pipeline takes frames of all
 * their sizes; a frame that is not cut is one tile.
 */
public final class CropPlanner {
  /** Crops in a row and rows of crops. */
  private static final int ACROSS = 3;

  /** Columns and rows of a crop where nobody says otherwise and the frame is large enough. */
  private static final int USUAL = 64;

  /** A rate is met at the latest when the planner was asked for more so often. */
  private static final int TRIES = 10;

  /**
   * What is asked for beyond what seems to be missing; twice as much as long as nothing changes.
   */
  private static final double MORE = 0.002;

  private static final String TOO_FAST = "plan.rate";

  private final Graph graph;
  private final Board board;
  private final PlanRequest request;
  private final Wish wish;

  /**
   * What the user says of the crops.
   *
   * @param crop input pixels of one; empty for 64x64, or what fits
   * @param passes units that are measured, the first ones; empty for all
   */
  public record Wish(Optional<Size> crop, OptionalInt passes) {}

  private CropPlanner(Graph graph, Board board, PlanRequest request, Wish wish) {
    this.graph = graph;
    this.board = board;
    this.request = request;
    this.wish = wish;
  }

  /**
   * The plan, whose cycles are those of the crops and the frame together.
   *
   * @throws TesseraException {@code norm.thumbnail} if the network cannot be measured so, {@code
   *     norm.none} if it has no layer to measure, or what {@link Planner} says
   */
  public static Plan plan(Graph graph, Board board, PlanRequest request, Wish wish) {
    return new CropPlanner(graph, board, request, wish).plan();
  }

  private Plan plan() {
    if (request.fps().isEmpty()) {
      return cropped(Planner.plan(graph, board, request));
    }
    double fps = request.fps().getAsDouble();
    double asked = fps;
    Plan plan = cropped(Planner.plan(graph, board, request));
    double more = MORE;
    for (int i = 0; i < TRIES && rate(plan) < fps; i++) {
      asked *= (1 + more) * fps / rate(plan);
      Plan next = cropped(faster(asked, fps));
      more = rate(next) > rate(plan) ? MORE : 2 * more;
      plan = next;
    }
    if (rate(plan) < fps) {
      throw tooFast(fps);
    }
    return plan;
  }

  /** A plan that leaves crops their time. */
  private Plan faster(double asked, double fps) {
    try {
      return Planner.plan(graph, board, request.withFps(asked));
    } catch (TesseraException unable) {
      throw unable.diagnostic().code().equals(TOO_FAST) ? tooFast(fps) : unable;
    }
  }

  private static TesseraException tooFast(double fps) {
    return TesseraException.input(
        TOO_FAST,
        "",
        String.format(
            Locale.ROOT, "no plan takes all passes over crops and %.4g frames per second", fps),
        "take fewer --passes, a smaller --crop, a lower --fps or another --board");
  }

  private static double rate(Plan plan) {
    return plan.report().clockMhz() * 1e6 / plan.report().cyclesPerFrame();
  }

  private Plan cropped(Plan plan) {
    Design design = plan.design().tiles().isPresent() ? plan.design() : inOneTile(plan.design());
    requireMeasurable(design);
    Crops crops = crops(design);
    Design made = design.withNorm(Optional.of(NormTop.thumbnail(crops)));
    List<Size> sizes = new ArrayList<>(Collections.nCopies(crops.frames(), crops.size()));
    made.grid().tiles().forEach(tile -> sizes.add(tile.size()));
    long waits = Statistics.summed(made).mapToLong(s -> Statistics.usualCycles(s.engine())).sum();
    long cycles = TileCycles.perFrame(made, sizes) + waits;
    long first = cycles - TileCycles.perFrame(made, made.grid());
    return new Plan(made, plan.report().withCycles(cycles).behind(first));
  }

  private static Design inOneTile(Design design) {
    Size made = design.madePicture();
    try {
      return Resizing.resizable(design)
          .withTiles(
              TileGrid.whole(
                  design.frameWidth(), design.frameHeight(), made.width(), made.height()));
    } catch (IllegalArgumentException unable) {
      throw refusal("no hardware takes crops of the frame as well: " + unable.getMessage());
    }
  }

  private static void requireMeasurable(Design design) {
    if (Statistics.normalising(design).findAny().isEmpty()) {
      throw TesseraException.input(
          "norm.none",
          "",
          "no layer of the network normalises over the frame",
          "leave --norm, --crop and --passes out");
    }
    Optional<Normalizing> unfit = Statistics.unfit(design);
    if (unfit.isPresent()) {
      throw refusal(
          "the phases of the channels of layer '"
              + unfit.get().name()
              + "' have weights of different scales");
    }
    for (Instance unit : design.instances()) {
      if (unit.spec() instanceof ResizeSpec resize && resize.cut()) {
        throw refusal("'" + resize.name() + "' samples by the place of a tile in its frame");
      }
    }
  }

  private Crops crops(Design design) {
    SizeRange range = design.sizes().orElseThrow();
    Size frame = design.picture();
    Size size = wish.crop().orElseGet(() -> usual(range, frame));
    if (!range.holds(size)) {
      throw refusal("crops are of " + size + ", and the pipeline takes frames of " + range);
    }
    long units = Statistics.normalising(design).count();
    int passes = (int) Math.min(units, wish.passes().orElse(Crops.MOST));
    return Crops.spread(frame, size, ACROSS, passes);
  }

  /** The usual size, if the frame is thrice as large; at least the smallest that is taken. */
  private static Size usual(SizeRange range, Size frame) {
    return new Size(
        usual(range.least().width(), range.widthStep(), Math.min(frame.width() / ACROSS, USUAL)),
        usual(
            range.least().height(), range.heightStep(), Math.min(frame.height() / ACROSS, USUAL)));
  }

  private static int usual(int least, int step, int wanted) {
    return Math.max(least, wanted / step * step);
  }

  private static TesseraException refusal(String sentence) {
    return TesseraException.input(
        "norm.thumbnail", "", sentence, "choose another --crop, or --norm host or exact");
  }
}
