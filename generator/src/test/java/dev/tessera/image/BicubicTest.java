package dev.tessera.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.testing.SharedFiles;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fast")
class BicubicTest {
  static final List<String> SET5 = List.of("baby", "bird", "butterfly", "head", "woman");

  @Test
  void keepsAPlaneOfTheSameSize() {
    Plane plane = ramp(7, 5);
    assertArrayEquals(plane.data(), Bicubic.resize(plane, 7, 5).data(), 1e-4f);
  }

  @Test
  void reproducesALinearRampInside() {
    Plane twice = Bicubic.resize(ramp(16, 16), 32, 32);
    for (int x = 6; x < 26; x++) {
      assertEquals(3 * (x + 0.5) / 2 - 1.5 + 5 * 7.75, twice.at(16, x), 1e-3);
    }
  }

  /** Values of 3 x + 5 y. */
  private static Plane ramp(int width, int height) {
    float[] data = new float[width * height];
    for (int i = 0; i < data.length; i++) {
      data[i] = 3 * (i % width) + 5 * (i / width);
    }
    return new Plane(width, height, data);
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "4"})
  void shrinksSet5ToTheGivenLowResolutionPictures(int scale) {
    for (String name : SET5) {
      Rgb given = Png.read(SharedFiles.require("images/set5/lr_x" + scale + "/" + name + ".png"));
      Rgb truth = truth(name, scale);
      Rgb ours = Bicubic.resize(truth, truth.width() / scale, truth.height() / scale);
      int different = 0;
      for (int i = 0; i < given.data().length; i++) {
        int distance = Math.abs((given.data()[i] & 0xff) - (ours.data()[i] & 0xff));
        assertTrue(distance <= 1, name + ": sample " + i);
        different += distance;
      }
      // Exact halves may round either way after sums in another order.
      assertTrue(different <= 2, name + ": " + different + " different samples");
    }
  }

  /** Published figures of the bicubic baseline on Set5, with and without rounded luma. */
  @ParameterizedTest
  @CsvSource({"2, 33.65, 33.68", "3, 30.39, 30.40", "4, 28.42, 28.43"})
  void meetsTheKnownBaseline(int scale, double rounded, double unrounded) {
    double sumRounded = 0;
    double sumUnrounded = 0;
    for (String name : SET5) {
      Rgb small = Png.read(SharedFiles.require("images/set5/lr_x" + scale + "/" + name + ".png"));
      Rgb truth = truth(name, scale);
      Rgb large = Bicubic.resize(small, truth.width(), truth.height());
      sumUnrounded += Quality.psnrY(large, truth, scale);
      Plane a = Bt601.luma(large).rounded();
      sumRounded += Quality.psnr(a, Bt601.luma(truth).rounded(), scale);
    }
    assertEquals(rounded, sumRounded / SET5.size(), 0.0101);
    assertEquals(unrounded, sumUnrounded / SET5.size(), 0.0101);
  }

  private static Rgb truth(String name, int scale) {
    return Png.read(SharedFiles.require("images/set5/" + name + ".png")).cropToMultiple(scale);
  }
}
