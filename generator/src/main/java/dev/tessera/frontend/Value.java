package dev.tessera.frontend;

import dev.tessera.ir.TensorType;
import dev.tessera.ir.ValueQuant;

/** What an ONNX name stands for while a model is read. */
sealed interface Value {
  /** A feature map: a value of the graph under construction. */
  record Map(String name, TensorType type) implements Value {}

  /** A number or table known now. */
  record Constant(Tensor tensor) implements Value {}

  /** The integers of a feature map, between QuantizeLinear and DequantizeLinear. */
  record Codes(Map source, ValueQuant quant) implements Value {}

  /**
   * A feature map whose channels are seen as groups, between Reshape and Transpose.
   *
   * @param factors sizes of the axes that the channels are split into
   * @param channels channels of {@code source} in the order that the axes give
   */
  record Grouped(Map source, int[] factors, int[] channels) implements Value {}

  /** The result of an operator that was refused. */
  record Unknown() implements Value {}
}
