package dev.tessera.frontend;

import java.util.Set;

/**
 * An ONNX operator that is supported.
 *
 * @param inputs most inputs
 * @param outputs most outputs
 * @param attributes the attributes it may have
 * @param reading adds it to the graph
 */
record Operator(int inputs, int outputs, Set<String> attributes, Reading reading) {
  /** How a node becomes part of the graph. */
  @FunctionalInterface
  interface Reading {
    void read(Call call);
  }

  static Operator of(int inputs, int outputs, Reading reading, String... attributes) {
    return new Operator(inputs, outputs, Set.of(attributes), reading);
  }
}
