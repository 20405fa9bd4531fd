package dev.tessera.trainer;

import dev.tessera.base.TesseraException;
import dev.tessera.image.Bicubic;
import dev.tessera.image.Rgb;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Photos to train on: of unpacked Debian packages, or of any folder. */
public final class Photos {
  private Photos() {}

  /**
   * Training pairs of all photos in all their sizes.
   *
   * @param folder holds one folder per package, named like it, with the package's files
   * @throws TesseraException with code {@code photo.missing} or {@code photo.format}
   */
  public static List<TrainingPair> pairs(List<PhotoSource> sources, Path folder) {
    List<TrainingPair> pairs = new ArrayList<>();
    for (PhotoSource source : sources) {
      Rgb photo = read(folder.resolve(source.packageName()).resolve(source.file()));
      for (int side : source.longSides()) {
        pairs.add(TrainingPair.of(reduced(photo, side)));
      }
    }
    return List.copyOf(pairs);
  }

  /** The photo with {@code longSide} pixels along its longer side. */
  public static Rgb reduced(Rgb photo, int longSide) {
    int longest = Math.max(photo.width(), photo.height());
    if (longSide >= longest) {
      return photo;
    }
    int columns = Math.round((float) photo.width() * longSide / longest);
    int rows = Math.round((float) photo.height() * longSide / longest);
    return Bicubic.resize(photo, columns, rows);
  }

  /**
   * The photos in {@code folder} and the folders in it, in order of name.
   *
   * @throws TesseraException with code {@code photo.missing} if there are fewer than two
   */
  public static List<Path> files(Path folder) {
    List<Path> files = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
        files = all.filter(Files::isRegularFile).filter(Photos::isPhoto).sorted().toList();
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }
    if (files.size() < 2) {
      throw TesseraException.input(
          "photo.missing",
          folder.toString(),
          "there are no two photos in this folder",
          "name a folder with PNG or JPEG photos, some dozens of them");
    }
    return files;
  }

  private static boolean isPhoto(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  /** A JPEG or PNG photo. */
  public static Rgb read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw TesseraException.input(
          "photo.missing",
          file.toString(),
          "there is no such photo",
          "unpack the Debian packages first: make train does");
    }
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw unreadable(file);
    }
    // ImageIO answers null where no decoder knows the format.
    if (image == null) {
      throw unreadable(file);
    }
    return toRgb(image);
  }

  private static TesseraException unreadable(Path file) {
    return TesseraException.input(
        "photo.format",
        file.toString(),
        "the file is not a readable JPEG or PNG photo",
        "put another one in its place");
  }

  private static Rgb toRgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Rgb photo = new Rgb(width, height);
    int size = width * height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int color = image.getRGB(x, y);
        for (int c = 0; c < 3; c++) {
          photo.data()[c * size + y * width + x] = (byte) (color >> 8 * (2 - c));
        }
      }
    }
    return photo;
  }
}
