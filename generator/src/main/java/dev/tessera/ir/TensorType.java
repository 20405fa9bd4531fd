package dev.tessera.ir;

/**
 * Shape of a feature map, 1 x channels x height x width.
 *
 * @param channels 1 or more
 * @param height symbolic rows
 * @param width symbolic columns
 */
public record TensorType(int channels, Extent height, Extent width) {
  public TensorType {
    if (channels < 1) {
      throw new IllegalArgumentException("no channels");
    }
  }
}
