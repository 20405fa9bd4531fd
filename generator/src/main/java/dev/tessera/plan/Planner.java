package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.TileGrid;
import dev.tessera.hw.UnitSpec;
import dev.tessera.hw.VerilogName;
import dev.tessera.ir.Graph;
import dev.tessera.num.FixedType;
import dev.tessera.num.TableCodes;
import dev.tessera.plan.FifoSizing.Sizing;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.plan.PlanReport.Tiling;
import dev.tessera.plan.PlanSearch.Choice;
import dev.tessera.plan.TokenSimulation.Result;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.d2s.D2sSpec;
import dev.tessera.unit.video.VideoInSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Integer graph to design: folds, lanes, FIFO depths, and a prediction of all of it.
 *
 * <p>The folds of all convolutions are searched for one common time of a frame ({@link
 * FoldSearch}); lanes follow from that time ({@link LaneChooser}); FIFO depths from an exact
 * simulation of the beats ({@link FifoSizing}). Nothing is emitted that was not seen to run.
 */
public final class Planner {
  /** Searches under a board until the FIFOs, which are known only afterwards, fit as well. */
  private static final int ROUNDS = 5;

  /** Beats that the input of a live source buffers beyond what the first link does. */
  private static final int LIVE_DEPTH = 32;

  /** Beats of a link that the simulation of the depths may keep in memory. */
  private static final long MAX_BEATS = 1L << 25;

  private final Pipeline pipeline;
  private final Board board;
  private final PlanRequest request;
  private final Budget budget;
  private final List<Tiling> tilings;
  private final Optional<TileGrid> grid;
  private final double clockMhz;

  private Planner(
      Pipeline pipeline,
      Board board,
      PlanRequest request,
      List<Tiling> tilings,
      Optional<TileGrid> grid) {
    this.tilings = tilings;
    this.grid = grid;
    this.pipeline = pipeline;
    this.board = board;
    this.request = request;
    this.clockMhz = request.clockMhz().orElse(board.clockMhz());
    this.budget = Budget.of(request, clockMhz);
  }

  /**
   * Plans {@code graph}, which holds only integer operators and wiring.
   *
   * @throws TesseraException {@code plan.operator}, {@code plan.output}, {@code plan.frame}, {@code
   *     plan.fps}, {@code plan.live}, {@code plan.rate}, {@code plan.multipliers}, {@code
   *     plan.tile} or {@code plan.board}; the sentence names the binding limit, the hint the
   *     nearest feasible plan
   */
  public static Plan plan(Graph graph, Board board, PlanRequest request) {
    return TilePlanner.plan(graph, board, request);
  }

  /**
   * Plans {@code pipeline}, whose frames are those of {@code request}.
   *
   * @param tilings ways to cut the frame, for the report
   */
  static Plan plan(Pipeline pipeline, Board board, PlanRequest request, List<Tiling> tilings) {
    return plan(pipeline, board, request, tilings, Optional.empty());
  }

  /**
   * Plans {@code pipeline}, whose frames are the largest tiles of {@code grid}.
   *
   * @param grid how a larger frame is cut
   */
  static Plan plan(
      Pipeline pipeline,
      Board board,
      PlanRequest request,
      List<Tiling> tilings,
      Optional<TileGrid> grid) {
    check(pipeline, request.features());
    return new Planner(pipeline, board, request, tilings, grid).run();
  }

  private static void check(Pipeline pipeline, boolean features) {
    for (ConvShape shape : pipeline.convolutions()) {
      ConvFold serial = new ConvFold(1, 1, 1, 1);
      shape
          .with(shape.geometry().channels(), 1, serial)
          .whyInvalid()
          .ifPresent(
              why -> {
                throw TesseraException.input(
                    "plan.frame", "node '" + shape.name() + "'", why, "use a larger frame");
              });
    }
    StreamType out = pipeline.shapes().of(pipeline.graph().output());
    boolean video = features || out.channels() == 1 || out.channels() == 3;
    boolean codes = features && out.type().equals(TableCodes.TYPE);
    if (!video || !codes && !out.type().equals(FixedType.UINT8)) {
      throw TesseraException.input(
          "plan.output",
          "value '" + pipeline.graph().output() + "'",
          "the network ends in " + out.channels() + " channels of " + out.type(),
          "a video output carries 1 or 3 components of 8 bits");
    }
  }

