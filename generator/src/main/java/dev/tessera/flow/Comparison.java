package dev.tessera.flow;

import dev.tessera.flow.ColorMode.Rendering;
import dev.tessera.frontend.FloatReference;
import dev.tessera.hw.Frame;
import dev.tessera.image.Bicubic;
import dev.tessera.image.Bt601;
import dev.tessera.image.Nearest;
import dev.tessera.image.Plane;
import dev.tessera.image.Png;
import dev.tessera.image.Quality;
import dev.tessera.image.Rgb;
import dev.tessera.report.SimulationSummary.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One photo as the hardware, the float network and bicubic interpolation enlarge it.
 *
 * <p>Figures against the ground truth follow the super-resolution protocol: luma, as many border
 * pixels dropped as the enlargement.
 *
 * @param mode what the network sees
 * @param photo what went in
 * @param hardware what the simulated design made of it
 * @param reference what the float network made of it
 */
record Comparison(ColorMode mode, Photo photo, Rendering hardware, Rendering reference) {
  /** What an infinite PSNR, two equal pictures, is written as. */
  static final double MOST_DB = 99;

  private static final int GAIN = 16;

  /**
   * The comparison of one photo.
   *
   * @param frame what went in, in codes
   * @param made what came out
   */
  static Comparison of(
      NetworkFile network, Photo photo, Frame frame, Frame made, FloatReference reference) {
    Rgb picture = photo.picture();
    float[] values = CodeUnit.values(frame, network.unit());
    float[] floats =
        CodeUnit.codes(reference.run(values, picture.height(), picture.width()), network.unit());
    ColorMode color = network.color();
    return new Comparison(
        color,
        photo,
        color.render(picture, made),
        color.render(picture, floats, made.width(), made.height()));
  }

  /** SSIM of the luma of the hardware's picture against the float network's. */
  double ssimVsReference() {
    return Quality.ssim(hardware.picture(), reference.picture(), 0);
  }

  /**
   * PSNR in dB of the hardware's picture against the float network's, in what the network makes.
   */
  double hardwareVsReference() {
    return mode == ColorMode.Y
        ? capped(Quality.psnr(hardware.luma(), reference.luma(), 0))
        : capped(Quality.psnr(hardware.picture(), reference.picture()));
  }

  /** PSNR in dB of the hardware's picture against the ground truth. */
  Optional<Double> hardwareVsTruth() {
    return vsTruth(hardware.luma());
  }

  /** PSNR in dB of the float network's picture against the ground truth. */
  Optional<Double> referenceVsTruth() {
    return vsTruth(reference.luma());
  }

  /** PSNR in dB of the bicubic picture against the ground truth. */
  Optional<Double> bicubicVsTruth() {
    return vsTruth(Bt601.luma(bicubic()));
  }

  /** Output pixels per input pixel along one side. */
  int factor() {
    return hardware.picture().width() / photo.picture().width();
  }

  private Optional<Double> vsTruth(Plane luma) {
    return photo.truth().map(truth -> capped(Quality.psnr(luma, Bt601.luma(truth), factor())));
  }

  private Rgb bicubic() {
    Rgb size = hardware.picture();
    return Bicubic.resize(photo.picture(), size.width(), size.height());
  }

  /** Writes every picture into {@code folder} and lists them as the report shows them. */
  List<Picture> write(Path folder, Path relativeTo) {
    List<Picture> pictures = new ArrayList<>();
    Rgb out = hardware.picture();
    Rgb input = Nearest.resize(photo.picture(), out.width(), out.height());
    pictures.add(write(folder, relativeTo, "input", "input, pixels enlarged", input));
    pictures.add(write(folder, relativeTo, "bicubic", "bicubic", bicubic()));
    pictures.add(write(folder, relativeTo, "output", "simulated hardware", out));
    pictures.add(write(folder, relativeTo, "reference", "float network", reference.picture()));
    photo
        .truth()
        .ifPresent(t -> pictures.add(write(folder, relativeTo, "truth", "ground truth", t)));
    String title = "hardware minus float network, times " + GAIN + " around grey";
    pictures.add(write(folder, relativeTo, "difference", title, difference()));
    return pictures;
  }

  private static Picture write(Path folder, Path relativeTo, String name, String title, Rgb rgb) {
    Path file = folder.resolve(name + ".png");
    Png.write(file, rgb);
    return new Picture(title, relativeTo.relativize(file).toString());
  }

  private Rgb difference() {
    Rgb a = hardware.picture();
    Rgb b = reference.picture();
    Rgb difference = new Rgb(a.width(), a.height());
    for (int i = 0; i < a.data().length; i++) {
      int delta = (a.data()[i] & 0xff) - (b.data()[i] & 0xff);
      difference.data()[i] = (byte) Plane.code(128 + GAIN * delta);
    }
    return difference;
  }

  private static double capped(double decibel) {
    return Math.min(MOST_DB, decibel);
  }
}
