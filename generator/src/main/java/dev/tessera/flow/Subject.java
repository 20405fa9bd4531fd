package dev.tessera.flow;

import dev.tessera.flow.ColorMode.Rendering;
import dev.tessera.hw.Frame;
import dev.tessera.image.Bt601;
import dev.tessera.image.Quality;
import dev.tessera.image.Rgb;
import java.util.Optional;

/**
 * A photo and what the network makes of it without codecs.
 *
 * @param photo what goes in
 * @param mode what the network sees
 * @param input its codes
 * @param output of the network
 * @param truth what it should be
 */
record Subject(Rgb photo, ColorMode mode, Frame input, Frame output, Optional<Rgb> truth) {
  private static final int SSIM_WINDOW = 11;
  private static final double PEAK = 255;

  /** Mean square difference of {@code other} from the output, in codes. */
  double meanSquare(Frame other) {
    return output.meanSquare(other);
  }

  /** PSNR of {@code other} against the output in dB. */
  double psnr(Frame other) {
    return decibels(meanSquare(other), PEAK);
  }

  /** A mean square difference as PSNR in dB, capped. */
  static double decibels(double meanSquare, double peak) {
    return Math.min(Comparison.MOST_DB, 10 * Math.log10(peak * peak / meanSquare));
  }

  /** SSIM of {@code other} against the output, if both are pictures. */
  Optional<Double> ssim(Frame other) {
    boolean large = Math.min(output.width(), output.height()) >= SSIM_WINDOW;
    return picture() && large
        ? Optional.of(Quality.ssim(render(other).picture(), render(output).picture(), 0))
        : Optional.empty();
  }

  private boolean picture() {
    return output.channels() == mode.channels();
  }

  /** PSNR of {@code other} against the ground truth in dB: luma, without a border. */
  Optional<Double> vsTruth(Frame other) {
    int factor = output.width() / input.width();
    return truth
        .filter(t -> picture())
        .map(t -> t.crop(0, 0, output.width(), output.height()))
        .map(t -> Quality.psnr(render(other).luma(), Bt601.luma(t), factor));
  }

  private Rendering render(Frame frame) {
    return mode.render(photo, frame);
  }
}
