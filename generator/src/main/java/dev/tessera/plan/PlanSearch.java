package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.plan.Lowering.Netlist;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses the folds for a request: the fastest under a bound of multipliers, the fastest that fits
 * the board, or the cheapest that keeps a rate.
 */
final class PlanSearch {
  /**
   * A choice of folds.
   *
   * @param folds per convolution
   * @param cycles of a frame that lanes must keep up with
   * @param limit what keeps the plan from being faster
   */
  record Choice(List<FoldOption> folds, long cycles, String limit) {}

  /** Four digits, and never a rate that is out of reach. */
  private static final MathContext FLOOR = new MathContext(4, RoundingMode.FLOOR);

  private final Pipeline pipeline;
  private final Board board;
  private final PlanRequest request;
  private final Budget budget;
  private final FoldSearch search;
  private final long floor;

  PlanSearch(Pipeline pipeline, Board board, PlanRequest request, Budget budget) {
    this.pipeline = pipeline;
    this.board = board;
    this.request = request;
    this.budget = budget;
    this.floor = pipeline.floor();
    int packed = board.dsp().productsPerBlock();
    this.search =
        new FoldSearch(
            pipeline.convolutions(),
            board.dsp().shares(),
            request.multipliers().isPresent()
                ? FoldOption::multipliers
                : o -> o.multipliers() - o.pairs() + (long) packed * o.requantisers());
  }

  FoldSearch folds() {
    return search;
  }

  /**
   * The best choice.
   *
   * @param links what the FIFOs of the links take of the board
   * @throws TesseraException {@code plan.rate}, {@code plan.multipliers} or {@code plan.board}
   */
  Choice choose(Resources links) {
    if (budget.cycles() < floor) {
      throw tooFast(
          floor, "that a stream carries one position per clock, the video output up to four");
    }
    boolean bounded = request.multipliers().isPresent();
    return bounded ? underMultipliers(request.multipliers().getAsInt()) : underBoard(links);
  }

  private Choice underMultipliers(int bound) {
    List<FoldOption> smallest = search.smallest();
    if (FoldSearch.multipliers(smallest) > bound) {
      long least = FoldSearch.multipliers(smallest);
      throw TesseraException.input(
          "plan.multipliers",
          "",
          "the smallest plan takes " + least + " multipliers, more than the " + bound + " allowed",
          "allow --multipliers " + least);
    }
    List<FoldOption> fastest = search.fastest(bound, floor).orElseThrow();
    if (request.fps().isEmpty()) {
      return choice(fastest, "the bound of " + bound + " multipliers");
    }
    return cheapest(fastest, "the bound of " + bound + " multipliers");
  }

  private Choice underBoard(Resources links) {
    Optional<List<FoldOption>> fastest =
        search.fastest(plan -> excess(plan, links).isEmpty(), floor);
    if (fastest.isEmpty()) {
      throw tooSmall(links);
    }
    List<FoldOption> plan = fastest.get();
    String limit =
        search
            .faster(FoldSearch.cycles(plan))
            .flatMap(faster -> excess(faster, links))
            .map(over -> "the board: a faster plan takes " + over)
            .orElse("the shortest folds there are");
    return request.fps().isEmpty() ? choice(plan, limit) : cheapest(plan, limit);
  }

  private Choice choice(List<FoldOption> plan, String limit) {
    long cycles = Math.max(FoldSearch.cycles(plan), floor);
    boolean free = FoldSearch.cycles(plan) <= floor;
    return new Choice(plan, cycles, free ? "streams of one position per clock" : limit);
  }

  /** The cheapest plan for the rate, given the fastest one that is allowed at all. */
  private Choice cheapest(List<FoldOption> fastest, String limit) {
    long least = Math.max(FoldSearch.cycles(fastest), floor);
    if (least > budget.cycles()) {
      throw tooFast(least, limit);
    }
    List<FoldOption> plan = search.within(budget.cycles()).orElseThrow();
    return new Choice(plan, budget.cycles(), "the rate asked for");
  }

  /** What keeps a plan off the board; DSP blocks, which are known without lowering, come first. */
  private Optional<String> excess(List<FoldOption> plan, Resources links) {
    long multipliers = FoldSearch.multipliers(plan);
    long requantisers = plan.stream().mapToLong(FoldOption::requantisers).sum();
    long pairs = FoldSearch.pairs(plan);
    Optional<String> array = Resources.dsp(multipliers, requantisers - pairs).excess(board);
    return array.isPresent() ? array : units(plan).plus(links).excess(board);
  }

  private Resources units(List<FoldOption> plan) {
    long cycles = Math.max(FoldSearch.cycles(plan), floor);
    Netlist netlist = pipeline.netlist(plan, cycles, pipeline.steadyRows());
    return Resources.units(netlist);
  }

  private TesseraException tooFast(long least, String limit) {
    double clock = request.clockMhz().orElse(board.clockMhz()) * 1e6;
    double rows =
        budget.live() ? (double) (pipeline.height() + budget.blankRows()) / pipeline.height() : 1;
    return TesseraException.input(
        "plan.rate",
        "",
        String.format(
            Locale.ROOT,
            "%.4g frames per second leave %,d cycles for a frame, the fastest plan takes %,d;"
                + " the limit is %s",
            request.fps().getAsDouble(),
            budget.cycles(),
            least,
            limit),
        "the nearest plan runs at --fps "
            + BigDecimal.valueOf(clock / (least * rows)).round(FLOOR).toPlainString());
  }

  private TesseraException tooSmall(Resources links) {
    Resources least = units(search.smallest()).plus(links);
    List<String> larger =
        Boards.all().stream().filter(b -> least.excess(b).isEmpty()).map(Board::name).toList();
    return TesseraException.input(
        "plan.board",
        "",
        "even the smallest plan needs "
            + least.excess(board).orElse("more than there is")
            + " on "
            + board.title(),
        larger.isEmpty()
            ? "plan for a smaller frame"
            : "it fits on " + String.join(", ", larger) + "; or plan for a smaller frame");
  }
}
