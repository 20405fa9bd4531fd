package dev.tessera.trainer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of a network on a batch and its gradient, by the tensor library.
 *
 * <p>The loss is the mean absolute error of the colour components plus that of the luma, all 0 to
 * 1: luma is what the eye and the usual figure judge, colours alone would weigh it a third.
 */
final class Loss implements AutoCloseable {
  private static final Shape STRIDE = new Shape(1, 1);
  private static final Shape PADDING = new Shape(1, 1);

  /** Luma of R, G and B, ITU-R BT.601, as a full-range weight. */
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray lumaOfPhases;

  Loss() {
    int phases = Network.SCALE * Network.SCALE;
    float[] weight = new float[phases * Network.PHASES];
    for (int phase = 0; phase < phases; phase++) {
      for (int c = 0; c < Network.COLORS; c++) {
        weight[phase * Network.PHASES + phase * Network.COLORS + c] = LUMA[c];
      }
    }
    lumaOfPhases = manager.create(weight, new Shape(phases, Network.PHASES, 1, 1));
  }

  /**
   * Loss and gradient.
   *
   * @param gradients one entry per layer, weights first and then biases; filled in here
   */
  float evaluate(Network network, Batch batch, List<float[]> gradients) {
    try (NDManager step = manager.newSubManager()) {
      List<NDArray> parameters = new ArrayList<>();
      for (ConvLayer layer : network.layers()) {
        Shape shape =
            new Shape(layer.outputs(), layer.inputs(), ConvLayer.KERNEL, ConvLayer.KERNEL);
        parameters.add(parameter(step.create(layer.weight(), shape)));
        parameters.add(parameter(step.create(layer.bias(), new Shape(layer.outputs()))));
      }
      NDArray input = step.create(batch.input(), shape(batch, Network.COLORS));
      NDArray residual = step.create(batch.residual(), shape(batch, Network.PHASES));
      float value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray loss = loss(input, residual, parameters);
        collector.backward(loss);
        value = loss.getFloat();
      }
      gradients.clear();
      for (NDArray parameter : parameters) {
        try (NDArray gradient = parameter.getGradient()) {
          gradients.add(gradient.toFloatArray());
        }
      }
      return value;
    }
  }

  private NDArray loss(NDArray input, NDArray residual, List<NDArray> parameters) {
    NDArray value = input;
    for (int i = 0; i < parameters.size(); i += 2) {
      value = convolve(value, parameters.get(i), parameters.get(i + 1));
      if (i + 2 < parameters.size()) {
        value = Activation.relu(value);
      }
    }
    NDArray error = value.sub(residual);
    NDArray luma =
        Conv2d.conv2d(error, lumaOfPhases, null, STRIDE, new Shape(0, 0), STRIDE, 1)
            .singletonOrThrow();
    return error.abs().mean().add(luma.abs().mean());
  }

  private static NDArray convolve(NDArray value, NDArray weight, NDArray bias) {
    NDList result = Conv2d.conv2d(value, weight, bias, STRIDE, PADDING, STRIDE, 1);
    return result.singletonOrThrow();
  }

  private static NDArray parameter(NDArray array) {
    array.setRequiresGradient(true);
    return array;
  }

  private static Shape shape(Batch batch, int channels) {
    return new Shape(batch.count(), channels, batch.size(), batch.size());
  }

  @Override
  public void close() {
    manager.close();
  }
}
