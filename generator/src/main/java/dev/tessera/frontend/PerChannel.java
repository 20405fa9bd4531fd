package dev.tessera.frontend;

import dev.tessera.base.TesseraException;

/** Constants that broadcast along the channels of a feature map. */
final class PerChannel {
  private PerChannel() {}

  /**
   * {@code tensor} as one value, or one value per channel.
   *
   * @param channels channels of the feature map
   * @param what its role, for messages
   * @throws TesseraException if it does not broadcast to a 1 x channels x H x W map without running
   *     along height, width or batch
   */
  static float[] of(Call call, Tensor tensor, int channels, String what) {
    float[] values = expanding(call, tensor, what);
    if (values.length != 1 && values.length != channels) {
      throw call.refuse(
          "onnx.shape",
          "its " + what + " has " + values.length + " values for " + channels + " channels",
          "it must have one value, or one per channel as [C, 1, 1]");
    }
    return values;
  }

  /** Like {@link #of} with any number of channels. */
  static float[] expanding(Call call, Tensor tensor, String what) {
    boolean fits = tensor.rank() <= 4 && tensor.data().length > 0;
    if (fits) {
      long[] dims = tensor.alignedDims(4);
      fits = dims[0] == 1 && dims[2] == 1 && dims[3] == 1;
    }
    if (!fits) {
      throw call.refuse(
          "onnx.shape",
          "its " + what + " of shape " + tensor.shape() + " does not run along the channels",
          "it must have one value, or one per channel as [C, 1, 1]");
    }
    requireFloat(call, tensor, what);
    return tensor.floats();
  }

  /** Refuses constants that are not finite real numbers. */
  static void requireFloat(Call call, Tensor tensor, String what) {
    if (!DataTypes.isReal(tensor.type())) {
      throw call.refuse(
          "onnx.type",
          "its " + what + " is of type " + DataTypes.name(tensor.type()),
          "it must be float32");
    }
    for (double value : tensor.data()) {
      if (!Float.isFinite((float) value)) {
        throw call.refuse(
            "onnx.constant", "its " + what + " holds " + value, "train the model again");
      }
    }
  }
}
