package dev.tessera.trainer;

import dev.tessera.image.Bicubic;
import dev.tessera.image.Rgb;

/**
 * A photo and its bicubic reduction.
 *
 * @param low the reduced photo, eight bits
 * @param high the photo, exactly {@link Network#SCALE} times as large
 */
public record TrainingPair(Rgb low, Rgb high) {
  public TrainingPair {
    if (high.width() != low.width() * Network.SCALE
        || high.height() != low.height() * Network.SCALE) {
      throw new IllegalArgumentException("the photo is not " + Network.SCALE + " times as large");
    }
  }

  /** The pair of a photo, cut at the right and below to a multiple of the scale. */
  static TrainingPair of(Rgb photo) {
    Rgb high = photo.cropToMultiple(Network.SCALE);
    int columns = high.width() / Network.SCALE;
    int rows = high.height() / Network.SCALE;
    return new TrainingPair(Bicubic.resize(high, columns, rows), high);
  }
}
