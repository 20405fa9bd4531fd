package dev.tessera.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tessera.golden.vector.VectorRowCorrelation;
import dev.tessera.unit.conv.RowCorrelation;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class VectorRowCorrelationTest {
  private static final int LANES = RowCorrelation.LANES;
  private static final int BLOCK = RowCorrelation.BLOCK;

  @Test
  void isOfferedAsTheService() {
    assertInstanceOf(
        VectorRowCorrelation.class,
        ServiceLoader.load(RowCorrelation.class).findFirst().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 15, 16, 17, 31, 64, 97})
  void equalsThePlainLoop(int width) {
    Random random = new Random(width);
    int pitch = (width + BLOCK - 1) / BLOCK * BLOCK;
    int[] taps = random.ints(27, 0, 200).toArray();
    int[] weights = random.ints(27L * LANES, -127, 128).toArray();
    int[] source = random.ints(5 + 200 + pitch + BLOCK, -256, 256).toArray();
    int[] expected = new int[LANES * pitch];
    int[] actual = new int[LANES * pitch];
    RowCorrelation.PLAIN.row(source, 5, taps, weights, width, pitch, expected);
    new VectorRowCorrelation().row(source, 5, taps, weights, width, pitch, actual);
    for (int j = 0; j < LANES; j++) {
      for (int x = 0; x < width; x++) {
        int at = j * pitch + x;
        assertEquals(expected[at], actual[at], "width " + width + ", lane " + j + ", column " + x);
      }
    }
  }
}
