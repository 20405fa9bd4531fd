package dev.tessera.plan;

import dev.tessera.hw.Cost;
import dev.tessera.hw.TileGrid;
import java.util.List;
import java.util.Map;

/**
 * Why a plan is as it is. Every figure is a prediction.
 *
 * @param board the board
 * @param clockMhz planned clock
 * @param cyclesPerFrame distance of frames in steady state: that of the slowest unit
 * @param latencyCycles from the first beat in to the first beat out at the planned rate
 * @param macsPerFrame useful multiplications of a frame
 * @param pixelsIn pixels per clock at the video input
 * @param pixelsOut pixels per clock at the video output
 * @param resources what the pipeline takes
 * @param limit what keeps the plan from being faster
 * @param units rows of the folding table, in pipeline order
 * @param links every stream
 * @param alternatives plans beside the chosen one, slowest first
 * @param memories blocks taken of every kind that the board has
 * @param tilings ways to cut the frame, the taken one first
 * @param orders who puts the phases of enlargements in order, and what the other would take
 * @param notes anything the user should know
 */
public record PlanReport(
    Board board,
    double clockMhz,
    long cyclesPerFrame,
    long latencyCycles,
    long macsPerFrame,
    int pixelsIn,
    int pixelsOut,
    Resources resources,
    String limit,
    List<UnitRow> units,
    List<LinkRow> links,
    List<Alternative> alternatives,
    List<Memory> memories,
    List<Tiling> tilings,
    List<Order> orders,
    List<String> notes) {
  public PlanReport {
    units = List.copyOf(units);
    links = List.copyOf(links);
    alternatives = List.copyOf(alternatives);
    memories = List.copyOf(memories);
    tilings = List.copyOf(tilings);
    orders = List.copyOf(orders);
    notes = List.copyOf(notes);
  }

  /**
   * A unit.
   *
   * @param name instance
   * @param kind key of the catalogue
   * @param fold {@code positions groups pe simd} of a convolution, in this order; empty otherwise
   * @param cost its cost; cycles of a frame included
   * @param busy share of a frame's cycles in which it works
   */
  public record UnitRow(
      String name, String kind, Map<String, Integer> fold, Cost cost, double busy) {}

  /**
   * A stream.
   *
   * @param name link
   * @param lanes values of a beat
   * @param bits width of a beat
   * @param depth words of its FIFO, 0 for a wire
   * @param bram36 block memories it takes
   */
  public record LinkRow(String name, int lanes, int bits, int depth, double bram36) {}

  /**
   * A plan that was not taken.
   *
   * @param multipliers of its MAC arrays
   * @param cyclesPerFrame of its slowest unit
   * @param reason why not
   */
  public record Alternative(long multipliers, long cyclesPerFrame, String reason) {}

  /**
   * Block memories of one kind.
   *
   * @param kind the vendor's name
   * @param blocks taken; halves of a block that is shared count 0.5
   * @param available of the board
   */
  public record Memory(String kind, double blocks, int available) {}

  /**
   * A way to cut the frame.
   *
   * @param option what it costs
   * @param verdict why it was taken or not
   */
  public record Tiling(TileOption option, String verdict) {}

  /**
   * Who puts the phase rows of an enlargement in order: its convolution, by walking rows again, or
   * a pixel shuffle.
   *
   * @param name the convolution
   * @param block S, enlargement of both axes
   * @param products multiplications of a frame
   * @param cycles of a frame: both walk the same passes
   * @param replays whether the convolution does
   * @param replayBytes memory of the row that walking again keeps
   * @param reorderBytes memory of the shuffle; if it is not built, the least that it could be
   * @param reason why
   */
  public record Order(
      String name,
      int block,
      long products,
      long cycles,
      boolean replays,
      long replayBytes,
      long reorderBytes,
      String reason) {}

  /** Multipliers of all MAC arrays. */
  public long multipliers() {
    return resources.multipliers();
  }

  /** Frames of a second. */
  public double fps() {
    return clockMhz * 1e6 / cyclesPerFrame;
  }

  /** This report with reasons against ways to cut the frame that were tried in vain. */
  PlanReport rejecting(Map<TileGrid, String> reasons) {
    List<Tiling> judged =
        tilings.stream()
            .map(t -> new Tiling(t.option(), reasons.getOrDefault(t.option().grid(), t.verdict())))
            .toList();
    return with(cyclesPerFrame, latencyCycles, judged, orders);
  }

  /** This report for frames that take {@code cycles} in tiles. */
  PlanReport withCycles(long cycles) {
    return with(cycles, latencyCycles, tilings, orders);
  }

  /** This report where other work of {@code cycles} goes before every frame. */
  PlanReport behind(long cycles) {
    return with(cyclesPerFrame, latencyCycles + cycles, tilings, orders);
  }

  /** This report with who orders the phases of enlargements. */
  PlanReport withOrders(List<Order> decided) {
    return with(cyclesPerFrame, latencyCycles, tilings, decided);
  }

  private PlanReport with(long cycles, long latency, List<Tiling> judged, List<Order> decided) {
    return new PlanReport(
        board,
        clockMhz,
        cycles,
        latency,
        macsPerFrame,
        pixelsIn,
        pixelsOut,
        resources,
        limit,
        units,
        links,
        alternatives,
        memories,
        judged,
        decided,
        notes);
  }
}
