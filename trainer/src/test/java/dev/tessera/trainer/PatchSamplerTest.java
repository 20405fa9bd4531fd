package dev.tessera.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.image.Rgb;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class PatchSamplerTest {
  private static final int SIZE = 8;

  @Test
  void equalSeedsGiveEqualPatchesAndOthersDoNot() {
    List<TrainingPair> pairs = List.of(checked());
    Batch first = new PatchSampler(pairs, SIZE, 7).next(5);
    Batch second = new PatchSampler(pairs, SIZE, 7).next(5);
    assertArrayEquals(first.input(), second.input());
    assertArrayEquals(first.residual(), second.residual());
    assertFalse(Arrays.equals(first.input(), new PatchSampler(pairs, SIZE, 8).next(5).input()));
  }

  /**
   * Red tells the column and green the row of every pixel of the large picture, so each patch must
   * be a square of it, turned or mirrored as a whole.
   */
  @Test
  void everyPatchIsATurnedSquareOfThePhoto() {
    Batch batch = new PatchSampler(List.of(checked()), SIZE, 3).next(200);
    TreeSet<String> turns = new TreeSet<>();
    for (int patch = 0; patch < batch.count(); patch++) {
      int[] origin = code(batch, patch, 0, 0);
      int[] down = less(code(batch, patch, 1, 0), origin);
      int[] right = less(code(batch, patch, 0, 1), origin);
      assertEquals(1, Math.abs(down[0]) + Math.abs(down[1]));
      assertEquals(1, Math.abs(right[0]) + Math.abs(right[1]));
      assertEquals(0, down[0] * right[0] + down[1] * right[1]);
      for (int v = 0; v < 2 * SIZE; v++) {
        for (int u = 0; u < 2 * SIZE; u++) {
          int[] found = code(batch, patch, v, u);
          assertEquals(origin[0] + v * down[0] + u * right[0], found[0]);
          assertEquals(origin[1] + v * down[1] + u * right[1], found[1]);
        }
      }
      turns.add(Arrays.toString(down) + Arrays.toString(right));
    }
    assertEquals(8, turns.size(), turns.toString());
  }

  @Test
  void inputPixelsLieUnderTheirOwnOutputPixels() {
    Batch batch = new PatchSampler(List.of(checked()), SIZE, 5).next(50);
    int area = SIZE * SIZE;
    for (int patch = 0; patch < batch.count(); patch++) {
      for (int place = 0; place < area; place++) {
        int y = place / SIZE;
        int x = place % SIZE;
        int column = Math.round(255 * batch.input()[3 * patch * area + place]);
        int row = Math.round(255 * batch.input()[(3 * patch + 1) * area + place]);
        int[] corner = code(batch, patch, 2 * y, 2 * x);
        assertEquals(column / 2, corner[0] / 2);
        assertEquals(row / 2, corner[1] / 2);
      }
    }
  }

  @Test
  void photosSmallerThanAPatchAreRefused() {
    List<TrainingPair> pairs = List.of(checked());
    assertThrows(IllegalArgumentException.class, () -> new PatchSampler(pairs, 64, 1));
  }

  /** Column and row that the colours of an output pixel tell. */
  private static int[] code(Batch batch, int patch, int v, int u) {
    int area = SIZE * SIZE;
    int place = v / 2 * SIZE + u / 2;
    int phase = v % 2 * 2 + u % 2;
    int[] code = new int[2];
    for (int c = 0; c < 2; c++) {
      float low = batch.input()[(3 * patch + c) * area + place];
      float residual = batch.residual()[(12 * patch + 3 * phase + c) * area + place];
      code[c] = Math.round(255 * (low + residual));
    }
    return code;
  }

  private static int[] less(int[] a, int[] b) {
    return new int[] {a[0] - b[0], a[1] - b[1]};
  }

  /** A picture of 60 x 40 that tells column and row; blue flickers so that no patch is flat. */
  private static TrainingPair checked() {
    Rgb high = new Rgb(60, 40);
    Rgb low = new Rgb(30, 20);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 60; x++) {
        byte[] color = {(byte) x, (byte) y, (byte) ((x + y) % 2 * 200)};
        for (int c = 0; c < 3; c++) {
          high.data()[(c * 40 + y) * 60 + x] = color[c];
          low.data()[(c * 20 + y / 2) * 30 + x / 2] = color[c];
        }
      }
    }
    return new TrainingPair(low, high);
  }
}
