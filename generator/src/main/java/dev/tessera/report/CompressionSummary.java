package dev.tessera.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What {@code tessera compress --json} prints. Component names are the keys.
 *
 * @param name the network's name
 * @param photos how many were coded
 * @param outputVsTruth mean PSNR in dB of the output without codecs against the ground truth, or
 *     null
 * @param maps the maps, in the order of the network
 * @param totals each codec for all maps at once; {@code auto} last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompressionSummary(
    String name, int photos, Double outputVsTruth, List<Map> maps, List<Total> totals) {
  /**
   * A map between two convolutions.
   *
   * @param name value of the integer network
   * @param shape channels x rows x columns of the first photo
   * @param type of its values
   * @param chosen codec that {@code auto} takes, or null
   * @param codecs what each codec makes of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Map(String name, String shape, String type, String chosen, List<Coded> codecs) {}

  /**
   * A map and a codec.
   *
   * @param codec its name
   * @param ratio raw bits / coded bits
   * @param bitsPerValue coded bits / values
   * @param largestError largest difference of a value
   * @param psnr of the map in dB, with the span of its type as peak; 99 for equal ones
   */
  public record Coded(
      String codec, double ratio, double bitsPerValue, int largestError, double psnr) {}

  /**
   * One codec for all maps; a map that it does not take goes raw.
   *
   * @param codec its name
   * @param rawBytes of all maps and photos
   * @param codedBytes of all maps and photos
   * @param ratio of the two
   * @param largestError of any map
   * @param outputPsnr mean PSNR in dB of the output against that without codecs, capped at 99
   * @param outputSsim mean SSIM of these, or null if the output is no picture
   * @param outputVsTruth mean PSNR in dB against the ground truth, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Total(
      String codec,
      long rawBytes,
      long codedBytes,
      double ratio,
      int largestError,
      double outputPsnr,
      Double outputSsim,
      Double outputVsTruth) {}
}
