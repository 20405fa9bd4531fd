package dev.tessera.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.image.Rgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Needs the tensor library's native code: Maven profile train. */
@Tag("train")
class TrainerTest {
  private static final TrainingPlan PLAN = new TrainingPlan(8, 1, 400, 4, 16, 0.005, 3);

  @Test
  void equalPlansGiveEqualWeightsAndTheLossFalls() {
    List<Float> losses = new ArrayList<>();
    byte[] first = train(losses);
    assertArrayEquals(first, train(new ArrayList<>()));
    double start = losses.subList(0, 20).stream().mapToDouble(Float::doubleValue).sum();
    double end = losses.subList(380, 400).stream().mapToDouble(Float::doubleValue).sum();
    assertTrue(end < 0.92 * start, "from " + start + " to " + end);
  }

  /** Against differences of the loss in a few weights of every layer. */
  @Test
  void gradientIsTheSlopeOfTheLoss() {
    Network network = Network.random(4, 1, new Random(9));
    Batch batch = new PatchSampler(List.of(pair()), 16, 1).next(2);
    float step = 1e-3f;
    try (Loss loss = new Loss()) {
      List<float[]> gradients = new ArrayList<>();
      loss.evaluate(network, batch, gradients);
      for (int i = 0; i < network.layers().size(); i++) {
        float[] weight = network.layers().get(i).weight();
        for (int k : new int[] {0, weight.length / 2, weight.length - 1}) {
          float centre = weight[k];
          weight[k] = centre + step;
          double above = loss.evaluate(network, batch, new ArrayList<>());
          weight[k] = centre - step;
          double below = loss.evaluate(network, batch, new ArrayList<>());
          weight[k] = centre;
          double slope = (above - below) / (2 * step);
          assertEquals(slope, gradients.get(2 * i)[k], 0.05 * Math.abs(slope) + 2e-4);
        }
      }
    }
  }

  private static byte[] train(List<Float> losses) {
    Network network =
        new Trainer(PLAN, List.of(pair())).train((step, loss, now) -> losses.add(loss));
    return OnnxExport.toBytes(network);
  }

  private static TrainingPair pair() {
    Rgb photo = new Rgb(96, 80);
    Random random = new Random(4);
    for (int disc = 0; disc < 60; disc++) {
      int centreX = random.nextInt(96);
      int centreY = random.nextInt(80);
      int radius = 3 + random.nextInt(12);
      byte[] color = new byte[3];
      random.nextBytes(color);
      for (int i = 0; i < photo.data().length; i++) {
        int x = i % 96 - centreX;
        int y = i / 96 % 80 - centreY;
        if (x * x + y * y < radius * radius) {
          photo.data()[i] = color[i / (96 * 80)];
        }
      }
    }
    return TrainingPair.of(photo);
  }
}
