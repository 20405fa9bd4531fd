package dev.tessera.trainer.gain;

import dev.tessera.image.Plane;
import dev.tessera.image.Quality;
import dev.tessera.image.Rgb;
import java.util.List;

/**
 * How near a picture by a branch comes to that by exact normalisation.
 *
 * @param psnr of 8-bit pictures in dB
 * @param ssim of their luma
 */
public record Judgement(double psnr, double ssim) {
  /** The judgement on a photo, of which as much is taken as has sides divisible by 8. */
  public static Judgement of(GainTrainer trainer, Rgb photo, float range) {
    Rgb frame = photo.cropToMultiple(8);
    List<float[]> both = trainer.pictures(frame);
    Rgb made = picture(both.get(0), frame, range);
    Rgb wanted = picture(both.get(1), frame, range);
    return new Judgement(Quality.psnr(made, wanted), Quality.ssim(made, wanted, 0));
  }

  private static Rgb picture(float[] values, Rgb frame, float range) {
    Rgb picture = new Rgb(frame.width(), frame.height());
    for (int i = 0; i < values.length; i++) {
      picture.data()[i] = (byte) Plane.code(255 * values[i] / range);
    }
    return picture;
  }
}
