package dev.tessera.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trains a {@link Network} on pairs of photos; equal plans and photos give equal weights. */
public final class Trainer {
  /** Hears of the progress. */
  public interface Listener {
    /**
     * A step is done.
     *
     * @param step counted from 1
     * @param loss of the batch of this step
     * @param network its weights change with the next step
     */
    void stepped(int step, float loss, Network network);
  }

  private final TrainingPlan plan;
  private final PatchSampler sampler;

  public Trainer(TrainingPlan plan, List<TrainingPair> pairs) {
    this.plan = plan;
    this.sampler = new PatchSampler(pairs, plan.patch(), plan.seed() + 1);
  }

  public Network train(Listener listener) {
    Network network = Network.random(plan.features(), plan.hidden(), new Random(plan.seed()));
    List<float[]> values = new ArrayList<>();
    List<Adam> optimisers = new ArrayList<>();
    for (ConvLayer layer : network.layers()) {
      for (float[] array : List.of(layer.weight(), layer.bias())) {
        values.add(array);
        optimisers.add(new Adam(array.length));
      }
    }
    List<float[]> gradients = new ArrayList<>();
    try (Loss loss = new Loss()) {
      for (int step = 0; step < plan.steps(); step++) {
        float value = loss.evaluate(network, sampler.next(plan.batch()), gradients);
        for (int i = 0; i < values.size(); i++) {
          optimisers.get(i).step(values.get(i), gradients.get(i), plan.rateAt(step));
        }
        listener.stepped(step + 1, value, network);
      }
    }
    return network;
  }
}
