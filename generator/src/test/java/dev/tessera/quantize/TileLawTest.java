package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Size;
import dev.tessera.hw.TileAxis;
import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Halo;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.TensorType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Law 2: the result does not depend on the tile. Every tile is run as a frame of its own, with its
 * borders where the tile ends; the kept parts are put together.
 */
@Tag("fast")
class TileLawTest {
  private static final int CASES = 400;
  private static final int DEPTH = 8;
  private static final int MOST = 40;

  @Test
  void tilesOfRandomNetworksMakeTheWholeFrame() {
    int cut = 0;
    for (long seed = 1; seed <= CASES; seed++) {
      Random random = new Random(seed);
      Graph graph = RandomNetwork.of(seed, DEPTH);
      Codes frame = frame(random, graph);
      if (frame == null) {
        continue;
      }
      Codes whole = IntegerRunner.run(graph, frame);
      for (int i = 0; i < 3; i++) {
        TileGrid grid = grid(random, graph, frame, whole, 0);
        if (grid.sizes().keySet().stream().allMatch(size -> fits(graph, size))) {
          assertEquals(-1, difference(graph, frame, whole, grid), "seed " + seed + ": " + grid);
          cut += grid.isWhole() ? 0 : 1;
        }
      }
    }
    assertTrue(cut > CASES, cut + " frames were cut");
  }

  /** The halo is exact: one step less and most networks show it. */
  @Test
  void smallerHaloIsSeen() {
    int seen = 0;
    int tried = 0;
    for (long seed = 1; seed <= CASES; seed++) {
      Random random = new Random(seed);
      Graph graph = RandomNetwork.of(seed, DEPTH);
      Codes frame = frame(random, graph);
      if (frame == null) {
        continue;
      }
      Halo columns = Halo.columns(graph, frame.width());
      if (Math.min(columns.before(), columns.after()) == 0) {
        continue;
      }
      Codes whole = IntegerRunner.run(graph, frame);
      TileGrid grid = grid(random, graph, frame, whole, columns.alignment());
      boolean fit = grid.sizes().keySet().stream().allMatch(size -> fits(graph, size));
      if (fit && grid.columns().count() > 1) {
        tried++;
        seen += difference(graph, frame, whole, grid) >= 0 ? 1 : 0;
      }
    }
    assertTrue(tried > 50 && seen > 0.9 * tried, seen + " of " + tried);
  }

  /** A frame that every layer takes, or null if there is none of the usual size. */
  private static Codes frame(Random random, Graph graph) {
    for (int tries = 0; tries < 10; tries++) {
      Size size = new Size(4 + random.nextInt(MOST - 3), 4 + random.nextInt(MOST - 3));
      if (fits(graph, size)) {
        int channels = graph.type(graph.input().output()).channels();
        int[] data = random.ints((long) channels * size.width() * size.height(), 0, 256).toArray();
        return new Codes(channels, size.height(), size.width(), data);
      }
    }
    return null;
  }

  /** Whether every window lies in its map, as the units demand. */
  private static boolean fits(Graph graph, Size size) {
    for (Node node : graph.nodes()) {
      int height = 1;
      int width = 1;
      if (node instanceof Node.QConv conv) {
        height = conv.kernel().height();
        width = conv.kernel().width();
      } else if (node instanceof Node.QPool pool) {
        height = pool.height();
        width = pool.width();
      }
      if (node instanceof Node.QResize resize && !enlarges(graph, resize, size)) {
        return false;
      }
      TensorType in = graph.type(node.inputs().isEmpty() ? node.output() : node.inputs().get(0));
      boolean inside = in.width().at(size.width()) >= width;
      if (!inside || in.height().at(size.height()) < height) {
        return false;
      }
    }
    return true;
  }

  /** Whether no output skips a pixel, as the unit demands. */
  private static boolean enlarges(Graph graph, Node.QResize resize, Size size) {
    TensorType in = graph.type(resize.input());
    int width = in.width().at(size.width());
    int height = in.height().at(size.height());
    return Math.min(width, height) > 0
        && walks(resize.sampling(), width, resize.sampling().width().at(size.width()))
        && walks(resize.sampling(), height, resize.sampling().height().at(size.height()));
  }

  private static boolean walks(Sampling sampling, int in, int out) {
    int before = 0;
    for (int i = 0; i < out; i++) {
      int first = sampling.tap(i, in, out, 8).first();
      if (first > before + (i > 0 ? 1 : 0)) {
        return false;
      }
      before = first;
    }
    return before == in - 1;
  }

  /** Cores of any size; halos in columns are {@code less} smaller than they should be. */
  private static TileGrid grid(Random random, Graph graph, Codes frame, Codes whole, int less) {
    Halo columns = Halo.columns(graph, frame.width());
    Halo narrowed =
        new Halo(
            columns.alignment(),
            columns.before() - less,
            columns.after() - less,
            columns.mul(),
            columns.div());
    return new TileGrid(
        axis(random, narrowed, frame.width(), whole.width()),
        axis(random, Halo.rows(graph, frame.height()), frame.height(), whole.height()));
  }

  private static TileAxis axis(Random random, Halo halo, int frame, int made) {
    int steps = 1 + random.nextInt(Math.max(1, frame / halo.alignment()));
    return TileAxis.of(halo, frame, made, steps * halo.alignment());
  }

  /** The first pixel at which the tiles differ from the whole, or -1. */
  private static int difference(Graph graph, Codes frame, Codes whole, TileGrid grid) {
    return Arrays.mismatch(whole.data(), TiledRunner.run(graph, frame, whole, grid).data());
  }
}
