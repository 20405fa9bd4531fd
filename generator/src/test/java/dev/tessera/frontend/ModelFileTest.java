package dev.tessera.frontend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.TensorProto;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as such: broken ones, names, frame sizes, data beside the model. */
@Tag("fast")
class ModelFileTest {
  @TempDir private Path place;

  private static OnnxBuilder network() {
    OnnxBuilder b = new OnnxBuilder(13, 3).frame(3);
    b.conv("c", "x", 3, 8, 3).node("PRelu", "p", "c", b.random(1, 8, 1, 1));
    return b.conv("d", "p", 8, 12, 3).node("DepthToSpace", "y", "d").set("blocksize", 2);
  }

  @Test
  void cutShortAnywhereIsAnErrorOfTheInput() throws IOException {
    byte[] whole = network().model().toByteArray();
    for (int length = 0; length < whole.length; length += 7) {
      Path file = Files.write(place.resolve("cut.onnx"), Arrays.copyOf(whole, length));
      assertThrows(TesseraException.class, () -> OnnxReader.read(file), "cut at " + length);
    }
  }

  @Test
  void damageNeverEndsInAnythingButAnErrorOfTheInput() throws IOException {
    byte[] whole = network().model().toByteArray();
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + round % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(place.resolve("damaged.onnx"), damaged);
      refused += outcome(file) ? 0 : 1;
    }
    assertTrue(refused > 100, "only " + refused + " were refused");
  }

  private static boolean outcome(Path file) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          OnnxReader.Scan scan = OnnxReader.scan(file);
          return scan.refusals().isEmpty();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "Net-2.x.onnx, net_2_x",
    "3d.onnx, n3d",
    "плёнка.onnx, network",
    "plain, plain",
    "a__b.onnx, a_b"
  })
  void theNameFitsAFileName(String file, String name) throws IOException {
    Path path = Files.write(place.resolve(file), network().model().toByteArray());
    assertEquals(name, OnnxReader.read(path).name());
  }

  @Test
  void aFixedFrameStaysFixed() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(1, 24, 32).conv("c", "x", 1, 4, 3, 3, 1);
    b.node("DepthToSpace", "y", "c").set("blocksize", 2);
    Graph graph = OnnxReader.read(b.write(place));
    assertEquals(Extent.constant(44), graph.type("y").height());
    assertEquals(Extent.constant(60), graph.type("y").width());
  }

  @Test
  void nodesInAnyOrderAreSorted() {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(1);
    b.node("Tanh", "y", "b").node("Relu", "b", "a").conv("a", "x", 1, 1, 3);
    Graph graph = OnnxReader.read(b.write(place));
    assertEquals(List.of("x", "a", "b", "y"), graph.nodes().stream().map(Node::output).toList());
  }

  @Test
  void dataBesideTheModelIsRead() throws IOException {
    float[] weights = {0.5f, -1, 2};
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(4, weights[0]).putFloat(8, weights[1]).putFloat(12, weights[2]);
    Files.createDirectory(place.resolve("data"));
    Files.write(place.resolve("data/w.bin"), bytes.array());
    Node.Conv conv = (Node.Conv) OnnxReader.read(external("data/w.bin", 4, 12)).nodes().get(1);
    assertArrayEquals(weights, conv.kernel().weights());
  }

  @ParameterizedTest
  @CsvSource({
    "../w.bin, 0, 12, which is outside the model's folder",
    "/etc/passwd, 0, 12, which is outside the model's folder",
    "'', 0, 12, which is outside the model's folder",
    "none.bin, 0, 12, which is missing",
    "w.bin, 12, 12, which is too short",
    "w.bin, -1, 12, has a negative offset",
    "w.bin, 0, 99, states 99 bytes where its shape needs 12",
    "link.bin, 0, 12, which links outside the model's folder"
  })
  void unsafeDataIsRefused(String location, long offset, long length, String reason)
      throws IOException {
    Path folder = Files.createDirectory(place.resolve("model"));
    Files.write(place.resolve("w.bin"), new byte[20]);
    Files.write(folder.resolve("w.bin"), new byte[20]);
    Files.createSymbolicLink(folder.resolve("link.bin"), place.resolve("w.bin"));
    Path file = external(location, offset, length);
    Path model = Files.move(file, folder.resolve("test.onnx"));
    TesseraException e = assertThrows(TesseraException.class, () -> OnnxReader.read(model));
    assertEquals("onnx.external", e.diagnostic().code());
    assertTrue(e.diagnostic().sentence().contains(reason), e.diagnostic().sentence());
  }

  private Path external(String location, long offset, long length) {
    OnnxBuilder b = new OnnxBuilder(13, 1).frame(3).node("Conv", "y", "x", "w");
    TensorProto.Builder w = b.graph().addInitializerBuilder().setName("w").setDataType(1);
    w.addDims(1).addDims(3).addDims(1).addDims(1);
    w.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    w.addExternalDataBuilder().setKey("location").setValue(location);
    w.addExternalDataBuilder().setKey("offset").setValue(Long.toString(offset));
    w.addExternalDataBuilder().setKey("length").setValue(Long.toString(length));
    return b.write(place);
  }
}
