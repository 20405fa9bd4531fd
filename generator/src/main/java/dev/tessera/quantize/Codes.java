package dev.tessera.quantize;

/**
 * A feature map of integer codes.
 *
 * @param channels C
 * @param height H
 * @param width W
 * @param data C x H x W, row major
 */
public record Codes(int channels, int height, int width, int[] data) {
  public Codes {
    if (data.length != channels * height * width) {
      throw new IllegalArgumentException("map shape does not match its data");
    }
  }

  /** A map of zeros. */
  public Codes(int channels, int height, int width) {
    this(channels, height, width, new int[channels * height * width]);
  }

  /** Positions of a channel. */
  public int size() {
    return height * width;
  }
}
