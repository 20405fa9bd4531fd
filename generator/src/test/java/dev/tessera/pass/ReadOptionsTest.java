package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.FloatReference;
import dev.tessera.frontend.FloatRunner;
import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import dev.tessera.testing.SharedFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of fixed frames read for any, and models up to one value. */
@Tag("fast")
class ReadOptionsTest {
  private static final ReadOptions ANY = new ReadOptions(Optional.empty(), true);

  @TempDir private Path place;

  /** Attention as ESA has it: a strided, pooled map, back in the size of its input. */
  private static OnnxBuilder attention(int height, int width, int resized) {
    OnnxBuilder b = new OnnxBuilder(13, 3).frame(3, height, width);
    b.node("Conv", "c", "x", b.random(0.3, 4, 3, 3, 3)).set("strides", new long[] {2, 2});
    b.node("MaxPool", "p", "c").set("kernel_shape", new long[] {7, 7});
    b.set("strides", new long[] {3, 3}).conv("d", "p", 4, 3, 3);
    b.node("Resize", "r", "d", "", "", b.integers(1, 3, resized, width)).set("mode", "linear");
    return b.node("Sigmoid", "s", "r").node("Mul", "y", "x", "s");
  }

  @Test
  void aSizeThatAnotherMapHasFollowsIt() {
    Graph any = OnnxReader.read(attention(40, 52, 40).write(place), ANY);
    assertEquals(new TensorType(3, Extent.FRAME, Extent.FRAME), any.type(any.output()));
    int height = 33;
    int width = 29;
    float[] frame = LawThree.noise(3 * height * width, 1, 5);
    float[] expected;
    try (FloatReference other = new FloatReference(attention(height, width, height).write(place))) {
      expected = other.run(frame, height, width);
    }
    LawThree.check(any, frame, height, width, expected);
  }

