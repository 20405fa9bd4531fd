package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.frontend.OnnxReader;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.pass.PassManager;
import dev.tessera.testing.SharedFiles;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What trained networks were trained on: 0 to 1, or 0 to 255. */
@Tag("fast")
class InputRangeTest {
  @ParameterizedTest
  @CsvSource({
    "espcn_tf_x2, 1",
    "fsrcnn_tf_x2, 1",
    "fsrcnn_s_chxy_x3, 1",
    "xlsr_x3, 1",
    "imdn_rtc_x2, 1",
    "carn_m_x2, 1",
    "pan_x2, 1",
    "esrgan_slim_x2, 1",
    "anime4k_cnn_m_x2, 1",
    "realesr_animevideov3_x4, 1",
    "efdn_x4, 1",
    "rfdn_aim_x4, 255",
    "abpn_qat_x3, 255",
    "abpn_qat_int8_x3, 255",
    "style_magenta_wave, 1",
    "style_fritz_starry, 255",
    "style_lengstrom_wave, 255"
  })
  void isFound(String name, double most) {
    Graph graph = PassManager.run(OnnxReader.read(SharedFiles.require("models/" + name + ".onnx")));
    // Two photos only: the fewer, the easier to be misled.
    List<Rgb> photos =
        List.of(
            Png.read(SharedFiles.require("images/kodak/kodim19.png")),
            Png.read(SharedFiles.require("images/bsd100/img_003.png")));
    assertEquals(most, 255 * Calibration.of(photos, graph).unit(), 1e-9);
  }
}
