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
 * @param layerActivationBits widths of the codes of single maps, by value name, 4 to 16; up to 8
 *     they are unsigned where the values are, beyond they are signed
 * @param targetPsnr the integers' PSNR against the float output on the calibration photos below
 *     which single layers are raised, in dB; 0 never raises. At 46 dB a network that is 33 dB from
 *     the truth loses at most 0.2 dB
 * @param stored whether maps are stored before they are normalised, in eight bits; else the
 *     convolution before hands its sums on
 */
public record QuantOptions(
    int weightBits,
    int activationBits,
    Map<String, Integer> layerWeightBits,
    Map<String, Integer> layerActivationBits,
    double targetPsnr,
    boolean stored) {
  /** Eight bits everywhere, raised where the output falls below 46 dB. */
  public static final QuantOptions INT8 = new QuantOptions(8, 8, Map.of(), Map.of(), 46);

  public QuantOptions {
    layerWeightBits = Collections.unmodifiableMap(new TreeMap<>(layerWeightBits));
    layerActivationBits = Collections.unmodifiableMap(new TreeMap<>(layerActivationBits));
    requireBits(weightBits, 16);
    layerWeightBits.values().forEach(bits -> requireBits(bits, 16));
    requireBits(activationBits, 15);
    layerActivationBits.values().forEach(bits -> requireBits(bits, 16));
  }

  /** Wishes for a network that stores no maps. */
  public QuantOptions(
      int weightBits,
      int activationBits,
      Map<String, Integer> layerWeightBits,
      Map<String, Integer> layerActivationBits,
      double targetPsnr) {
    this(weightBits, activationBits, layerWeightBits, layerActivationBits, targetPsnr, false);
  }

  private static void requireBits(int bits, int most) {
    if (bits < 4 || bits > most) {
      throw new IllegalArgumentException("width " + bits + " is not 4 to " + most);
    }
  }

  /** These wishes and others for single weights and maps. */
  QuantOptions raised(Map<String, Integer> weights, Map<String, Integer> activations) {
    Map<String, Integer> allWeights = new TreeMap<>(layerWeightBits);
    allWeights.putAll(weights);
    Map<String, Integer> allActivations = new TreeMap<>(layerActivationBits);
    allActivations.putAll(activations);
    return new QuantOptions(
        weightBits, activationBits, allWeights, allActivations, targetPsnr, stored);
  }

  /** These wishes, with layers raised below {@code most} dB only. */
  QuantOptions targetAtMost(double most) {
    double target = Math.min(most, targetPsnr);
    return new QuantOptions(
        weightBits, activationBits, layerWeightBits, layerActivationBits, target, stored);
  }

  /** These wishes for a network whose maps are stored before they are normalised. */
  public QuantOptions withStored() {
    return new QuantOptions(
        weightBits, activationBits, layerWeightBits, layerActivationBits, targetPsnr, true);
  }

  /** Width of the weights of convolution {@code node}. */
  public int weightBitsOf(String node) {
    return layerWeightBits.getOrDefault(node, weightBits);
  }
}
