package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Size;
import dev.tessera.hw.TileGrid;
import dev.tessera.ir.Graph;
import dev.tessera.plan.PlanReport.Tiling;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures of tile plans, by hand. */
@Tag("fast")
class TileSearchTest {
  private static final Size FRAME = new Size(64, 48);

  @Test
  void stripesRepeatTheirHaloOnly() {
    TileOption option = TileSearch.cut(Nets.espcn(), FRAME, new Size(32, 48));
    // Windows of 5, 3 and 3 columns reach 4 to each side; columns 0 to 35 and 28 to 63 are read.
    assertEquals(new Size(36, 48), option.grid().largest());
    assertEquals(72 * 48, option.readBytes());
    assertEquals(128 * 96, option.writeBytes());
    assertEquals(1 + 72 * 48 / (128.0 * 96), option.traffic());
    assertEquals(72 / 64.0, option.recompute());
    // 4 rows of 1 byte, 2 of 64, 2 of 32, half a row of 4 in front of the shuffle.
    assertEquals(36 * (4 + 2 * 64 + 2 * 32 + 2), option.lineBytes());
    assertEquals(0, option.fifoBytes());
    assertEquals("stripes of 32 columns", option.words());
  }

  @Test
  void skipPathsWaitWhereTheyAreNarrow() {
    // Four windows of 3 rows on the one path, one on the other: 3 rows of the input's 3 channels.
    assertEquals(64 * 3 * 3, TileSearch.whole(Nets.xlsr(), FRAME).fifoBytes());
    // The anchor waits for seven windows, and joins them as one map of nine times the input.
    assertEquals(64 * 7 * 3, TileSearch.whole(Nets.abpn(), FRAME).fifoBytes());
  }

  @Test
  void theWholeFrameIsTheBestWayAndTheRestFollowsByBytes() {
    List<TileOption> options = TileSearch.all(Nets.xlsr(), new Size(320, 180));
    assertTrue(options.get(0).grid().isWhole());
    assertEquals(1, options.get(0).recompute());
    for (int i = 1; i < options.size(); i++) {
      TileGrid grid = options.get(i).grid();
      assertTrue(grid.count() > 1, grid.toString());
      assertTrue(options.get(i).bytes() >= options.get(i - 1).bytes(), grid.toString());
    }
    assertTrue(options.stream().anyMatch(o -> o.words().equals("tiles of 64x64")));
    List<Tiling> judged =
        TileSearch.judged(Nets.xlsr(), new Size(320, 180), options.get(0), "taken");
    assertEquals("taken", judged.get(0).verdict());
    // Each of two stripes reads 5 columns of the other, 180 rows of 3 bytes.
    assertEquals("5,400 bytes more of a frame in DRAM", judged.get(1).verdict());
  }

  /** One value comes out: every way to cut the frame makes it in one piece. */
  @Test
  void aFrameThatCannotBeCutIsListedOnce() {
    Size frame = new Size(32, 32);
    Graph graph = new Nets(1).conv("x", "a", 4, 3, 1).average("a", "y", 32, 1, 0).graph("y");
    TileOption whole = TileSearch.whole(graph, frame);
    assertEquals(1, TileSearch.judged(graph, frame, whole, "taken").size());
  }
}
