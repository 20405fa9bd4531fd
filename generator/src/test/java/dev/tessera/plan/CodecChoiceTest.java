package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class CodecChoiceTest {
  @Test
  void takesTheSmallestWhereAllErrorsAreAllowed() {
    double[][] bytes = {{8, 4, 2}, {9, 3, 5}};
    double[][] errors = {{0, 1, 4}, {0, 1, 1}};
    assertArrayEquals(new int[] {2, 1}, CodecChoice.of(bytes, errors, 5));
  }

  @Test
  void takesTheSmallestOfTheExactWhereNoErrorIsAllowed() {
    double[][] bytes = {{8, 7, 2}, {9, 9, 5}};
    double[][] errors = {{0, 0, 4}, {0, 0, 1}};
    assertArrayEquals(new int[] {1, 0}, CodecChoice.of(bytes, errors, 0));
  }

  @Test
  void spendsErrorsWhereTheySaveMost() {
    double[][] bytes = {{100, 10}, {100, 90}};
    double[][] errors = {{0, 1}, {0, 1}};
    assertArrayEquals(new int[] {1, 0}, CodecChoice.of(bytes, errors, 1));
  }

  @Test
  void isNearTheBestOfAllChoices() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      double[][] bytes = new double[6][3];
      double[][] errors = new double[6][3];
      for (int m = 0; m < 6; m++) {
        bytes[m] = new double[] {100, 40 + random.nextInt(50), 20 + random.nextInt(40)};
        errors[m] = new double[] {0, random.nextDouble(), 1 + random.nextDouble()};
      }
      int[] choice = CodecChoice.of(bytes, errors, 4);
      assertTrue(sum(errors, choice) <= 4);
      double best = best(bytes, errors, new int[6], 0);
      assertTrue(sum(bytes, choice) <= best + 80, "one map from the best");
    }
  }

  private static double best(double[][] bytes, double[][] errors, int[] choice, int m) {
    if (m == choice.length) {
      return sum(errors, choice) <= 4 ? sum(bytes, choice) : Double.POSITIVE_INFINITY;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int c = 0; c < 3; c++) {
      choice[m] = c;
      best = Math.min(best, best(bytes, errors, choice, m + 1));
    }
    return best;
  }

  private static double sum(double[][] of, int[] choice) {
    double sum = 0;
    for (int m = 0; m < choice.length; m++) {
      sum += of[m][choice[m]];
    }
    return sum;
  }
}
