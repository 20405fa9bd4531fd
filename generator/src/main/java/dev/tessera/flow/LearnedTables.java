package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.TableLayout;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.num.Normalization;
import dev.tessera.num.TableCodes;
import dev.tessera.pass.PassManager;
import dev.tessera.plan.Board;
import dev.tessera.plan.Plan;
import dev.tessera.plan.PlanRequest;
import dev.tessera.plan.Planner;
import dev.tessera.plan.StatisticsBranch;
import dev.tessera.quantize.Calibration;
import dev.tessera.quantize.QuantOptions;
import dev.tessera.quantize.Quantizer;
import dev.tessera.quantize.TableHead;
import java.util.List;
import java.util.Locale;

/**
 * Plans a network together with the branch that gives its statistics.
 *
 * @param branch as the model states it, for frames of the size to plan for
 * @param photos at least one, on which its ranges are found
 * @param calibration of the network
 */
record LearnedTables(
    Graph branch, List<Rgb> photos, Calibration calibration, QuantOptions options, Board board) {

  /**
   * What was planned.
   *
   * @param note on where the tables come from and what that takes
   */
  record Made(Plan plan, String note) {}

  /**
   * The plan of both within the bounds of {@code wish}.
   *
   * @param integers the network
   * @throws TesseraException {@code norm.learned} where the branch would not see whole frames, or
   *     {@code norm.statistics} if it does not fit the network
   */
  Made plan(Graph integers, PlanRequest wish) {
    Plan alone = Planner.plan(integers, board, wish);
    if (alone.design().tiles().isPresent()) {
      throw refusal("frames in tiles", "a board or a frame that needs no tiles");
    }
    List<Normalization> rules = TableHead.rules(integers);
    TableCodes codes = TableCodes.reaching(rules.stream().map(Normalization::typical).toList());
    int width = wish.frameWidth();
    int height = wish.frameHeight();
    Graph whole = PassManager.run(TableHead.complete(branch, rules, codes));
    Graph quantised =
        Quantizer.quantizeTables(whole, calibration.frames(photos, width, height), options).graph();
    long macs = Math.min(Macs.perFrame(branch, width, height), Macs.perFrame(whole, width, height));
    Plan side = side(quantised, wish, macs, alone.report().cyclesPerFrame());
    boolean bounded = wish.multipliers().isPresent();
    Plan main = bounded ? Planner.plan(integers, board, less(wish, side)) : alone;
    Plan both = StatisticsBranch.join(main, side, codes, bounded);
    requireOrder(both.design(), rules);
    return new Made(both, note(macs, alone.report().macsPerFrame(), side));
  }

  /** Entries go by their number: the hardware has to count the layers as the branch does. */
  private static void requireOrder(Design design, List<Normalization> rules) {
    List<TableLayout.Slice> slices = TableLayout.of(design).slices();
    for (int i = 0; i < rules.size(); i++) {
      if (slices.get(i).instance().spec().rule().orElseThrow() != rules.get(i)) {
        throw new IllegalStateException("layer " + i + " has changed its place");
      }
    }
  }

  /** The cheapest branch that keeps up with a network of {@code cycles}. */
  private Plan side(Graph quantised, PlanRequest wish, long macs, long cycles) {
    // Half a cycle more, so that rounding the rate does not take one away.
    double fps = board.clockMhz() * 1e6 / (cycles + 0.5);
    PlanRequest request =
        PlanRequest.fastest(wish.name(), wish.frameWidth(), wish.frameHeight(), macs);
    try {
      return Planner.plan(quantised, board, request.withFps(fps).withFeatures());
    } catch (TesseraException unable) {
      boolean small = unable.diagnostic().code().equals("plan.frame");
      throw TesseraException.input(
          "norm.learned",
          "statistics branch, " + unable.diagnostic().place(),
          unable.diagnostic().sentence(),
          small
              ? "use a larger frame, or choose --norm host or temporal"
              : "take a smaller branch, or choose --norm host or temporal");
    }
  }

  /** What the branch leaves of the multipliers that are allowed. */
  private static PlanRequest less(PlanRequest wish, Plan side) {
    long left = wish.multipliers().getAsInt() - side.report().multipliers();
    return wish.withMultipliers((int) Math.max(1, left));
  }

  private static String note(long macs, long network, Plan side) {
    return String.format(
        Locale.ROOT,
        "tables come from the statistics branch, which looks at the frame %d before: %,d"
            + " multiplications a frame, %.2f %% of the network's, %d multipliers",
        NormTop.LAG,
        macs,
        100.0 * macs / network,
        side.report().multipliers());
  }

  static TesseraException refusal(String what, String instead) {
    return TesseraException.input(
        "norm.learned",
        "",
        "a statistics branch does not look at " + what,
        "choose " + instead + ", or --norm host");
  }
}
