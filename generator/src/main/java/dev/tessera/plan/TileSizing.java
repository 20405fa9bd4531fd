package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.TileGrid;
import dev.tessera.hw.UnitSpec;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.resize.ResizeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline whose resizes know in which tile of a frame they are. How far they look ahead differs
 * from tile to tile, so links are as deep as the tile wants them that needs most.
 */
final class TileSizing {
  private static final String NAME = "tiles";

  private final TileGrid grid;
  private final Budget budget;
  private final int ppc;
  private final int margin;

  /**
   * Sizing for the tiles of {@code grid}.
   *
   * @param ppc pixels of a beat of the source
   * @param margin frames before and behind the one in steady state
   */
  TileSizing(TileGrid grid, Budget budget, int ppc, int margin) {
    this.grid = grid;
    this.budget = budget;
    this.ppc = ppc;
    this.margin = margin;
  }

  /** {@code whole} with depths for every tile; itself if no resize depends on the tile. */
  Netlist size(Netlist whole) {
    Netlist cut = cut(whole);
    if (cut.instances().equals(whole.instances())) {
      return whole;
    }
    Map<String, Integer> depths = new LinkedHashMap<>();
    cut.links().forEach(link -> depths.put(link.name(), link.depth()));
    for (int i = 0; i < grid.count(); i++) {
      Design tile = Resizing.inTile(design(cut), grid, i);
      Netlist netlist = new Netlist(tile.instances(), tile.links());
      int width = tile.frameWidth();
      int height = tile.frameHeight();
      long period = slowest(netlist);
      long[] source = budget.source(width, height, TokenSimulation.frames(margin), ppc, period);
      FifoSizing.size(netlist, source, margin)
          .depths()
          .forEach((link, depth) -> depths.merge(link, depth, Math::max));
    }
    return FifoSizing.apply(cut, depths, cut.instances().stream().map(Instance::spec).toList());
  }

  private static long slowest(Netlist netlist) {
    return netlist.instances().stream()
        .mapToLong(i -> Resources.cost(i.spec()).cyclesPerFrame())
        .max()
        .orElseThrow();
  }

  /** The same units, those that resize to given sizes told about the grid. */
  private Netlist cut(Netlist whole) {
    List<Instance> instances = new ArrayList<>(whole.instances());
    for (int i = 0; i < instances.size(); i++) {
      Instance instance = instances.get(i);
      if (instance.spec() instanceof ResizeSpec resize) {
        Design design = design(new Netlist(instances, whole.links()));
        instances.set(
            i, new Instance(cut(resize, instance, design), instance.inputs(), instance.outputs()));
      }
    }
    return new Netlist(instances, whole.links());
  }

  private UnitSpec cut(ResizeSpec resize, Instance instance, Design design) {
    try {
      return resize.inTilesOf(grid, Resizing.maps(design).get(instance.inputs().get(0)));
    } catch (IllegalArgumentException small) {
      throw TesseraException.input(
          "plan.tile",
          "unit '" + resize.name() + "'",
          "one of the tiles is too small: " + small.getMessage(),
          "choose larger cores");
    }
  }

  private Design design(Netlist netlist) {
    List<Link> links = netlist.links();
    return new Design(
        NAME,
        NAME,
        0,
        grid.largest().width(),
        grid.largest().height(),
        netlist.instances(),
        links,
        0);
  }
}
