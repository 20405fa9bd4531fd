package dev.tessera.image;

import dev.tessera.base.TesseraException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads and writes PNG files.
 *
 * <p>Samples are taken as they are stored: grey becomes three equal components, 16 bit samples are
 * rounded to eight, an alpha channel is dropped and no colour profile is applied.
 */
public final class Png {
  /**
   * Largest side and largest number of pixels that are read, so that a header cannot exhaust us.
   */
  static final int MAX_SIDE = 16384;

  static final long MAX_PIXELS = 1L << 26;
  private static final long MAX_BYTES = 1L << 29;

  private Png() {}

  /**
   * The picture in {@code file}.
   *
   * @throws TesseraException with code {@code image.missing}, {@code image.read}, {@code
   *     image.format} or {@code image.size}
   */
  public static Rgb read(Path file) {
    byte[] bytes = bytes(file);
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
      try {
        reader.setInput(stream, true, true);
        requireSize(file, reader.getWidth(0), reader.getHeight(0));
        return toRgb(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof TesseraException known) {
        throw known;
      }
      // Broken chunks surface as any kind of runtime exception in the JDK's decoder.
      throw TesseraException.input(
          "image.format",
          file.toString(),
          "the file is not a readable PNG picture",
          "convert the picture to PNG");
    }
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw TesseraException.input(
            "image.read", file.toString(), "this is no file", "name a PNG picture");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(file, "the file is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw TesseraException.input(
          "image.missing", file.toString(), "there is no such picture", "check the path");
    } catch (IOException e) {
      throw TesseraException.input(
          "image.read", file.toString(), "the picture cannot be read", "check its permissions");
    }
  }

  private static void requireSize(Path file, int width, int height) {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw tooLarge(file, "the picture has " + width + "x" + height + " pixels");
    }
  }

  private static TesseraException tooLarge(Path file, String sentence) {
    String hint =
        "at most " + MAX_SIDE + " pixels a side and " + MAX_PIXELS + " in all are accepted";
    return TesseraException.input("image.size", file.toString(), sentence, hint);
  }

  private static Rgb toRgb(BufferedImage image) {
    Rgb picture = new Rgb(image.getWidth(), image.getHeight());
    int size = image.getWidth() * image.getHeight();
    for (int y = 0; y < image.getHeight(); y++) {
      int[] row = row(image, y);
      for (int x = 0; x < image.getWidth(); x++) {
        for (int c = 0; c < 3; c++) {
          picture.data()[c * size + y * image.getWidth() + x] = (byte) row[3 * x + c];
        }
      }
    }
    return picture;
  }

  /** One row, three components a pixel. */
  private static int[] row(BufferedImage image, int y) {
    int width = image.getWidth();
    int[] row = new int[3 * width];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      for (int x = 0; x < width; x++) {
        int color = palette.getRGB(image.getRaster().getSample(x, y, 0));
        row[3 * x] = color >> 16 & 0xff;
        row[3 * x + 1] = color >> 8 & 0xff;
        row[3 * x + 2] = color & 0xff;
      }
      return row;
    }
    Raster raster = image.getRaster();
    boolean grey = raster.getNumBands() < 3;
    boolean deep = raster.getSampleModel().getSampleSize(0) == 16;
    for (int c = 0; c < 3; c++) {
      int[] samples = raster.getSamples(0, y, width, 1, grey ? 0 : c, (int[]) null);
      for (int x = 0; x < width; x++) {
        row[3 * x + c] = deep ? (samples[x] * 255 + 32767) / 65535 : samples[x];
      }
    }
    return row;
  }

  /**
   * Writes {@code picture}; the file is complete or absent.
   *
   * @throws TesseraException with code {@code image.write}
   */
  public static void write(Path file, Rgb picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int color = picture.at(0, y, x) << 16 | picture.at(1, y, x) << 8 | picture.at(2, y, x);
        image.setRGB(x, y, color);
      }
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", bytes);
      Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw TesseraException.input(
          "image.write", file.toString(), "the picture cannot be written", "check the folder");
    }
  }
}
