package dev.tessera.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class TrainingPlanTest {
  private static final TrainingPlan PLAN = new TrainingPlan(16, 6, 1000, 16, 48, 0.002, 1);

  @Test
  void rateRisesShortlyThenFallsToAlmostNothing() {
    assertTrue(PLAN.rateAt(0) < 0.0003);
    assertEquals(0.002, PLAN.rateAt(10), 1e-6);
    for (int step = 10; step < 999; step++) {
      assertTrue(PLAN.rateAt(step + 1) < PLAN.rateAt(step), "step " + step);
    }
    assertTrue(PLAN.rateAt(999) < 0.002 * 0.003);
    assertTrue(PLAN.rateAt(999) > 0);
  }

  @Test
  void aSingleStepHasARate() {
    assertTrue(new TrainingPlan(4, 0, 1, 1, 8, 0.1, 1).rateAt(0) > 0);
  }

  @Test
  void impossiblePlansAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new TrainingPlan(16, 6, 0, 16, 48, 0.002, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new TrainingPlan(16, 6, 10, 16, 4, 0.002, 1));
  }
}
