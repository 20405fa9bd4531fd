package dev.tessera.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Scaling;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.StreamType;
import dev.tessera.plan.ResizableNets;
import dev.tessera.unit.d2s.D2sSpec;
import dev.tessera.unit.route.RouteSpec;
import dev.tessera.unit.video.VideoInSpec;
import dev.tessera.unit.video.VideoOutSpec;
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
  void refusesSizesThatNoWordHolds() {
    StreamType in = VideoInSpec.frame(1, 40_000, 1);
    RouteSpec route = RouteSpec.select("four", in, new int[4], 4);
    StreamType out = D2sSpec.shuffled(route.output(), 2, 1, 1);
    D2sSpec shuffle = new D2sSpec("shuffle", route.output(), out, 2, false, List.of(2, 40_000));
    Design design =
        new Design(
            "wide",
            "zcu102",
            300,
            40_000,
            1,
            List.of(
                new Instance(new VideoInSpec("in", in, 1), List.of(), List.of("a")),
                new Instance(route, List.of("a"), List.of("b")),
                new Instance(shuffle, List.of("b"), List.of("c")),
                new Instance(new VideoOutSpec("out", out), List.of("c"), List.of())),
            List.of(new Link("a", in, 0), new Link("b", route.output(), 0), new Link("c", out, 0)),
            0);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Resizing.resizable(design));
    assertEquals("out has frames of 80000x2, beyond 65535", refused.getMessage());
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
