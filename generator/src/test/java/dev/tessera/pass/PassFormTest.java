package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.testing.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each pass makes: that it keeps the result is law 3's to show. */
@Tag("fast")
class PassFormTest {
  @TempDir private Path place;

  private static OnnxBuilder model(int channels) {
    return new OnnxBuilder(13, 11).frame(channels);
  }

  private Graph lowered(OnnxBuilder builder) {
    return PassManager.run(OnnxReader.read(builder.write(place)));
  }

  private static List<String> kinds(Graph graph) {
    return graph.nodes().stream().skip(1).map(n -> n.getClass().getSimpleName()).toList();
  }

  private static Node.Conv conv(Graph graph, int i) {
    return (Node.Conv) graph.nodes().stream().filter(n -> n instanceof Node.Conv).toList().get(i);
  }

  @Test
  void theMeanShiftOfATrainedNetworkBecomesAPadValue() {
    Graph graph = PassManager.run(OnnxReader.read(SharedFiles.require("models/carn_m_x2.onnx")));
    Node.Conv entry = conv(graph, 0);
    assertEquals(64, entry.kernel().outChannels());
    assertEquals(new Pads(1, 1, 1, 1), entry.pads());
    assertEquals(114.4, entry.padValue()[0] * 255, 0.1);
    assertEquals(111.5, entry.padValue()[1] * 255, 0.1);
    assertEquals(103.0, entry.padValue()[2] * 255, 0.1);
  }

  @Test
  void headsOfATrainedNetworkBecomeOneConvolution() {
    Graph graph = PassManager.run(OnnxReader.read(SharedFiles.require("models/xlsr_x3.onnx")));
    List<Node> heads = graph.consumers(graph.input().output());
    assertEquals(2, heads.size());
    assertEquals(
        List.of(16, 32),
        heads.stream().map(n -> ((Node.Conv) n).kernel().outChannels()).sorted().toList());
  }

  @Test
  void aClipBehindThePixelShuffleFoldsIntoTheSumBeforeIt() {
    OnnxBuilder b = model(3);
    b.node("Concat", "r", "x", "x", "x", "x").set("axis", 1).conv("c", "x", 3, 12, 3);
    b.node("Add", "a", "r", "c").node("DepthToSpace", "d", "a").set("blocksize", 2);
    b.node("Clip", "y", "d", b.number(0), b.number(255));
    Graph graph = lowered(b);
    assertEquals(List.of("Select", "Conv", "Add", "DepthToSpace"), kinds(graph));
    Node.Select select = (Node.Select) graph.nodes().get(1);
    assertArrayEquals(IntStream.range(0, 12).map(i -> i % 3).toArray(), select.channels());
    Node.Add add = (Node.Add) graph.nodes().get(3);
    assertEquals(new Activation.Clip(0, 255), add.activation());
  }

  @Test
  void convolutionsAbsorbThePixelShuffleOrder() {
    OnnxBuilder b = model(3);
    b.conv("c", "x", 3, 12, 3).node("DepthToSpace", "y", "c").set("blocksize", 2);
    b.set("mode", "CRD");
    Graph before = OnnxReader.read(b.write(place));
    Graph graph = PassManager.run(before);
    assertEquals(List.of("Conv", "DepthToSpace"), kinds(graph));
    float[] old = conv(before, 0).kernel().bias();
    // Phase major: phase p of channel c was channel 4c + p and is now 3p + c.
    assertEquals(old[4 * 2 + 1], conv(graph, 0).kernel().bias()[3 + 2]);
  }

  @Test
  void partsConvolvedApartBecomeGroups() {
    OnnxBuilder b = model(6);
    b.node("Split", "a", "x").also("b").also("c").set("axis", 1);
    b.conv("d", "a", 2, 3, 3).conv("e", "b", 2, 3, 3).conv("f", "c", 2, 3, 3);
    b.node("Relu", "g", "d").node("Relu", "h", "e").node("Relu", "i", "f");
    b.node("Concat", "y", "g", "h", "i").set("axis", 1);
    Graph graph = lowered(b);
    assertEquals(List.of("Conv"), kinds(graph));
    assertEquals(3, conv(graph, 0).kernel().groups());
    assertEquals(Activation.relu(), conv(graph, 0).activation());
  }

