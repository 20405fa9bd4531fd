package dev.tessera.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class AdamTest {
  @Test
  void firstStepMovesEachValueByTheRateAgainstItsGradient() {
    float[] values = {1, 1, 1};
    new Adam(3).step(values, new float[] {1e-3f, -50, 0}, 0.01);
    assertArrayEquals(new float[] {0.99f, 1.01f, 1}, values, 1e-6f);
  }

  /** By hand: m = 0.9 * 0.1 * 1 + 0.1 * 3 = 0.39, v = 0.999 * 0.001 + 0.009 = 0.009999. */
  @Test
  void secondStepFollowsTheCorrectedMoments() {
    float[] values = {0};
    Adam adam = new Adam(1);
    adam.step(values, new float[] {1}, 0);
    adam.step(values, new float[] {3}, 1);
    double mean = 0.39 / (1 - 0.81);
    double square = 0.009999 / (1 - 0.998001);
    assertEquals(-mean / Math.sqrt(square), values[0], 1e-6);
  }

  @Test
  void findsTheLowestPlaceOfABowl() {
    float[] values = {5, -3};
    Adam adam = new Adam(2);
    for (int i = 0; i < 4000; i++) {
      adam.step(values, new float[] {2 * (values[0] - 1), 20 * (values[1] - 2)}, 0.01);
    }
    assertArrayEquals(new float[] {1, 2}, values, 1e-3f);
  }
}
