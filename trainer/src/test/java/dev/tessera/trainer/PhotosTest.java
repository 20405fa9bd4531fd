package dev.tessera.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.image.Rgb;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class PhotosTest {
  @TempDir private Path folder;

  @Test
  void thePhotosOfTheExampleHaveLicencesThatAskForNoMoreThanANameHere() {
    Set<String> allowed = Set.of("public domain", "CC0-1.0", "CC-BY-2.0", "CC-BY-4.0");
    List<PhotoSource> photos = PhotoSource.all();
    assertTrue(photos.size() >= 15, "only " + photos.size() + " photos");
    for (PhotoSource photo : photos) {
      assertTrue(allowed.contains(photo.licence()), photo.toString());
      assertTrue(!photo.author().isBlank() && !photo.longSides().isEmpty(), photo.toString());
    }
  }

  @Test
  void aPhotoBecomesOnePairPerSize() throws IOException {
    write(folder.resolve("some-package/photo.png"), 64, 33);
    PhotoSource source =
        new PhotoSource("some-package", "photo.png", List.of(64, 40), "CC0-1.0", "nobody");
    List<TrainingPair> pairs = Photos.pairs(List.of(source), folder);
    assertEquals(2, pairs.size());
    assertSize(64, 32, pairs.get(0).high());
    assertSize(32, 16, pairs.get(0).low());
    assertSize(40, 20, pairs.get(1).high());
    assertSize(20, 10, pairs.get(1).low());
  }

  @Test
  void coloursKeepTheirPlaces() throws IOException {
    Path file = folder.resolve("photo.png");
    write(file, 4, 3);
    Rgb photo = Photos.read(file);
    assertEquals(200, photo.at(0, 2, 3));
    assertEquals(30, photo.at(1, 2, 3));
    assertEquals(2, photo.at(2, 2, 3));
  }

  @Test
  void aMissingPhotoIsNamed() {
    Path file = folder.resolve("absent.jpg");
    TesseraException error = assertThrows(TesseraException.class, () -> Photos.read(file));
    assertEquals("error[photo.missing]: there is no such photo at " + file, error.getMessage());
  }

  @Test
  void aFileThatIsNoPhotoIsNamed() throws IOException {
    Path file = folder.resolve("text.jpg");
    Files.writeString(file, "no photo");
    TesseraException error = assertThrows(TesseraException.class, () -> Photos.read(file));
    assertEquals(
        "error[photo.format]: the file is not a readable JPEG or PNG photo at " + file,
        error.getMessage());
  }

  private static void assertSize(int width, int height, Rgb picture) {
    assertEquals(width + "x" + height, picture.width() + "x" + picture.height());
  }

  private static void write(Path file, int width, int height) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 200 << 16 | 10 * x % 256 << 8 | y);
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
