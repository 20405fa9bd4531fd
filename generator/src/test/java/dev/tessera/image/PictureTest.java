package dev.tessera.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class PictureTest {
  @TempDir Path folder;

  @Test
  void pngKeepsEveryCode() {
    Rgb picture = noise(19, 11, 1);
    Path file = folder.resolve("a.png");
    Png.write(file, picture);
    assertArrayEquals(picture.data(), Png.read(file).data());
  }

  @Test
  void pngTakesGreyAsItIsStored() throws IOException {
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 100, 255});
    Path file = folder.resolve("grey.png");
    ImageIO.write(grey, "png", file.toFile());
    Rgb read = Png.read(file);
    assertArrayEquals(new byte[] {0, 100, -1, 0, 100, -1, 0, 100, -1}, read.data());
  }

  @Test
  void pngTakesDeepGrey() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSamples(0, 0, 2, 1, 0, new int[] {65535, 257 * 90});
    Path file = folder.resolve("deep.png");
    ImageIO.write(grey, "png", file.toFile());
    assertEquals(255, Png.read(file).at(2, 0, 0));
    assertEquals(90, Png.read(file).at(0, 0, 1));
  }

  @Test
  void badPicturesAreRefusedByCode() throws IOException {
    assertCode("image.missing", folder.resolve("none.png"));
    assertCode("image.read", folder);
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertCode("image.format", text);
    Path whole = folder.resolve("whole.png");
    Png.write(whole, noise(40, 40, 2));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {0, 20, 60, bytes.length / 2}) {
      Path part = Files.write(folder.resolve("part.png"), Arrays.copyOf(bytes, length));
      assertCode("image.format", part);
    }
  }

  @Test
  void aHeaderThatClaimsTooMuchIsRefused() throws IOException {
    Path file = folder.resolve("huge.png");
    Png.write(file, noise(4, 4, 3));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(16, 1 << 30);
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    Files.write(file, bytes);
    assertCode("image.size", file);
  }

  @Test
  void anUnwritableTargetIsRefused() {
    Path file = folder.resolve("no/such/folder.png");
    TesseraException e =
        assertThrows(TesseraException.class, () -> Png.write(file, noise(2, 2, 4)));
    assertEquals("image.write", e.diagnostic().code());
  }

  private static void assertCode(String code, Path file) {
    TesseraException e = assertThrows(TesseraException.class, () -> Png.read(file));
    assertEquals(code, e.diagnostic().code());
    assertEquals(1, e.kind().exitCode());
  }

  @Test
  void studioRangeOfThePrimaries() {
    Rgb picture = new Rgb(3, 1, new byte[] {0, -1, -1, 0, -1, 0, 0, -1, 0});
    assertArrayEquals(new float[] {16, 235, 81.481f}, Bt601.luma(picture).data(), 1e-3f);
    assertArrayEquals(new float[] {128, 128, 240}, Bt601.component(picture, 2).data(), 1e-3f);
  }

  @Test
  void colourConversionIsInvertible() {
    Rgb picture = noise(16, 16, 5);
    Rgb back =
        Bt601.toRgb(Bt601.luma(picture), Bt601.component(picture, 1), Bt601.component(picture, 2));
    assertArrayEquals(picture.data(), back.data());
  }

  @Test
  void roundingIsHalfUpAndSaturates() {
    assertEquals(3, Plane.code(2.5));
    assertEquals(0, Plane.code(-7));
    assertEquals(255, Plane.code(255.6));
  }

  @Test
  void lumaPipelineReturnsThePhotoForTheIdentity() {
    Rgb photo = new Rgb(8, 8);
    Arrays.fill(photo.data(), (byte) 90);
    Rgb out = LumaPipeline.output(photo, LumaPipeline.input(photo));
    for (byte code : out.data()) {
      assertEquals(90, code, 1);
    }
  }

  @Test
  void nearestTakesThePixelThatTheCentreLiesIn() {
    Rgb picture = new Rgb(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    assertArrayEquals(
        new byte[] {1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6}, Nearest.resize(picture, 4, 1).data());
  }

  @Test
  void qualityOfKnownDifferences() {
    Rgb truth = noise(24, 24, 6);
    assertEquals(Double.POSITIVE_INFINITY, Quality.psnr(truth, truth));
    assertEquals(1, Quality.ssim(truth, truth, 0), 1e-9);
    Rgb off = new Rgb(24, 24, truth.data().clone());
    for (int i = 0; i < off.data().length; i++) {
      int code = off.data()[i] & 0xff;
      off.data()[i] = (byte) (code < 128 ? code + 4 : code - 4);
    }
    assertEquals(20 * Math.log10(255 / 4.0), Quality.psnr(off, truth), 1e-9);
    assertTrue(Quality.ssim(off, truth, 0) < 1);
    assertTrue(Quality.ssim(noise(24, 24, 7), truth, 0) < 0.2);
  }

  private static Rgb noise(int width, int height, long seed) {
    Rgb picture = new Rgb(width, height);
    new Random(seed).nextBytes(picture.data());
    return picture;
  }
}
