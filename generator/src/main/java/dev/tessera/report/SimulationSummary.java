package dev.tessera.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Contents of {@code simulation.json}: what was measured. Component names are the file's keys.
 *
 * @param bitExact whether every output pixel of every frame equals the golden model
 * @param mismatches output values that differ
 * @param firstMismatch unit, frame, pixel, expected and actual of the first difference, or null
 * @param frames frames simulated back to back
 * @param cyclesPerFrame distance between the last pixels of consecutive frames in steady state;
 *     null for a single frame, which has none
 * @param cyclesPerInputPixel the same per pixel of the input frame, or null
 * @param multiplierUtilization macsPerFrame / (cyclesPerFrame * multipliers), or null
 * @param firstFrameCycles cycles from the start to the last pixel of the first frame
 * @param latency from the first pixel of the first frame in to its first pixel out, or null if none
 *     came
 * @param dramReadBytesPerFrame bytes read from DRAM
 * @param dramWriteBytesPerFrame bytes written to DRAM
 * @param psnrVsReference PSNR of the output in dB against the float network, capped at 99; 0
 *     without pictures
 * @param psnrVsGolden PSNR of the output in dB against the golden model, 99 when equal
 * @param psnrVsTruth PSNR in dB against the given ground truth, or null
 * @param psnrBicubicVsTruth PSNR in dB of bicubic upscaling against the ground truth, or null
 * @param psnrReferenceVsTruth PSNR in dB of the float network against the ground truth, or null
 * @param cuts feature maps that cross DRAM
 * @param frameCrcs what register FRAME_CRC must say of each different frame, in hexadecimal digits;
 *     null without registers
 * @param simulatedCyclesPerSecond speed of the simulation
 * @param stallProbability chance per cycle and port that the bench stalls
 * @param seed seed of the stalls
 * @param units measured activity
 * @param pictures pictures beside this file, relative
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SimulationSummary(
    boolean bitExact,
    long mismatches,
    String firstMismatch,
    int frames,
    Long cyclesPerFrame,
    Double cyclesPerInputPixel,
    Double multiplierUtilization,
    long firstFrameCycles,
    Latency latency,
    long dramReadBytesPerFrame,
    long dramWriteBytesPerFrame,
    double psnrVsReference,
    double psnrVsGolden,
    Double psnrVsTruth,
    Double psnrBicubicVsTruth,
    Double psnrReferenceVsTruth,
    List<Cut> cuts,
    List<String> frameCrcs,
    double simulatedCyclesPerSecond,
    double stallProbability,
    long seed,
    List<Activity> units,
    List<Picture> pictures) {

  /** A feature map that crosses DRAM. */
  public record Cut(String name, String codec, long rawBytes, long codedBytes) {}

  /**
   * What one unit's first output did in the steady frame.
   *
   * @param name unit
   * @param beats beats transferred
   * @param blocked cycles with data that nobody took
   */
  public record Activity(String name, long beats, long blocked) {}

  /** One picture: what it shows and its file beside the JSON. */
  public record Picture(String title, String file) {}
}
