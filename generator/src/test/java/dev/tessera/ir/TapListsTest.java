package dev.tessera.ir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which taps are multiplied. */
@Tag("fast")
class TapListsTest {
  private interface Zero {
    boolean at(int o, int c, int y, int x);
  }

  private static TapLists lists(int out, int in, int size, int groups, Zero zero) {
    int[] weights = new int[out * in * size * size];
    Random random = new Random(4);
    for (int i = 0; i < weights.length; i++) {
      int x = i % size;
      int y = i / size % size;
      int c = i / size / size % in;
      boolean none = zero.at(i / size / size / in, c, y, x);
      weights[i] = none ? 0 : 1 + random.nextInt(100);
    }
    return TapLists.of(new IntKernel(out, in, size, size, groups, weights, 8));
  }

  @Test
  void aFullKernelIsDense() {
    TapLists all = lists(8, 3, 3, 1, (o, c, y, x) -> false);
    assertTrue(all.isDense(27));
    assertEquals(TapLists.dense(3, 3, 3), all);
    assertEquals(8 * 27, all.products(8));
  }

  @Test
  void aWeightThatHappensToBeZeroChangesNothing() {
    TapLists all = lists(8, 3, 3, 1, (o, c, y, x) -> (o + c + y + x) % 5 == 0);
    assertTrue(all.isDense(27), all.toString());
  }

  @Test
  void phasesHaveTheirOwnTaps() {
    // Two phases on each axis, outputs of a phase together: rows y - 1 and y, or y and y + 1.
    TapLists four =
        lists(
            12,
            5,
            3,
            1,
            (o, c, y, x) -> y == (o / 6 == 0 ? 2 : 0) || x == (o / 3 % 2 == 0 ? 2 : 0));
    assertEquals(4, four.classes());
    assertEquals(5, four.run());
    for (int f = 0; f < 4; f++) {
      assertEquals(4 * 5, four.taps(f));
    }
    // Elements are column * 3 + row.
    assertArrayEquals(new int[] {0, 1, 3, 4}, four.lists()[0]);
    assertArrayEquals(new int[] {3, 4, 6, 7}, four.lists()[1]);
    assertArrayEquals(new int[] {1, 2, 4, 5}, four.lists()[2]);
    assertEquals(12 * 20, four.products(12));
    assertEquals(7 * 5 + 3, four.tap(1, 3 * 5 + 3));
  }

  @Test
  void dilationIsOneListForAll() {
    TapLists one = lists(4, 2, 5, 1, (o, c, y, x) -> y % 2 == 1 || x % 2 == 1);
    assertEquals(1, one.classes());
    assertEquals(9 * 2, one.taps(0));
  }

  @Test
  void aShiftPicksAPixelPerChannel() {
    TapLists shift = lists(6, 9, 3, 1, (o, c, y, x) -> y * 3 + x != c);
    assertEquals(1, shift.run());
    assertEquals(9, shift.taps(0));
    assertEquals(6 * 9, shift.products(6));
  }

  @Test
  void classesLieInsideEveryGroup() {
    TapLists depthwise = lists(8, 1, 3, 2, (o, c, y, x) -> (y * 3 + x) / 3 != o % 4 % 3);
    assertEquals(4, depthwise.classes());
    assertEquals(8 * 3, depthwise.products(8));
  }

  @Test
  void nothingAtAllIsStillASum() {
    assertEquals(2, lists(2, 1, 3, 1, (o, c, y, x) -> true).products(2));
  }
}
