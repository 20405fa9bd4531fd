package dev.tessera.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Scaling;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.SizeRange;
import dev.tessera.plan.ResizableNets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Designs on frames of other sizes, against plans for exactly those sizes. */
@Tag("fast")
class ResizingTest {
  private static final int WIDTH = 16;
  private static final int HEIGHT = 12;

  @ParameterizedTest
  @CsvSource({"16,12", "7,9", "12,5", "3,12", "5,3"})
  void equalsThePlanForThatSize(int width, int height) {
    Design design = Resizing.resizable(ResizableNets.residual(WIDTH, HEIGHT));
    Design planned = ResizableNets.residual(width, height);
    Frame frame = noise(3, width, height);
    Frame expected = GoldenModel.run(planned, frame);
    assertArrayEquals(expected.data(), GoldenModel.run(design, frame).data());
    Design resized = Resizing.resized(design, new Size(width, height));
    assertEquals(new Size(width, height), resized.frame());
    for (int i = 0; i < planned.instances().size(); i++) {
      assertEquals(
          planned.instances().get(i).spec().inputs().stream().map(Size::of).toList(),
          resized.instances().get(i).spec().inputs().stream().map(Size::of).toList());
    }
  }

  @Test
  void statesWhichSizesItTakes() {
    Design design = Resizing.resizable(ResizableNets.residual(WIDTH, HEIGHT));
    SizeRange range = design.sizes().orElseThrow();
    // Six 3x3 kernels with padding need three rows and columns, and no more.
    assertEquals(new SizeRange(new Size(3, 3), new Size(16, 12), 1, 1), range);
    assertEquals("3x3 to 16x12", range.toString());
    assertTrue(Resizing.whyNot(design, new Size(2, 9)).orElse("").contains("than the kernel"));
    Frame small = noise(3, 2, 9);
    assertThrows(IllegalArgumentException.class, () -> GoldenModel.run(design, small));
  }

  @Test
  void packedPixelsMakeStepsOfTheWidth() {
    Design design = Resizing.resizable(ResizableNets.doubled(WIDTH, HEIGHT));
    SizeRange range = design.sizes().orElseThrow();
    assertEquals("4x3 to 16x12, width a multiple of 2", range.toString());
  }

  @Test
  void mapsGiveTheSizeOfEveryLink() {
    Design design = ResizableNets.doubled(WIDTH, HEIGHT);
    Map<String, SizeMap> maps = Resizing.maps(design);
    for (Size size : List.of(new Size(8, 3), new Size(10, 11), new Size(16, 12))) {
      Design resized = Resizing.resized(design, size);
      resized
          .links()
          .forEach(l -> assertEquals(Size.of(l.type()), maps.get(l.name()).at(size), l.name()));
    }
  }

  @Test
  void scalingsMergeOnlyWhereThatIsExact() {
    Random random = new Random(5);
    int merged = 0;
    for (int trial = 0; trial < 500; trial++) {
      Scaling a = scaling(random);
      Scaling b = scaling(random);
      SizeMap both = SizeMap.FRAME.then(a, a).then(b, b);
      merged += both.columns().size() < 2 ? 1 : 0;
      for (int n = 20; n < 90; n++) {
        int expected = floor(floor(n * a.mul() + a.add(), a.div()) * b.mul() + b.add(), b.div());
        assertEquals(expected, both.at(new Size(n, n)).width(), a + " then " + b + " at " + n);
      }
    }
    assertTrue(merged > 100 && merged < 500, merged + " merged");
  }

  private static Scaling scaling(Random random) {
    return new Scaling(1 + random.nextInt(3), random.nextInt(7) - 3, 1 + random.nextInt(3));
  }

  private static int floor(int n, int by) {
    int rest = (n % by + by) % by;
    return (n - rest) / by;
  }

  private static Frame noise(int channels, int width, int height) {
    Frame frame = new Frame(channels, height, width);
    int[] values = new Random(7).ints(frame.data().length, 0, 256).toArray();
    System.arraycopy(values, 0, frame.data(), 0, values.length);
    return frame;
  }
}
