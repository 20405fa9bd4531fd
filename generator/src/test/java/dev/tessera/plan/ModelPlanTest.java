package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxReader;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.ir.TapLists;
import dev.tessera.ir.TensorType;
import dev.tessera.pass.PassManager;
import dev.tessera.testing.SharedFiles;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvGeometry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stated speeds, on the layers of the trained networks as the passes leave them. */
class ModelPlanTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  @ParameterizedTest
  @CsvSource({
    "espcn_tf_x2, 400, 55.0, 0.96",
    "espcn_tf_x2, 1500, 14.5, 0.98",
    "fsrcnn_tf_x2, 300, 28.0, 0.97",
    "fsrcnn_tf_x2, 1200, 7.0, 0.97",
    "abpn_qat_x3, 1000, 44.0, 0.98",
    "abpn_qat_int8_x3, 1000, 44.0, 0.98",
    "xlsr_x3, 1000, 22.5, 0.96",
    "xlsr_x3, 4800, 4.6, 0.98",
    "imdn_rtc_x2, 1000, 20.25, 0.99",
    "carn_m_x2, 4000, 102.5, 0.95"
  })
  void reachesTheStatedSpeed(String model, int bound, double cyclesPerPixel, double busy) {
    Graph raw = OnnxReader.read(SharedFiles.require("models/" + model + ".onnx"));
    Graph graph = PassManager.run(raw);
    List<ConvShape> shapes = shapes(graph);
    long macs = Math.min(Macs.perFrame(raw, WIDTH, HEIGHT), Macs.perFrame(graph, WIDTH, HEIGHT));

    FoldSearch search = new FoldSearch(shapes, false, FoldOption::multipliers);
    List<FoldOption> plan = search.fastest(bound, 1).orElseThrow();

    double cycles = FoldSearch.cycles(plan);
    double found = cycles / (WIDTH * HEIGHT);
    double utilisation = macs / (cycles * FoldSearch.multipliers(plan));
    assertTrue(found <= cyclesPerPixel, found + " cycles per pixel");
    assertTrue(utilisation >= busy && utilisation <= 1, utilisation + " of the multipliers busy");
  }

  private static List<ConvShape> shapes(Graph graph) {
    List<ConvShape> shapes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Conv conv) {
        TensorType type = graph.type(conv.input());
        Kernel k = conv.kernel();
        ConvGeometry geometry =
            new ConvGeometry(
                k.inChannels(),
                type.width().at(WIDTH),
                type.height().at(HEIGHT),
                k.inChannels(),
                k.outChannels(),
                k.height(),
                k.width(),
                k.groups(),
                TapLists.of(k),
                conv.stride(),
                conv.pads(),
                conv.border(),
                1,
                new ConvFold(1, 1, 1, 1));
        shapes.add(new ConvShape(conv.name(), geometry, 1, false));
      }
    }
    return shapes;
  }
}
