package dev.tessera.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A super-resolution network of RGB pictures, 0 to 1: a chain of 3x3 convolutions with ReLU between
 * them predicts, for each input pixel, what to add to the {@code SCALE} x {@code SCALE} copies of
 * that pixel.
 *
 * <p>Channel (dy * SCALE + dx) * 3 + c of the last layer belongs to output row dy and column dx of
 * the pixel and to colour c: the order in which DepthToSpace in mode DCR places channels, and the
 * order of four copies of the input one after another.
 */
public record Network(List<ConvLayer> layers) {
  /** Output pixels per input pixel along each axis. */
  public static final int SCALE = 2;

  /** Channels of the input. */
  public static final int COLORS = 3;

  /** Channels of the last layer. */
  public static final int PHASES = SCALE * SCALE * COLORS;

  // The network starts close to nearest-neighbour copies, which it only has to mend.
  private static final double LAST_GAIN = 0.1;

  public Network {
    layers = List.copyOf(layers);
  }

  /**
   * An untrained network with {@code hidden} layers of {@code features} channels between the ends.
   */
  static Network random(int features, int hidden, Random random) {
    List<ConvLayer> layers = new ArrayList<>();
    layers.add(ConvLayer.random(COLORS, features, 1, random));
    for (int i = 0; i < hidden; i++) {
      layers.add(ConvLayer.random(features, features, 1, random));
    }
    layers.add(ConvLayer.random(features, PHASES, LAST_GAIN, random));
    return new Network(layers);
  }

  public int parameters() {
    return layers.stream().mapToInt(ConvLayer::parameters).sum();
  }
}
