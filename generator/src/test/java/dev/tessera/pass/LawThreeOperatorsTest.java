package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 3 on every operator and attribute, and the form that the passes promise. */
@Tag("fast")
class LawThreeOperatorsTest {
  @TempDir private Path place;

  static Stream<OperatorGraphs.Sample> samples() {
    return OperatorGraphs.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyPassKeepsTheResult(OperatorGraphs.Sample sample) {
    Graph graph = LawThree.check(sample.build(sample.name().hashCode()).write(place), 1, 7);
    for (Node node : graph.nodes()) {
      assertFalse(node instanceof Node.Pad, "a pad is left");
      assertFalse(node instanceof Node.DepthToSpace d2s && d2s.crd(), "CRD order is left");
      if (node instanceof Node.Conv conv) {
        int rows = conv.pads().top() + conv.pads().bottom();
        int columns = conv.pads().left() + conv.pads().right();
        assertTrue(rows < conv.kernel().height() && columns < conv.kernel().width());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SILU", "MISH", "HARD_SWISH", "GELU", "GELU_TANH"})
  void functionsOfSeveralOperatorsAreFound(Activation.Function function) {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(3);
    FunctionGraphs.written().get(function).accept(b);
    Graph graph = LawThree.check(b.write(place), 1, 7);
    List<Node> smooth = graph.nodes().stream().filter(n -> n instanceof Node.Activate).toList();
    assertEquals(1, smooth.size());
    assertEquals(new Activation.Smooth(function), ((Node.Activate) smooth.get(0)).activation());
    assertFalse(graph.nodes().stream().anyMatch(n -> n instanceof Node.Mul));
  }

  @Test
  void aStatedSizeIsAFactorOfAFixedFrame() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(2, 9, 11);
    b.node("Resize", "r", "x", "", "", b.integers(1, 2, 27, 33)).set("mode", "linear");
    Graph graph = LawThree.check(b.conv("y", "r", 2, 3, 3).write(place), 1, 7);
    assertEquals(new TensorType(3, Extent.constant(27), Extent.constant(33)), graph.type("y"));
  }
}
