package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.base.TesseraException;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.TileAxis;
import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Halo;
import dev.tessera.plan.PlanReport.Tiling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The ways to cut the frames of a network that are worth comparing. */
final class TileSearch {
  private static final int[] CUTS = {2, 3, 4, 6, 8, 12, 16, 24, 32};
  private static final int[] SQUARES = {256, 128, 64, 32};

  /** Columns below which a stripe is mostly halo. */
  private static final int NARROWEST = 16;

  private final Graph graph;
  private final StepGraph steps;
  private final Size frame;
  private final StreamType made;

  private TileSearch(Graph graph, Size frame) {
    this.graph = graph;
    this.steps = StepGraph.of(graph);
    this.frame = frame;
    this.made = Shapes.of(steps, frame.width(), frame.height()).of(steps.output());
  }

  /** The frame in one piece. */
  static TileOption whole(Graph graph, Size frame) {
    TileSearch search = new TileSearch(graph, frame);
    return search.option(
        TileGrid.whole(frame.width(), frame.height(), search.made.width(), search.made.height()));
  }

  /**
   * The frame in cores of {@code core}, which is brought up to the next multiple of the network's
   * alignment.
   *
   * @throws TesseraException {@code plan.tile} if the network cannot be cut
   */
  static TileOption cut(Graph graph, Size frame, Size core) {
    TileSearch search = new TileSearch(graph, frame);
    return search.option(
        search.grid(core, Halo.columns(graph, frame.width()), Halo.rows(graph, frame.height())));
  }

  /**
   * Full-width stripe, narrower stripes, square tiles: the best ones first. Only the whole frame if
   * the network cannot be cut.
   */
  static List<TileOption> all(Graph graph, Size frame) {
    TileSearch search = new TileSearch(graph, frame);
    Set<TileGrid> grids = new LinkedHashSet<>();
    grids.add(
        TileGrid.whole(frame.width(), frame.height(), search.made.width(), search.made.height()));
    try {
      Halo columns = Halo.columns(graph, frame.width());
      Halo rows = Halo.rows(graph, frame.height());
      for (Size core : cores(frame)) {
        TileGrid grid = search.grid(core, columns, rows);
        if (grid.count() > 1) {
          grids.add(grid);
        }
      }
    } catch (TesseraException uncut) {
      return List.of(whole(graph, frame));
    }
    return grids.stream().map(search::option).sorted(TileOption.BEST_FIRST).toList();
  }

  /** All ways and {@code taken}, which comes first. */
  static List<Tiling> judged(Graph graph, Size frame, TileOption taken, String reason) {
    List<Tiling> tilings = new ArrayList<>();
    tilings.add(new Tiling(taken, reason));
    for (TileOption option : all(graph, frame)) {
      boolean same = option.grid().count() == 1 && taken.grid().count() == 1;
      if (!same && !option.grid().equals(taken.grid())) {
        tilings.add(new Tiling(option, verdict(option, taken)));
      }
    }
    return tilings;
  }

  private static String verdict(TileOption option, TileOption taken) {
    long more = option.bytes() - taken.bytes();
    String sign = more < 0 ? "fewer" : "more";
    return String.format(Locale.ROOT, "%,d bytes %s of a frame in DRAM", Math.abs(more), sign);
  }

  private static List<Size> cores(Size frame) {
    List<Size> cores = new ArrayList<>();
    for (int n : CUTS) {
      int width = Bits.ceilDiv(frame.width(), n);
      if (width >= NARROWEST) {
        cores.add(new Size(width, frame.height()));
      }
    }
    for (int side : SQUARES) {
      if (side < frame.width() && side < frame.height()) {
        cores.add(new Size(side, side));
      }
    }
    return cores;
  }

  private TileGrid grid(Size core, Halo columns, Halo rows) {
    return new TileGrid(
        TileAxis.of(columns, frame.width(), made.width(), aligned(core.width(), columns)),
        TileAxis.of(rows, frame.height(), made.height(), aligned(core.height(), rows)));
  }

  private static int aligned(int core, Halo halo) {
    return Bits.ceilDiv(core, halo.alignment()) * halo.alignment();
  }

  private TileOption option(TileGrid grid) {
    Size tile = grid.largest();
    Pipeline pipeline = new Pipeline(steps, tile.width(), tile.height());
    return new TileOption(
        grid,
        graph.type(graph.input().output()).channels(),
        made.channels(),
        BufferModel.lineBytes(pipeline),
        BufferModel.fifoBytes(pipeline));
  }
}
