package dev.tessera.quantize;

import java.util.List;

/**
 * What the quantiser chose.
 *
 * @param layers every convolution in order
 * @param raised maps and weights wider than asked for, because the output needed it
 * @param psnr PSNR of the integer output against the float output on the calibration photos, in dB
 * @param plainPsnr the same before anything was raised
 */
public record QuantReport(List<Layer> layers, List<Raised> raised, double psnr, double plainPsnr) {
  public QuantReport {
    layers = List.copyOf(layers);
    raised = List.copyOf(raised);
  }

  /**
   * One convolution.
   *
   * @param name of the node
   * @param input type of the codes it reads, such as {@code u8}
   * @param output type of the codes it makes
   * @param weightBits signed width of its weights
   * @param accumulatorBits signed width of its exact sums
   * @param borderClasses sets of offsets; more than one where the padding is no code
   * @param multipliersPerProduct 9 x 8 bit multipliers that one of its products takes
   */
  public record Layer(
      String name,
      String input,
      String output,
      int weightBits,
      int accumulatorBits,
      int borderClasses,
      int multipliersPerProduct) {}

  /**
   * A widening.
   *
   * @param what the value or node
   * @param from type before
   * @param to type after
   * @param multipliersPerProduct multipliers of each product that reads it, after
   */
  public record Raised(String what, String from, String to, int multipliersPerProduct) {}
}
