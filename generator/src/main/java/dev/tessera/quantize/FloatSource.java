package dev.tessera.quantize;

import java.util.Map;

/** A float network that shows all its values: the reference of calibration. */
@FunctionalInterface
public interface FloatSource {
  /**
   * Runs one frame.
   *
   * @param chw the input, C x H x W in the network's own units
   * @return every value of the graph by name, C x H x W
   */
  Map<String, float[]> run(float[] chw, int height, int width);
}
