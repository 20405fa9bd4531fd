package dev.tessera.trainer.gain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.base.TesseraException;
import dev.tessera.image.Rgb;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class FrameSamplerTest {
  @Test
  void photosThatAreTooSmallAreNamed() {
    List<Rgb> photos = List.of(new Rgb(40, 90), new Rgb(64, 63));
    TesseraException small =
        assertThrows(TesseraException.class, () -> new FrameSampler(photos, 64, 1));
    assertEquals("photo.small", small.diagnostic().code());
    assertEquals("no photo holds a piece of 64x64 pixels", small.diagnostic().sentence());
  }

  @Test
  void onePhotoThatIsLargeEnoughWillDo() {
    List<Rgb> photos = List.of(new Rgb(40, 90), new Rgb(64, 64));
    assertEquals(2 * 3 * 64 * 64, new FrameSampler(photos, 64, 1).next(2).length);
  }
}
