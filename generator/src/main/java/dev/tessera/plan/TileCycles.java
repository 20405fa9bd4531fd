package dev.tessera.plan;

import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Size;
import dev.tessera.hw.TileGrid;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.conv.ConvGeometry;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.pool.PoolSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Time of a frame in tiles: the unit that takes longest for all tiles sets the pace.
 *
 * <p>Where the width changes between two tiles a line buffer takes the new tile only when it has
 * finished the old one. So a unit waits twice over: for the rows that the nearest window before it
 * looks ahead, which come as fast as the slowest unit before that; and for the nearest window
 * behind it to finish the rows that it is behind. Both pass at the same time. A pool in between
 * takes rows of the new tile meanwhile: as many as it takes before it makes one. What waits in a
 * FIFO is worked on meanwhile, too.
 */
final class TileCycles {
  private final Design design;
  private final List<Size> tiles;
  private final Map<Size, Map<String, Waits>> units = new HashMap<>();

  /**
   * What a unit does on a tile.
   *
   * @param work cycles
   * @param ahead cycles it waits at the start of the tile if the one before was not as wide
   * @param behind cycles it waits at the end of the tile if the next is not as wide
   */
  private record Waits(double work, double ahead, double behind) {}

  private TileCycles(Design design, List<Size> tiles) {
    this.design = design;
    this.tiles = tiles;
    tiles.forEach(size -> units.computeIfAbsent(size, this::waits));
  }

  /** Distance of frames in steady state. */
  static long perFrame(Design design, TileGrid grid) {
    return perFrame(design, grid.tiles().stream().map(TileGrid.Tile::size).toList());
  }

  /** Distance of frames that are worked on in {@code tiles} of these sizes, in this order. */
  static long perFrame(Design design, List<Size> tiles) {
    return new TileCycles(design, tiles).perFrame();
  }

  private long perFrame() {
    double most = 0;
    for (Instance instance : design.instances()) {
      String unit = instance.spec().name();
      double sum = 0;
      Waits last = null;
      for (int i = 0; i <= tiles.size(); i++) {
        Size tile = tiles.get(i % tiles.size());
        Waits waits = units.get(tile).get(unit);
        boolean changes = i > 0 && tile.width() != tiles.get(i - 1).width();
        sum += changes ? Math.max(waits.ahead(), last.behind()) : 0;
        sum += i < tiles.size() ? waits.work() : 0;
        last = waits;
      }
      most = Math.max(most, sum);
    }
    return Math.round(most);
  }

  /** Every unit on tiles of {@code size}. */
  private Map<String, Waits> waits(Size size) {
    Design tile = Resizing.resized(design, size);
    List<Instance> instances = tile.instances();
    Map<String, Double> ahead = ahead(tile);
    Map<String, Double> behind = behind(instances);
    Map<String, Waits> waits = new HashMap<>();
    for (Instance i : instances) {
      String unit = i.spec().name();
      waits.put(unit, new Waits(cycles(i.spec()), ahead.get(unit), behind.get(unit)));
    }
    return waits;
  }

  private static Map<String, Double> ahead(Design tile) {
    Map<String, Double> waits = new HashMap<>();
    Map<String, Double> slowest = new HashMap<>();
    Map<String, Double> units = new LinkedHashMap<>();
    for (Instance instance : tile.instances()) {
      UnitSpec spec = instance.spec();
      double before = most(instance.inputs(), slowest);
      double wait = 0;
      for (String link : instance.inputs()) {
        boolean window = lag(spec) > 0;
        double rows = window ? wait(spec, lag(spec), before) : waits.get(link);
        double pace = window ? before : cycles(spec);
        wait = Math.max(wait, rows - backlog(tile.link(link), pace));
      }
      units.put(spec.name(), wait);
      for (String link : instance.outputs()) {
        waits.put(link, wait);
        slowest.put(link, Math.max(before, cycles(spec)));
      }
    }
    return units;
  }

  private static Map<String, Double> behind(List<Instance> instances) {
    Map<String, Double> waits = new HashMap<>();
    Map<String, Double> slowest = new HashMap<>();
    Map<String, Double> units = new HashMap<>();
    for (int i = instances.size() - 1; i >= 0; i--) {
      Instance instance = instances.get(i);
      UnitSpec spec = instance.spec();
      double wait = most(instance.outputs(), waits);
      double from = Math.max(most(instance.outputs(), slowest), cycles(spec));
      units.put(spec.name(), wait);
      double own =
          lag(spec) > 0 ? wait(spec, rest(spec), from) : Math.max(0, wait - silence(spec, from));
      for (String link : instance.inputs()) {
        waits.put(link, own);
        slowest.put(link, from);
      }
    }
    return units;
  }

  /**
   * Cycles of {@code lag} rows of {@code spec} if all rows take {@code cycles}. The line buffer is
   * a column step ahead of the array and done by that much earlier.
   */
  private static double wait(UnitSpec spec, int lag, double cycles) {
    double rows = lag * cycles / spec.inputs().get(0).height();
    int step = spec instanceof ConvSpec conv ? conv.geometry().cyclesPerStep() : 0;
    return Math.max(0, rows - step);
  }

  /** Cycles for what a link holds, if all beats of a tile take {@code cycles}. */
  private static double backlog(Link link, double cycles) {
    return link.depth() * cycles / link.type().beatsPerFrame();
  }

  /** Cycles of the rows that a pool takes of a tile, at {@code cycles}, before it makes any. */
  private static double silence(UnitSpec spec, double cycles) {
    if (!(spec instanceof PoolSpec pool)) {
      return 0;
    }
    int rows = pool.kernelHeight() - 1 - pool.pads().top();
    return rows * cycles / pool.input().height();
  }

  private static double most(List<String> links, Map<String, Double> values) {
    return links.stream().mapToDouble(values::get).max().orElse(0);
  }

  /**
   * Rows that the window of a unit looks ahead; none if it walks its rows again, because that line
   * buffer takes tiles of any width one after the other.
   */
  private static int lag(UnitSpec spec) {
    boolean waits = spec instanceof ConvSpec conv && !conv.geometry().replays();
    return waits ? ((ConvSpec) spec).geometry().rowLag() : 0;
  }

  /** Rows of padding that the last window of a unit reaches: it is done by that much later. */
  private static int rest(UnitSpec spec) {
    if (!(spec instanceof ConvSpec conv)) {
      return 0;
    }
    ConvGeometry g = conv.geometry();
    int last = (g.outHeight() - 1) * g.stride().rows() + g.rowLag();
    return Math.max(0, last - (g.height() - 1));
  }

  private static double cycles(UnitSpec spec) {
    return Resources.cost(spec).cyclesPerFrame();
  }
}