  @Test
  void aSizeThatIsAMultipleFollowsTheFrame() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(2, 9, 11);
    b.node("Resize", "y", "x", "", "", b.integers(1, 2, 27, 33)).set("mode", "linear");
    Graph any = OnnxReader.read(b.write(place), ANY);
    Extent three = Extent.FRAME.times(3);
    assertEquals(new TensorType(2, three, three), any.type("y"));
  }

  @Test
  void aSizeThatNothingHasIsRefusedByName() {
    Path file = attention(40, 52, 41).write(place);
    TesseraException e = assertThrows(TesseraException.class, () -> OnnxReader.read(file, ANY));
    assertEquals("onnx.frame", e.diagnostic().code());
    assertEquals("node 'n_r' (Resize)", e.diagnostic().place());
    assertEquals(
        "its size of 41 does not follow from the size of the frame", e.diagnostic().sentence());
  }

  /** A window of the whole map binds the network to the frame that is asked for. */
  @Test
  void aWindowOfTheWholeMapFollowsTheFrameAskedFor() {
    OnnxBuilder b = pooled(40, 52);
    ReadOptions.Frame frame = new ReadOptions.Frame(29, 33);
    ReadOptions asked = new ReadOptions(Optional.empty(), true, Optional.of(frame));
    Graph graph = OnnxReader.read(b.write(place), asked);
    Extent one = Extent.constant(1);
    assertEquals(new TensorType(4, one, one), graph.type(graph.output()));
    TensorType input = graph.type(graph.input().output());
    assertEquals(new TensorType(3, Extent.constant(33), Extent.constant(29)), input);
    float[] values = LawThree.noise(3 * 33 * 29, 1, 5);
    float[] expected;
    try (FloatReference other = new FloatReference(pooled(33, 29).write(place))) {
      expected = other.run(values, 33, 29);
    }
    LawThree.check(graph, values, 33, 29, expected);

    Path file = b.write(place);
    TesseraException e = assertThrows(TesseraException.class, () -> OnnxReader.read(file, ANY));
    assertEquals(
        "GlobalAveragePool of a map whose size depends on the frame is not supported",
        e.diagnostic().sentence());
  }

  /** Sizes that follow from the frame are those of the frame that the network is bound to. */
  @Test
  void aResizeBeforeAWindowOfTheWholeMapFollowsTheFrameToo() {
    ReadOptions.Frame frame = new ReadOptions.Frame(29, 33);
    ReadOptions asked = new ReadOptions(Optional.empty(), true, Optional.of(frame));
    Path file = attention(40, 52, 40).node("GlobalAveragePool", "z", "y").write(place);
    Graph graph = OnnxReader.read(file, asked);
    float[] values = LawThree.noise(3 * 33 * 29, 1, 5);
    OnnxBuilder own = attention(33, 29, 33).node("GlobalAveragePool", "z", "y");
    float[] expected;
    try (FloatReference other = new FloatReference(own.write(place))) {
      expected = other.run(values, 33, 29);
    }
    LawThree.check(graph, values, 33, 29, expected);
  }

  private static OnnxBuilder pooled(int height, int width) {
    OnnxBuilder b = new OnnxBuilder(13, 3).frame(3, height, width);
    b.node("Conv", "c", "x", b.random(0.3, 4, 3, 3, 3)).set("strides", new long[] {2, 2});
    return b.node("Relu", "r", "c").node("GlobalAveragePool", "y", "r");
  }

  @Test
  void aValueOrANodeEndsTheNetwork() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(3);
    b.conv("c", "x", 3, 5, 3).node("Relu", "r", "c").node("Softmax", "y", "r");
    Path file = b.write(place);
    for (String end : new String[] {"r", "n_r"}) {
      Graph graph = OnnxReader.read(file, new ReadOptions(Optional.of(end), false));
      assertEquals("r", graph.output());
      assertEquals(3, graph.nodes().size());
    }
    ReadOptions wrong = new ReadOptions(Optional.of("q"), false);
    TesseraException e = assertThrows(TesseraException.class, () -> OnnxReader.read(file, wrong));
    assertEquals("onnx.until", e.diagnostic().code());
    assertEquals("there is no value or node 'q' to end with", e.diagnostic().sentence());
  }

  @ParameterizedTest
  @CsvSource({
    "resnet20_cifar10, /GlobalAveragePool, 64",
    "mobilenet_v2_qdq, n_globalaveragepool_784, 1280"
  })
  void classifiersEndWithTheirPooledFeatures(String model, String end, int channels) {
    Path file = SharedFiles.require("models/" + model + ".onnx");
    Graph graph = OnnxReader.read(file, new ReadOptions(Optional.of(end), false));
    Extent one = Extent.constant(1);
    assertEquals(new TensorType(channels, one, one), graph.type(graph.output()));
    TensorType in = graph.type(graph.input().output());
    int height = in.height().add();
    int width = in.width().add();
    float[] frame = LawThree.noise(3 * height * width, 1, 9);
    float[] expected;
    try (FloatRunner runner = new FloatRunner(graph, false)) {
      expected = runner.output(frame, height, width);
    }
    LawThree.check(graph, frame, height, width, expected);
  }

  @Test
  void anAttentionNetworkIsReadForAnyFrame() {
    Path file = SharedFiles.require("models/rfdn_aim_x4.onnx");
    Graph any = OnnxReader.read(file, ANY);
    assertEquals(4, any.nodes().stream().filter(n -> n instanceof Node.Resize).count());
    int height = 120;
    int width = 160;
    float[] frame = LawThree.noise(3 * height * width, 255, 9);
    try (FloatReference reference = new FloatReference(file);
        FloatRunner runner = new FloatRunner(any, false)) {
      assertArrayEquals(
          reference.run(frame, height, width), runner.output(frame, height, width), 0.02f);
    }
    Graph built = PassManager.run(any);
    float[] small = LawThree.noise(3 * 31 * 26, 255, 9);
    try (FloatRunner before = new FloatRunner(any, false);
        FloatRunner after = new FloatRunner(built, false)) {
      assertArrayEquals(before.output(small, 31, 26), after.output(small, 31, 26), 0.02f);
    }
  }
}
