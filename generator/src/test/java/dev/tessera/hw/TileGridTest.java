package dev.tessera.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.TileAxis.Span;
import dev.tessera.ir.Halo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tiles counted by hand. */
@Tag("fast")
class TileGridTest {
  private static final Halo TRIPLED = new Halo(1, 3, 2, 3, 1);

  @Test
  void halosAreClippedAtTheFrame() {
    TileAxis axis = TileAxis.of(TRIPLED, 20, 60, 8);
    assertEquals(
        List.of(new Span(0, 10, 0, 24, 0), new Span(5, 13, 24, 24, 9), new Span(13, 7, 48, 12, 9)),
        spans(axis));
    assertEquals(30, axis.read());
    assertEquals(13, axis.widest());
  }

  @Test
  void coresOfAnEnlargedHalfResolutionAlignToTheStride() {
    Halo quarter = new Halo(4, 8, 4, 1, 2);
    TileAxis axis = TileAxis.of(quarter, 30, 15, 12);
    assertEquals(
        List.of(new Span(0, 16, 0, 6, 0), new Span(4, 24, 6, 6, 4), new Span(16, 14, 12, 3, 4)),
        spans(axis));
    assertThrows(IllegalArgumentException.class, () -> TileAxis.of(quarter, 30, 15, 6));
  }

  @Test
  void aRestWithoutOutputIsNoTile() {
    // The output is 4 pixels smaller than the frame: nothing of it lies in the last two.
    TileAxis axis = TileAxis.of(new Halo(1, 0, 4, 1, 1), 18, 14, 8);
    assertEquals(List.of(new Span(0, 12, 0, 8, 0), new Span(8, 10, 8, 6, 0)), spans(axis));
  }

  @Test
  void aCoreAsLargeAsTheFrameIsTheFrame() {
    TileGrid whole = TileGrid.whole(20, 12, 60, 36);
    assertTrue(whole.isWhole());
    assertEquals(whole.columns(), TileAxis.of(TRIPLED, 20, 60, 20));
    assertEquals(1, whole.recompute());
    assertEquals(0, whole.halo());
  }

  @Test
  void tilesFollowRowByRow() {
    TileGrid grid = new TileGrid(TileAxis.of(TRIPLED, 20, 60, 8), TileAxis.of(TRIPLED, 12, 36, 6));
    assertEquals(6, grid.count());
    assertEquals(8 + 9, grid.rows().read());
    assertEquals(new Size(13, 9), grid.largest());
    assertEquals(30 * 17, grid.pixelsRead());
    assertEquals(30 * 17 / 240.0, grid.recompute());
    assertEquals(60 * 36, grid.pixelsMade());
    assertEquals(3, grid.halo());
    assertEquals(new Size(13, 8), grid.tiles().get(1).size());
    assertEquals(6, grid.sizes().values().stream().mapToInt(n -> n).sum());
  }

  private static List<Span> spans(TileAxis axis) {
    return IntStream.range(0, axis.count()).mapToObj(axis::span).toList();
  }
}
