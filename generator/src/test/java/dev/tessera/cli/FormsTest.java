package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.frontend.OnnxBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small networks in forms that exporters write, from the model file to the proven picture. */
@Tag("sim")
class FormsTest {
  @TempDir private Path place;

  private void assertProven(OnnxBuilder model) throws IOException {
    Path design = place.resolve("design");
    Path file = model.write(place);
    CommandRun made =
        CommandRun.of("generate", file, "--frame", "16x12", "--multipliers", 120, "--out", design);
    assertEquals(0, made.exitCode(), made.err());
    CommandRun run = CommandRun.of("simulate", design, "--frames", 3);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode measured = json(design, "simulation.json");
    assertTrue(measured.get("bitExact").asBoolean(), measured.toString());
    double predicted = json(design, "design.json").at("/predicted/cyclesPerFrame").asDouble();
    assertEquals(1, measured.get("cyclesPerFrame").asDouble() / predicted, 0.01);
    CommandRun stalled = CommandRun.of("simulate", design, "--frames", 2, "--stall", 0.2);
    assertEquals(0, stalled.exitCode(), stalled.err());
  }

  private static JsonNode json(Path design, String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(design.resolve(name)));
  }

  private static OnnxBuilder model(int height, int width, Consumer<OnnxBuilder> body) {
    OnnxBuilder b = new OnnxBuilder(13, 9).frame(3, height, width);
    body.accept(b);
    return b;
  }

  /** Both signs of a map, an Elu of half height, an average without its padding. */
  @Test
  void mirroredMapsEluAndAverages() throws IOException {
    assertProven(
        model(
            12,
            16,
            b -> {
              b.conv("a", "x", 3, 6, 3).node("Neg", "n", "a");
              b.node("Concat", "s", "a", "n").set("axis", 1).node("Relu", "r", "s");
              b.conv("c", "r", 12, 6, 3).node("Elu", "e", "c").set("alpha", 0.5f);
              b.node("AveragePool", "p", "e").set("kernel_shape", new long[] {3, 3});
              b.set("pads", new long[] {1, 1, 1, 1}).conv("y", "p", 6, 3, 1);
            }));
  }

  /** A channel shuffle between grouped convolutions, channels moved by a pixel, a bilinear skip. */
  @Test
  void shuffledAndMovedChannelsAndASkip() throws IOException {
    assertProven(
        model(
            12,
            16,
            b -> {
              b.conv("a", "x", 3, 6, 3).node("Relu", "r", "a");
              b.node("Reshape", "g", "r", b.integers(1, 2, 3, 12, 16));
              b.node("Transpose", "t", "g").set("perm", new long[] {0, 2, 1, 3, 4});
              b.node("Reshape", "u", "t", b.integers(1, 6, 12, 16));
              b.node("Split", "p", "u", b.integers(3, 3)).also("q").set("axis", 1);
              b.node("Pad", "m", "p", b.integers(0, 0, 0, 1, 0, 0, 0, -1));
              b.node("Concat", "v", "m", "q").set("axis", 1).conv("c", "v", 6, 12, 1);
              b.node("DepthToSpace", "d", "c").set("blocksize", 2).set("mode", "CRD");
              String scales = b.floats(new float[] {1, 1, 2, 2}, 4);
              b.node("Resize", "e", "x", "", scales).set("mode", "linear");
              b.node("Add", "y", "d", "e");
            }));
  }
}
