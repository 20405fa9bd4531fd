package dev.tessera.report;

import java.util.List;

/**
 * What {@code tessera evaluate --json} prints. Component names are the keys.
 *
 * @param name the design's name
 * @param norm where its tables come from
 * @param frames in which each photo was held
 * @param photos in the order of their names
 * @param psnr mean of the photos' in dB
 * @param ssim mean of the photos'
 * @param leastPsnr least of the photos' in dB
 */
public record EvaluationSummary(
    String name,
    String norm,
    int frames,
    List<Photo> photos,
    double psnr,
    double ssim,
    double leastPsnr) {
  public EvaluationSummary {
    photos = List.copyOf(photos);
  }

  /**
   * One photo.
   *
   * @param name of its file
   * @param psnr of the design's picture against the float network's in dB, 99 for equal ones
   * @param ssim of the luma of both
   */
  public record Photo(String name, double psnr, double ssim) {}

  /** The summary of at least one photo. */
  public static EvaluationSummary of(String name, String norm, int frames, List<Photo> photos) {
    return new EvaluationSummary(
        name,
        norm,
        frames,
        photos,
        photos.stream().mapToDouble(Photo::psnr).average().orElseThrow(),
        photos.stream().mapToDouble(Photo::ssim).average().orElseThrow(),
        photos.stream().mapToDouble(Photo::psnr).min().orElseThrow());
  }
}
