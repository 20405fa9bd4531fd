package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.ir.Layer;
import dev.tessera.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inspection tells. */
@Tag("fast")
class InspectorTest {
  @TempDir private Path place;

  @Test
  void aTrainedNetworkIsCounted() {
    Inspection inspection = Inspector.inspect(SharedFiles.require("models/imdn_rtc_x2.onnx"));
    assertTrue(inspection.accepted());
    assertEquals(19899, inspection.macsPerInputPixel());
    assertEquals(20190, inspection.parameters());
    assertEquals("3 x 2H x 2W", inspection.output());
    assertEquals(45, inspection.fieldWidth());
  }

  @Test
  void theSmallerCountIsUseful() {
    // The mean shifts are 3 x 3 products each, the second at four times the pixels.
    Inspection inspection = Inspector.inspect(SharedFiles.require("models/carn_m_x2.onnx"));
    assertEquals(395757 - 9 - 4 * 9, inspection.macsPerInputPixel());
  }

  @Test
  void whatAPassRefusesIsListed() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(2).conv("y", "x", 2, 3, 1, 1, 1, 1, 1, 1, 1);
    Inspection inspection = Inspector.inspect(b.write(place));
    assertFalse(inspection.accepted());
    assertEquals("graph.padding", inspection.refused().get(0).code());
    assertEquals(List.of(), inspection.built());
  }

  @Test
  void theReadablePartOfARefusedModelIsShown() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(2).conv("c", "x", 2, 4, 3);
    b.node("Softmax", "y", "c");
    Inspection inspection = Inspector.inspect(b.write(place));
    assertEquals(List.of("Input", "Conv"), operators(inspection.layers()));
    assertEquals(72, inspection.macsPerInputPixel());
    assertEquals("onnx.operator", inspection.refused().get(0).code());
  }

  @Test
  void anUnreadableFileIsRefusedWhole() throws IOException {
    Inspection inspection =
        Inspector.inspect(Files.writeString(place.resolve("net.onnx"), "no network"));
    assertEquals(List.of(), inspection.layers());
    assertEquals("onnx.format", inspection.refused().get(0).code());
  }

  private static List<String> operators(List<Layer> layers) {
    return layers.stream().map(Layer::operator).toList();
  }
}
