package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.frontend.FloatReference;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.testing.SharedFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Law 3 on trained networks, and what is left of each. */
@Tag("fast")
class LawThreeModelsTest {
  @ParameterizedTest
  @CsvSource({
    "style_magenta_wave, 1, 11248, Conv=16 Normalize=13 Add=5 DepthToSpace=2",
    "style_fritz_starry, 255, 11248, Conv=16 Normalize=16 Add=5 DepthToSpace=2 Affine=1",
    "style_lengstrom_wave, 255, 126144, Conv=16 Normalize=16 Add=5 DepthToSpace=2 Affine=1 Activate=1",
    "efdn_x4, 1, 254630.97, Conv=65 Concat=7 Pool=4 Resize=4 Add=9 Mul=4 DepthToSpace=1",
    "espcn_tf_x2, 1, 21184, Conv=3 DepthToSpace=1",
    "fsrcnn_tf_x2, 1, 8152, Conv=8 DepthToSpace=1",
    "abpn_qat_x3, 255, 42345, Select=1 Conv=7 Add=1 DepthToSpace=1",
    "abpn_qat_int8_x3, 255, 42345, FakeQuant=10 Select=1 Conv=7 Add=1 DepthToSpace=1",
    "xlsr_x3, 1, 21616, Conv=11 Concat=1 DepthToSpace=1",
    "imdn_rtc_x2, 1, 19899, Conv=28 Select=30 Concat=5 Add=6 DepthToSpace=1",
    "carn_m_x2, 1, 395712, Conv=42 Add=9 Concat=12 Select=1 DepthToSpace=1",
    "fsrcnn_s_chxy_x3, 1, 3937, Conv=5 DepthToSpace=1",
    "anime4k_cnn_m_x2, 1, 2108, Conv=9 Activate=14 Affine=7 Concat=7 Select=2 Add=1 DepthToSpace=1",
    "realesr_animevideov3_x4, 1, 619200, Conv=18 Select=1 Add=1 DepthToSpace=1",
    "esrgan_slim_x2, 1, 221824, Conv=12 Concat=3 Add=3 DepthToSpace=1"
  })
  void everyPassKeepsTheResult(String model, double range, double macs, String nodes) {
    Graph graph = LawThree.check(SharedFiles.require("models/" + model + ".onnx"), range, 1);
    assertEquals(macs, Macs.perInputPixel(graph), 1e-3);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Node node : graph.nodes().subList(1, graph.nodes().size())) {
      counts.merge(node.getClass().getSimpleName(), 1, Integer::sum);
    }
    Map<String, Integer> expected = new LinkedHashMap<>();
    for (String entry : nodes.split(" ")) {
      expected.put(entry.split("=")[0], Integer.valueOf(entry.split("=")[1]));
    }
    assertEquals(expected, counts);
  }

  /** It diverges on noise, in any arithmetic. */
  @Test
  void pixelAttentionKeepsItsResultOnAPhoto() {
    Path file = SharedFiles.require("models/pan_x2.onnx");
    Rgb photo = Png.read(SharedFiles.require("images/set5/lr_x2/butterfly.png")).crop(9, 7, 37, 29);
    float[] frame = photo.toFloats();
    for (int i = 0; i < frame.length; i++) {
      frame[i] /= 255;
    }
    Graph graph = OnnxReader.read(file);
    try (FloatReference reference = new FloatReference(file)) {
      graph = LawThree.check(graph, frame, 29, 37, reference.run(frame, 29, 37));
    }
    assertEquals(17, graph.nodes().stream().filter(n -> n instanceof Node.Mul).count());
  }
}
