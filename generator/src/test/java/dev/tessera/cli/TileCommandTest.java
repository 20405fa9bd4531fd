package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code generate --tile} and {@code simulate}, as a user goes the way. */
class TileCommandTest {
  @TempDir private Path place;

  private Path small() throws IOException {
    return Files.write(place.resolve("tiny.onnx"), SmallModels.upscaler().toByteArray());
  }

  private CommandRun generate(Path network, String... more) {
    List<Object> words = new ArrayList<>(List.of("generate", network));
    words.addAll(List.of(more));
    words.addAll(List.of("--out", place.resolve("design")));
    return CommandRun.of(words.toArray());
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(place.resolve("design").resolve(file).toFile());
  }

  @Test
  @Tag("fast")
  void statesTilesAndRejectedWays() throws IOException {
    CommandRun run =
        generate(small(), "--frame", "40x24", "--multipliers", "45", "--tile", "16x12");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("tiles of 16x12"), run.out());
    JsonNode json = json("design.json");
    assertEquals("{\"width\":40,\"height\":24}", json.get("frame").toString());
    assertEquals("{\"width\":80,\"height\":48}", json.get("outputFrame").toString());
    assertEquals("{\"width\":16,\"height\":12,\"halo\":2}", json.get("tile").toString());
    assertFalse(json.get("resizable").asBoolean());
    assertEquals("asked for", json.get("tilings").get(0).get("verdict").asText());
    assertEquals(6, json.get("tilings").get(0).get("tiles").asInt());
    // Columns 0-17, 14-33, 30-39 and rows 0-13, 10-23 are read: 48 x 28 pixels.
    assertEquals(48 * 28 / 960.0, json.get("tilings").get(0).get("ncr").asDouble(), 1e-9);
    assertEquals("whole frame", json.get("tilings").get(1).get("name").asText());
    String top = Files.readString(place.resolve("design/rtl/tiny.v"));
    assertTrue(top.contains("--frame 40x24 --tile 16x12"), top);
  }

  @Test
  @Tag("fast")
  void takesTheWholeFrameByItself() throws IOException {
    CommandRun run = generate(small(), "--frame", "40x24", "--multipliers", "45", "--tile", "auto");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(
        "{\"width\":40,\"height\":24,\"halo\":0}", json("design.json").get("tile").toString());
  }

  @Test
  @Tag("fast")
  void refusesWordsThatAreNoTiles() throws IOException {
    assertEquals(2, generate(small(), "--tile", "narrow").exitCode());
    CommandRun both = generate(small(), "--tile", "8x8", "--resizable");
    assertEquals(2, both.exitCode());
    assertTrue(both.err().contains("exclude each other"), both.err());
  }

  @Tag("sim")
  @ParameterizedTest
  @CsvSource({"xlsr_x3, 900, 24x32", "xlsr_x3, 900, 16x16", "espcn_tf_x2, 400, 20x16"})
  void trainedNetworksShowNoSeam(String name, String bound, String tile) throws IOException {
    Path model = SharedFiles.require("models/" + name + ".onnx");
    CommandRun made = generate(model, "--frame", "48x32", "--multipliers", bound, "--tile", tile);
    assertEquals(0, made.exitCode(), made.err());
    CommandRun run = CommandRun.of("simulate", place.resolve("design"), "--frames", 3);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode measured = json("simulation.json");
    assertTrue(measured.get("bitExact").asBoolean());
    assertEquals(3, measured.get("frames").asInt());
    double planned = json("design.json").get("predicted").get("cyclesPerFrame").asDouble();
    assertEquals(planned, measured.get("cyclesPerFrame").asDouble(), planned / 100);
    CommandRun stalled =
        CommandRun.of("simulate", place.resolve("design"), "--frames", 1, "--stall", 0.2);
    assertEquals(0, stalled.exitCode(), stalled.err());
  }
}
