package dev.tessera.unit.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The integer transform. */
@Tag("fast")
class DctTest {
  @Test
  void comesBackWithinOne() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      int[] values = random.ints(Dct.SIZE, 0, 256).toArray();
      int[] back = Dct.inverse(Dct.forward(values));
      for (int n = 0; n < Dct.SIZE; n++) {
        assertTrue(Math.abs(values[n] - back[n]) <= 1, "group " + i);
      }
    }
  }

  @Test
  void isTheCosineTransform() {
    for (int k = 0; k < Dct.SIZE; k++) {
      for (int n = 0; n < Dct.SIZE; n++) {
        double scale = k == 0 ? Math.sqrt(1.0 / 8) : Math.sqrt(2.0 / 8);
        double exact = scale * Math.cos(Math.PI * k * (2 * n + 1) / 16) * Math.sqrt(1 << 15);
        assertEquals(exact, Dct.at(k, n), 2.5, "row " + k + ", column " + n);
      }
    }
  }
}
