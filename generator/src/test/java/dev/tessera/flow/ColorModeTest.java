package dev.tessera.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Frame;
import dev.tessera.image.Rgb;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ColorModeTest {
  /** Red, green; blue, white. */
  private static final Rgb PHOTO =
      new Rgb(2, 2, new byte[] {-1, 0, 0, -1, 0, -1, 0, -1, 0, 0, -1, -1});

  @Test
  void theNetworksChannelsDecideWhereNobodyElseDoes() {
    assertEquals(ColorMode.Y, ColorMode.choose(ColorChoice.AUTO, 1));
    assertEquals(ColorMode.RGB, ColorMode.choose(ColorChoice.AUTO, 3));
  }

  @Test
  void aModeThatDoesNotFitIsRefused() {
    var fault = assertThrows(TesseraException.class, () -> ColorMode.choose(ColorChoice.Y, 3));
    assertEquals("color.channels", fault.diagnostic().code());
    assertThrows(TesseraException.class, () -> ColorMode.choose(ColorChoice.AUTO, 12));
  }

  @Test
  void rgbCodesAreTheBytes() {
    Frame frame = ColorMode.RGB.frame(PHOTO);
    assertArrayEquals(new int[] {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255}, frame.data());
  }

  @Test
  void lumaCodesAreStudioLuma() {
    // BT.601: 16 + 65.481, 128.553, 24.966 for pure red, green, blue; white is 235.
    assertArrayEquals(new int[] {81, 145, 41, 235}, ColorMode.Y.frame(PHOTO).data());
  }

  @Test
  void aPictureRoundsAndSaturates() {
    float[] values = new float[12];
    values[0] = -3;
    values[1] = 254.5f;
    values[2] = 300;
    Rgb picture = ColorMode.RGB.render(PHOTO, values, 2, 2).picture();
    assertEquals(0, picture.at(0, 0, 0));
    assertEquals(255, picture.at(0, 0, 1));
    assertEquals(255, picture.at(0, 1, 0));
  }

  @Test
  void lumaOfAPhotoPutBackGivesThePhoto() {
    Rgb grey = new Rgb(2, 2, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
    Frame luma = ColorMode.Y.frame(grey);
    float[] values = {luma.at(0, 0, 0), luma.at(0, 0, 1), luma.at(0, 1, 0), luma.at(0, 1, 1)};
    assertEquals(9, ColorMode.Y.render(grey, values, 2, 2).picture().at(1, 1, 1), 1);
  }
}