  @Test
  void paddingMovesIntoTheConvolution() {
    OnnxBuilder b = model(2);
    b.node("Pad", "p", "x", b.integers(0, 0, 1, 2, 0, 0, 1, 2)).set("mode", "reflect");
    b.conv("y", "p", 2, 3, 3, 5, 1);
    Graph graph = lowered(b);
    assertEquals(List.of("Conv"), kinds(graph));
    assertEquals(Border.REFLECT, conv(graph, 0).border());
    assertEquals(new Pads(1, 2, 1, 2), conv(graph, 0).pads());
  }

  @Test
  void croppingBecomesTapsOfZero() {
    OnnxBuilder b = model(2);
    b.node("Relu", "r", "x");
    b.node("Slice", "y", "r", b.integers(2, 1), b.integers(-1, Long.MAX_VALUE), b.integers(2, 3));
    Node.Conv conv = conv(lowered(b), 0);
    assertEquals(4, conv.kernel().height());
    assertEquals(2, conv.kernel().width());
    assertEquals(2, conv.kernel().groups());
    assertTrue(conv.pads().isNone());
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 1, 0, 0}, firstPlane(conv));
  }

  private static float[] firstPlane(Node.Conv conv) {
    float[] plane = new float[conv.kernel().height() * conv.kernel().width()];
    System.arraycopy(conv.kernel().weights(), 0, plane, 0, plane.length);
    return plane;
  }

  @Test
  void unreadChannelsAreNotComputed() {
    OnnxBuilder b = model(3);
    b.conv("c", "x", 3, 8, 3).node("Relu", "r", "c");
    b.node("Slice", "y", "r", b.integers(6), b.integers(0), b.integers(1), b.integers(-3));
    Graph graph = lowered(b);
    assertEquals(List.of("Conv"), kinds(graph));
    assertEquals(2, conv(graph, 0).kernel().outChannels());
  }

  @Test
  void prescribedQuantisationSurvives() {
    Path file = SharedFiles.require("models/abpn_qat_int8_x3.onnx");
    Graph graph = PassManager.run(OnnxReader.read(file));
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Conv conv) {
        assertNotNull(conv.kernel().fixed());
        assertEquals(conv.kernel().outChannels(), conv.kernel().fixed().scale().length);
        assertEquals(8, conv.kernel().fixed().bits());
        for (int o = 0; o < conv.kernel().outChannels(); o++) {
          int first = o * conv.kernel().inChannelsPerGroup() * 9;
          double code = conv.kernel().weights()[first] / conv.kernel().fixed().scale()[o];
          assertEquals(Math.rint(code), code, 1e-4);
        }
        List<Node> readers = graph.consumers(conv.output());
        assertEquals(1, readers.size());
        assertInstanceOf(Node.FakeQuant.class, readers.get(0));
      }
    }
  }

  @Test
  void enlargingPadsAreRefused() {
    OnnxBuilder b = model(2).conv("y", "x", 2, 3, 3, 3, 1, 2, 1, 1, 1);
    TesseraException e = assertThrows(TesseraException.class, () -> lowered(b));
    assertEquals("graph.padding", e.diagnostic().code());
    assertEquals("node 'n_y'", e.diagnostic().place());
  }

  @Test
  void tooWideCropsAreRefused() {
    OnnxBuilder b = model(2).conv("c", "x", 2, 3, 3);
    b.node("Slice", "y", "c", b.integers(12), b.integers(Long.MAX_VALUE), b.integers(3));
    TesseraException e = assertThrows(TesseraException.class, () -> lowered(b));
    assertEquals("graph.window", e.diagnostic().code());
  }

  @Test
  void nothingToDoChangesNothing() {
    Graph graph = lowered(model(2).conv("y", "x", 2, 3, 3));
    for (Pass pass : Passes.standard()) {
      assertEquals(graph, pass.apply(graph), pass.name());
    }
    assertEquals(0, PassManager.trace(graph).size());
  }
}
