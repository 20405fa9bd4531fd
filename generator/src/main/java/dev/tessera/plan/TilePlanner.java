package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.CustomLayers;
import dev.tessera.hw.Design;
import dev.tessera.hw.Size;
import dev.tessera.hw.TileAxis;
import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.plan.PhaseOrder.Decision;
import dev.tessera.plan.PlanReport.Tiling;
import dev.tessera.unit.Resizing;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the whole frame at once, or a pipeline for the tiles of a frame. */
final class TilePlanner {
  private static final String FULL = "plan.board";
  private static final String UNABLE = "plan.tile";

  private final Graph graph;
  private final Board board;
  private final PlanRequest request;

  private TilePlanner(Graph graph, Board board, PlanRequest request) {
    this.graph = graph;
    this.board = board;
    this.request = request;
  }

  static Plan plan(Graph graph, Board board, PlanRequest request) {
    TilePlanner planner = new TilePlanner(graph, board, request);
    if (request.core().isPresent()) {
      TileOption option = TileSearch.cut(graph, request.frame(), request.core().get());
      return planner.tiles(option, "asked for");
    }
    try {
      return planner.whole();
    } catch (TesseraException full) {
      boolean large = full.diagnostic().code().equals(FULL);
      if (large && request.mayCut() && request.live().isEmpty()) {
        return planner.best().orElseThrow(() -> full);
      }
      throw full;
    }
  }

  /** The best cut that fits the board, or empty if none does. */
  private Optional<Plan> best() {
    Map<TileGrid, String> failed = new LinkedHashMap<>();
    for (TileOption option : TileSearch.all(graph, request.frame())) {
      if (option.grid().isWhole()) {
        failed.put(option.grid(), "does not fit at once");
        continue;
      }
      long bytes = option.lineBytes() + option.fifoBytes();
      if (bytes > board.memoryBytes()) {
        failed.put(option.grid(), "takes more than all block memory");
        continue;
      }
      try {
        Plan plan = tiles(option, "taken: fewest bytes of those that fit");
        return Optional.of(new Plan(plan.design(), plan.report().rejecting(failed)));
      } catch (TesseraException unfit) {
        String code = unfit.diagnostic().code();
        if (!code.equals(FULL) && !code.equals(UNABLE)) {
          throw unfit;
        }
        failed.put(option.grid(), unfit.diagnostic().sentence());
      }
    }
    return Optional.empty();
  }

  private Plan whole() {
    Size frame = request.frame();
    StepGraph steps = Cuts.insert(StepGraph.of(graph), request.codec(), request.cutBits());
    List<Decision> decisions = decide(steps, frame);
    Pipeline pipeline =
        new Pipeline(PhaseOrder.apply(steps, decisions), frame.width(), frame.height());
    TileOption taken = TileSearch.whole(graph, frame);
    boolean stores = steps.steps().stream().anyMatch(s -> s instanceof Step.Cut);
    List<Tiling> tilings =
        stores ? List.of() : TileSearch.judged(graph, frame, taken, "taken: fewest bytes");
    return OrderReport.write(Planner.plan(pipeline, board, request, tilings), decisions);
  }

  private Plan tiles(TileOption option, String reason) {
    if (request.live().isPresent()) {
      throw refusal("a live source cannot wait for a frame to be cut", "leave out --live");
    }
    for (Node node : graph.nodes()) {
      if (node instanceof Node.QCustom layer
          && CustomLayers.of(layer.kind(), layer.settings()).reach() > 0) {
        throw refusal("layer '" + node.name() + "' looks at whole frames", "leave out --tile");
      }
    }
    TileGrid grid = option.grid();
    Size tile = grid.largest();
    double area = (double) tile.width() * tile.height();
    PlanRequest share = request.forTile(tile, area / grid.pixelsRead());
    StepGraph steps = StepGraph.of(graph);
    List<Decision> decisions = decide(steps, tile);
    Pipeline pipeline =
        new Pipeline(
            PhaseOrder.apply(steps, decisions),
            tile.width(),
            tile.height(),
            packed(grid.columns()));
    List<Tiling> tilings = TileSearch.judged(graph, request.frame(), option, reason);
    Plan plan =
        OrderReport.write(
            Planner.plan(pipeline, board, share, tilings, Optional.of(grid)), decisions);
    Design design = resizable(plan.design(), grid);
    return new Plan(design, plan.report().withCycles(TileCycles.perFrame(design, grid)));
  }

  private List<Decision> decide(StepGraph steps, Size size) {
    return PhaseOrder.decide(steps, size.width(), size.height(), board, request.enlarging());
  }

  /** What divides the output columns of every tile, and those of them that are kept. */
  private static int packed(TileAxis columns) {
    BigInteger common = BigInteger.ZERO;
    for (int i = 0; i < columns.count(); i++) {
      TileAxis.Span span = columns.span(i);
      long made = (long) span.size() * columns.mul() / columns.div();
      for (long part : new long[] {made, span.skipped(), span.madeSize()}) {
        common = common.gcd(BigInteger.valueOf(part));
      }
    }
    return common.intValueExact();
  }

  private static Design resizable(Design design, TileGrid grid) {
    Design resizable;
    try {
      resizable = Resizing.resizable(design);
    } catch (IllegalArgumentException unable) {
      throw refusal("no hardware takes tiles of all sizes: " + unable.getMessage(), "");
    }
    for (Size size : grid.sizes().keySet()) {
      if (!resizable.sizes().orElseThrow().holds(size)) {
        throw refusal(
            "one of the tiles is " + size + ", and the network takes " + resizable.sizes().get(),
            "choose cores that leave no such rest");
      }
    }
    return resizable.withTiles(grid);
  }

  private static TesseraException refusal(String sentence, String hint) {
    return TesseraException.input(UNABLE, "", sentence, hint);
  }
}
