package dev.tessera.trainer;

import dev.tessera.image.Bicubic;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures of the examples, cut from photos in the public domain: one photo to demonstrate the
 * network on, which it has not been trained on, and small ones to calibrate its quantisation with.
 */
public final class ExamplePictures {
  private static final String DEMONSTRATION_PACKAGE = "lomiri-wallpapers-16.04";

  private static final String DEMONSTRATION =
      "usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg";
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  private static final String SKIMAGE =
      "python3-skimage/usr/lib/python3/dist-packages/skimage/data";
  private static final int SIDE = 128;

  /**
   * A square of a reduced photo.
   *
   * @param file in the skimage data folder
   * @param longSide of the photo after its reduction
   * @param left of the square
   * @param top of the square
   */
  private record Square(String file, int longSide, int left, int top) {}

  private static final List<Square> CALIBRATION =
      List.of(
          new Square("astronaut.png", 256, 60, 0),
          new Square("chelsea.png", 300, 80, 50),
          new Square("coffee.png", 300, 100, 60),
          new Square("hubble_deep_field.jpg", 400, 120, 100),
          new Square("rocket.jpg", 320, 90, 70));

  private ExamplePictures() {}

  /**
   * Writes {@code photo_truth.png}, its reduction {@code photo.png}, and {@code calibration/*.png}.
   *
   * @param packages folder of unpacked packages
   * @param examples folder to write to
   */
  public static void write(Path packages, Path examples) {
    Rgb photo = Photos.read(packages.resolve(DEMONSTRATION_PACKAGE).resolve(DEMONSTRATION));
    // The upper left part of the photo, where its detail is.
    Rgb part = photo.crop(0, 0, 10 * WIDTH, 10 * HEIGHT);
    Rgb truth = Bicubic.resize(part, Network.SCALE * WIDTH, Network.SCALE * HEIGHT);
    Path calibration = examples.resolve("calibration");
    try {
      Files.createDirectories(calibration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Png.write(examples.resolve("photo_truth.png"), truth);
    Png.write(examples.resolve("photo.png"), Bicubic.resize(truth, WIDTH, HEIGHT));
    for (Square square : CALIBRATION) {
      Rgb whole = Photos.read(packages.resolve(SKIMAGE).resolve(square.file()));
      Rgb cut =
          Photos.reduced(whole, square.longSide()).crop(square.left(), square.top(), SIDE, SIDE);
      String name = square.file().replaceAll("\\.\\w+$", ".png");
      Png.write(calibration.resolve(name), cut);
    }
  }
}