  private Plan run() {
    PlanSearch search = new PlanSearch(pipeline, board, request, budget);
    Resources links = Resources.NONE;
    for (int round = 1; ; round++) {
      Choice choice = search.choose(links);
      Sized sized = size(choice);
      Resources taken = Resources.links(sized.netlist());
      boolean free = request.multipliers().isPresent();
      boolean fits = Resources.units(sized.netlist()).plus(taken).excess(board).isEmpty();
      if (free || fits) {
        return result(search, choice, sized);
      }
      if (round == ROUNDS) {
        throw TesseraException.input(
            "plan.board",
            "",
            "the FIFOs of the plan do not fit on " + board.title(),
            "plan for a smaller frame or another board");
      }
      links = taken;
    }
  }

  /** A netlist with depths, and the cycles in which its first output leaves. */
  private record Sized(Netlist netlist, long latency) {}

  private Sized size(Choice choice) {
    int rows = pipeline.steadyRows();
    Netlist part = live(pipeline.netlist(choice.folds(), choice.cycles(), rows));
    long period = slowest(part);
    int ppc = pixelsIn();
    int margin = pipeline.steadyMargin();
    int frames = TokenSimulation.frames(margin);
    requireSimulable(part, frames);
    long[] source = budget.source(pipeline.width(), rows, frames, ppc, period);
    Netlist whole = live(pipeline.netlist(choice.folds(), choice.cycles(), pipeline.height()));
    Sizing sizing = FifoSizing.size(part, source, margin);
    SharedDelays delays = DelaySharing.find(part, sizing.run(), period);
    if (!delays.isEmpty()) {
      Netlist shared = DelayWiring.apply(part, delays);
      Sizing chained = FifoSizing.size(shared, source, margin);
      if (chained.memory(shared) < sizing.memory(part)) {
        sizing = chained;
        whole = DelayWiring.apply(whole, delays);
      }
    }
    Netlist sized = FifoSizing.apply(whole, sizing.depths(), settled(whole, sizing.run()));
    return new Sized(
        grid.map(g -> new TileSizing(g, budget, ppc, margin).size(sized)).orElse(sized),
        sizing.run().output()[0] - source[0]);
  }

  private static void requireSimulable(Netlist part, int frames) {
    for (Link link : part.links()) {
      if (link.type().beatsPerFrame() * frames > MAX_BEATS) {
        throw TesseraException.input(
            "plan.frame",
            "",
            "rows of " + link.type().width() + " positions are too long to be simulated",
            "plan for a narrower frame");
      }
    }
  }

  private int pixelsIn() {
    int ppc = budget.pixelsPerClock(pipeline.width());
    if (ppc == 0) {
      throw TesseraException.input(
          "plan.rate",
          "",
          "the source delivers more pixels per clock than the video input takes",
          "use a faster clock or a slower source");
    }
    return ppc;
  }

  private static long slowest(Netlist netlist) {
    return netlist.instances().stream()
        .mapToLong(i -> Resources.cost(i.spec()).cyclesPerFrame())
        .max()
        .orElseThrow();
  }

  private static List<UnitSpec> settled(Netlist whole, Result run) {
    List<UnitSpec> specs = new ArrayList<>();
    for (int i = 0; i < whole.instances().size(); i++) {
      UnitSpec spec = whole.instances().get(i).spec();
      if (spec instanceof D2sSpec d && run.specs().get(i) instanceof D2sSpec part) {
        spec = new D2sSpec(d.name(), d.input(), d.output(), d.block(), d.crd(), part.depths());
      }
      specs.add(spec);
    }
    return specs;
  }

  private Netlist live(Netlist netlist) {
    List<Instance> instances = new ArrayList<>(netlist.instances());
    Instance source = instances.get(0);
    VideoInSpec in = (VideoInSpec) source.spec();
    VideoInSpec live =
        new VideoInSpec(
            in.name(), in.output(), pixelsIn(), budget.live(), budget.live() ? LIVE_DEPTH : 0);
    instances.set(0, new Instance(live, source.inputs(), source.outputs()));
    return new Netlist(instances, netlist.links());
  }

  private Plan result(PlanSearch search, Choice choice, Sized sized) {
    PlanReport report =
        new ReportBuilder(board, clockMhz, request.macsPerFrame(), sized.netlist())
            .build(
                search.folds(),
                choice,
                sized.latency(),
                request.multipliers().isPresent(),
                tilings);
    Design design =
        new Design(
            VerilogName.legal(request.name()),
            board.name(),
            clockMhz,
            request.frameWidth(),
            request.frameHeight(),
            sized.netlist().instances(),
            sized.netlist().links(),
            request.macsPerFrame(),
            Optional.empty(),
            UltraRam.names(sized.netlist(), board));
    return new Plan(design, report);
  }
}
