package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Photo;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.TensorShapeProto;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import dev.tessera.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code generate --resizable} and photos of different sizes, as a user goes the way. */
class ResizableCommandTest {
  private static final String PHOTO = "images/kodak/lr_x4/kodim07.png";

  @TempDir private Path place;

  private Path model;
  private Path design;

  @BeforeEach
  void writeModel() throws IOException {
    model = place.resolve("tiny.onnx");
    Files.write(model, SmallModels.upscaler().toByteArray());
    design = place.resolve("design");
  }

  private CommandRun generate(Path network, String frame, int multipliers) {
    return CommandRun.of(
        "generate",
        network,
        "--resizable",
        "--frame",
        frame,
        "--multipliers",
        multipliers,
        "--out",
        design);
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(design.resolve(file).toFile());
  }

  private Path photo(int width, int height) {
    Path file = place.resolve(width + "x" + height + ".png");
    Png.write(file, Photo.pattern(new FrameSize(width, height), width).picture());
    return file;
  }

  @Test
  @Tag("fast")
  void statesTheFramesThatItTakes() throws IOException {
    CommandRun run = generate(model, "40x24", 45);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("from 3x3, any width and height"), run.out());
    JsonNode json = json("design.json");
    assertTrue(json.get("resizable").asBoolean());
    assertEquals("{\"width\":3,\"height\":3}", json.get("minFrame").toString());
    assertEquals("{\"width\":40,\"height\":24}", json.get("frame").toString());
    assertEquals("{\"width\":1,\"height\":1}", json.get("frameStep").toString());
    String report = Files.readString(design.resolve("report.html"));
    assertTrue(report.contains("any frame from 3\u00d73 up to 40\u00d724"), "report");
    String top = Files.readString(design.resolve("rtl/tiny.v"));
    assertTrue(top.contains("By: tessera generate tiny.onnx") && top.contains("--resizable"), top);
    assertTrue(top.contains("input wire [15:0] frame_width"), top);
  }

  @Test
  @Tag("fast")
  void aDesignForOneSizeSaysSo() throws IOException {
    CommandRun.of("generate", model, "--frame", "40x24", "--multipliers", 45, "--out", design);
    JsonNode json = json("design.json");
    assertFalse(json.get("resizable").asBoolean());
    assertEquals(json.get("frame"), json.get("minFrame"));
    assertFalse(Files.readString(design.resolve("rtl/tiny.v")).contains("[15:0] frame_width"));
  }

  @Test
  @Tag("fast")
  void aModelOfFixedSizeIsRefused() throws IOException {
    ModelProto.Builder fixed = SmallModels.upscaler().toBuilder();
    TensorShapeProto.Builder shape =
        fixed
            .getGraphBuilder()
            .getInputBuilder(0)
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder();
    shape.getDimBuilder(2).setDimValue(24);
    shape.getDimBuilder(3).setDimValue(40);
    Files.write(model, fixed.build().toByteArray());
    CommandRun run = generate(model, "40x24", 45);
    assertEquals(1, run.exitCode());
    assertEquals(
        List.of(
            model + ": error[plan.resizable]: the model is fixed to one frame size",
            "  hint: leave --resizable out, or export the model with free height and width"),
        run.err().lines().filter(l -> !l.startsWith("note:")).toList());
  }

  @Test
  @Tag("sim")
  void photosOfDifferentSizesFollowEachOther() throws IOException {
    generate(model, "40x24", 45);
    Path large = photo(50, 30);
    Path output = place.resolve("big.png");
    CommandRun run =
        CommandRun.of(
            "simulate",
            design,
            "--image",
            photo(17, 21),
            "--image",
            large,
            "--image",
            photo(3, 5),
            "--output",
            output,
            "--frames",
            7,
            "--stall",
            0.2);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("not measured: the frames differ in size"), run.out());
    assertTrue(json("simulation.json").get("bitExact").asBoolean());
    assertFalse(json("simulation.json").has("cyclesPerFrame"));
    Rgb made = Png.read(output);
    assertEquals("34x42", made.width() + "x" + made.height());

    CommandRun whole = CommandRun.of("simulate", design, "--image", large);
    assertEquals(0, whole.exitCode(), whole.err());
    double predicted = json("design.json").at("/predicted/cyclesPerFrame").asDouble();
    double measured = json("simulation.json").get("cyclesPerFrame").asDouble();
    assertEquals(1, measured / predicted, 0.01);

    Path small = photo(2, 30);
    CommandRun refused = CommandRun.of("simulate", design, "--image", small);
    assertEquals(1, refused.exitCode());
    String first = refused.err().lines().findFirst().orElse("");
    assertEquals(
        small
            + ": error[image.small]: the photo is 2x30 and the design takes frames of 3x3 to 40x24",
        first);
  }

  /** Frames of three sizes, each more than once, through networks with skips and shuffles. */
  @ParameterizedTest(name = "{0} with {1} multipliers")
  @Tag("sim")
  @CsvSource({"xlsr_x3, 1000", "imdn_rtc_x2, 1000"})
  void trainedNetworksChangeTheSize(String name, int multipliers) throws IOException {
    Path network = SharedFiles.require("models/" + name + ".onnx");
    Rgb photo = Png.read(SharedFiles.require(PHOTO));
    CommandRun made = generate(network, "40x32", multipliers);
    assertEquals(0, made.exitCode(), made.err());
    List<Object> words = new ArrayList<>(List.of("simulate", design));
    int[][] sizes = {{40, 32}, {22, 17}, {31, 32}, {22, 9}, {40, 32}};
    for (int i = 0; i < sizes.length; i++) {
      Path file = place.resolve("part" + i + ".png");
      Png.write(file, photo.crop(20 + i, 30, sizes[i][0], sizes[i][1]));
      words.addAll(List.of("--image", file));
    }
    CommandRun free = CommandRun.of(words.toArray());
    assertEquals(0, free.exitCode(), free.err());
    words.addAll(List.of("--stall", 0.2, "--seed", 5, "--frames", 6));
    CommandRun stalled = CommandRun.of(words.toArray());
    assertEquals(0, stalled.exitCode(), stalled.err());
    assertTrue(json("simulation.json").get("bitExact").asBoolean());
    assertEquals(6, json("simulation.json").get("frames").asInt());
  }
}
