package dev.tessera.quantize;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Wishes for the integers.
 *
 * @param weightBits signed width of weights, 4 to 16
 * @param activationBits width of unsigned hidden maps that multipliers read, 4 to 15; signed ones
 *     have a bit more, which multipliers of 9 x 8 bits take for free
 * @param layerWeightBits widths of single convolutions, by node name
 * @param layerActivationBits widths of single maps as {@code activationBits}, by value name
 * @param targetPsnr the integers' PSNR against the float output on the calibration photos below
 *     which single layers are raised, in dB; 0 never raises
 */
public record QuantOptions(
    int weightBits,
    int activationBits,
    Map<String, Integer> layerWeightBits,
    Map<String, Integer> layerActivationBits,
    double targetPsnr) {
  /** Eight bits everywhere, raised where the output falls below 52 dB. */
  public static final QuantOptions INT8 = new QuantOptions(8, 8, Map.of(), Map.of(), 52);

  public QuantOptions {
    layerWeightBits = Collections.unmodifiableMap(new TreeMap<>(layerWeightBits));
    layerActivationBits = Collections.unmodifiableMap(new TreeMap<>(layerActivationBits));
    requireBits(weightBits, 16);
    layerWeightBits.values().forEach(bits -> requireBits(bits, 16));
    requireBits(activationBits, 15);
    layerActivationBits.values().forEach(bits -> requireBits(bits, 15));
  }

  private static void requireBits(int bits, int most) {
    if (bits < 4 || bits > most) {
      throw new IllegalArgumentException("width " + bits + " is not 4 to " + most);
    }
  }

  /** Width of the weights of convolution {@code node}. */
  public int weightBitsOf(String node) {
    return layerWeightBits.getOrDefault(node, weightBits);
  }
}
