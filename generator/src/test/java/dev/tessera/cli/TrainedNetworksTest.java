package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.golden.DesignFile;
import dev.tessera.golden.GoldenModel;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trained networks from the model file to the proven picture: bit-exact, as fast as promised, and
 * as fast as predicted, all from one design directory.
 */
@Tag("sim")
class TrainedNetworksTest {
  private static final String PHOTO = "images/kodak/lr_x4/kodim07.png";
  private static final double LEAST_DB = 42;
  private static final int PIPELINE_CYCLES = 64;

  @TempDir private Path place;

  @ParameterizedTest(name = "{0} with {1} multipliers")
  @CsvSource({
    "espcn_tf_x2, 400, 55.0, 4, 0.2",
    "espcn_tf_x2, 1500, 14.8, 4, 0",
    "fsrcnn_tf_x2, 300, 28.5, 6, 0.2",
    "fsrcnn_tf_x2, 1200, 7.15, 6, 0",
    "abpn_qat_x3, 1000, 44.8, 7, 0.2",
    "abpn_qat_int8_x3, 1000, 44.8, 7, 0.2",
    "xlsr_x3, 1000, 23.0, 5, 0.2",
    "xlsr_x3, 4800, 4.85, 5, 0.2",
    "imdn_rtc_x2, 1000, 20.9, 22, 0.2",
  })
  void isBitExactAndFast(
      String model, int multipliers, double mostCycles, int haloRows, double stall)
      throws IOException {
    Path design = generate(model, multipliers, "64x48");
    Path photo = SharedFiles.require(PHOTO);

    JsonNode free = simulate(design, photo, 0);
    double perPixel = free.get("cyclesPerFrame").asDouble() / (64 * 48);
    assertTrue(perPixel <= mostCycles, model + " takes " + perPixel + " cycles per pixel");
    assertPredicted(design, free);
    assertPrompt(design, free, haloRows);
    double busy = free.get("multiplierUtilization").asDouble();
    assertTrue(busy > 0.95 && busy <= 1, model + " keeps " + busy + " busy");
    double decibel = free.get("psnrVsReference").asDouble();
    assertTrue(decibel > LEAST_DB, model + " is " + decibel + " dB from the float network");

    if (stall > 0) {
      simulate(design, photo, stall);
    }
  }

  /** The frames of a network do not depend on who orders the phases of its enlargement. */
  @Test
  void isBitExactWhereRowsAreWalkedAgain() throws IOException {
    Path walked = generate("esrgan_slim_x2", 400, "16x12", "--enlarge", "replay");
    JsonNode free = simulate(walked, SharedFiles.require(PHOTO), 0);
    assertPredicted(walked, free);
    assertPrompt(walked, free, 10);
    JsonNode forms = json(walked, "design.json").get("enlargings");
    assertTrue(forms.findValuesAsText("form").contains("rows walked again"), forms.toString());
    Design again = DesignFile.read(walked.resolve("design.tessera"));
    Path stored = generate("esrgan_slim_x2", 400, "16x12", "--enlarge", "reorder");
    Design once = DesignFile.read(stored.resolve("design.tessera"));
    Frame frame = new Frame(3, 12, 16);
    int[] values = new Random(1).ints(frame.data().length, 0, 256).toArray();
    System.arraycopy(values, 0, frame.data(), 0, values.length);
    assertArrayEquals(GoldenModel.run(once, frame).data(), GoldenModel.run(again, frame).data());
  }

  /** Some 400,000 products a pixel: a small frame keeps the simulation short. */
  @Test
  void isBitExactWhereTheNetworkIsLarge() throws IOException {
    Path design = generate("carn_m_x2", 4000, "24x16");
    Path photo = SharedFiles.require(PHOTO);
    JsonNode free = simulate(design, photo, 0);
    assertPredicted(design, free);
    assertTrue(free.get("multiplierUtilization").asDouble() > 0.93, free.toString());
    simulate(design, photo, 0.2);
  }

  /** Mirrored activations, a stride 3 enlargement of 9 x 9. */
  @ParameterizedTest
  @CsvSource({"anime4k_cnn_m_x2, 300", "fsrcnn_s_chxy_x3, 300"})
  void isBitExactWithOtherLayers(String model, int multipliers) throws IOException {
    Path design = generate(model, multipliers, "24x16");
    Path photo = SharedFiles.require(PHOTO);
    assertPredicted(design, simulate(design, photo, 0));
  }

  /** Eighteen wide layers, on a few pixels: the pipeline holds more tiles than two frames have. */
  @Test
  void isBitExactOnAFewPixelsInTiles() throws IOException {
    String[] tiles = {"--tile", "4x8", "--top", "memory"};
    assertProven("realesr_animevideov3_x4", 500, "8x8", tiles);
  }

  /** A hundred layers take minutes to compile; attention needs a frame for its windows. */
  @Tag("large")
  @ParameterizedTest
  @CsvSource({
    "esrgan_slim_x2, 2000, 16x12",
    "pan_x2, 2000, 16x12",
    "efdn_x4, 1000, 28x28",
    "rfdn_aim_x4, 1000, 28x28"
  })
  void isBitExactWithManyLayers(String model, int multipliers, String frame) throws IOException {
    assertProven(model, multipliers, frame);
  }

  /** The same in tiles, from memory to memory. */
  @Tag("large")
  @ParameterizedTest
  @CsvSource({
    "esrgan_slim_x2, 3000, 16x12, 8x12",
    "pan_x2, 3000, 16x12, 8x12",
    "carn_m_x2, 3000, 16x12, 8x6",
    "efdn_x4, 2000, 64x28, 32x28",
    "rfdn_aim_x4, 2000, 64x28, 32x28"
  })
  void isBitExactWithManyLayersInTiles(String model, int multipliers, String frame, String tile)
      throws IOException {
    assertProven(model, multipliers, frame, "--tile", tile, "--top", "memory", "--axi-bits=128");
  }

  /** A model that is quantised already, 53 layers of up to 960 channels, up to its features. */
  @Tag("large")
  @Test
  void isBitExactUpToTheFeaturesOfMobileNet() throws IOException {
    assertProven("mobilenet_v2_qdq", 2000, "128x128", "--until", "n_globalaveragepool_784");
  }

  private void assertProven(String model, int multipliers, String frame, String... more)
      throws IOException {
    Path file = SharedFiles.require("models/" + model + ".onnx");
    Path design = place.resolve("design");
    List<Object> words = new ArrayList<>(List.of("generate", file, "--frame", frame));
    words.addAll(List.of("--multipliers", multipliers, "--out", design));
    words.addAll(List.of(more));
    CommandRun made = CommandRun.of(words.toArray());
    assertEquals(0, made.exitCode(), made.err());
    CommandRun run =
        CommandRun.of("simulate", design, "--image", SharedFiles.require(PHOTO), "--frames", 2);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode measured = json(design, "simulation.json");
    assertTrue(measured.get("bitExact").asBoolean(), measured.toString());
    assertPredicted(design, measured);
    CommandRun stalled = CommandRun.of("simulate", design, "--frames", 2, "--stall", 0.2);
    assertEquals(0, stalled.exitCode(), stalled.err());
  }

  /** Strides, taken pixels, channels of zeros and a pool of the whole map; codes as they are. */
  @Test
  void isBitExactUpToPooledFeatures() throws IOException {
    Path design = generate("resnet20_cifar10", 1000, "32x32", "--until", "/GlobalAveragePool");
    JsonNode codes = json(design, "design.json").get("outputCodes");
    assertEquals(64, codes.get("scale").size(), codes.toString());
    CommandRun run = CommandRun.of("simulate", design, "--frames", 2, "--stall", 0.2);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = json(design, "simulation.json");
    assertTrue(json.get("bitExact").asBoolean(), json.toString());
    assertEquals(0, json.get("pictures").size());
  }

  private Path generate(String model, int multipliers, String frame, String... more)
      throws IOException {
    Path file = SharedFiles.require("models/" + model + ".onnx");
    Path photos = Files.createDirectories(place.resolve("photos"));
    for (String photo : new String[] {"kodim19", "kodim23"}) {
      Path from = SharedFiles.require("images/kodak/lr_x4/" + photo + ".png");
      Files.copy(from, photos.resolve(photo + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }
    Path design = place.resolve("design");
    List<Object> words = new ArrayList<>(List.of("generate", file, "--frame", frame));
    words.addAll(List.of("--multipliers", multipliers, "--calibrate", photos, "--out", design));
    words.addAll(List.of(more));
    CommandRun run = CommandRun.of(words.toArray());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = json(design, "design.json");
    assertTrue(json.get("multipliers").asInt() <= multipliers, json.toString());
    return design;
  }

  private static JsonNode simulate(Path design, Path photo, double stall) throws IOException {
    CommandRun run =
        CommandRun.of(
            "simulate", design, "--image", photo, "--frames", 3, "--stall", stall, "--seed", 11);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = json(design, "simulation.json");
    assertTrue(json.get("bitExact").asBoolean(), json.toString());
    assertEquals(3, json.get("frames").asInt());
    return json;
  }

  private static void assertPredicted(Path design, JsonNode measured) throws IOException {
    double predicted = json(design, "design.json").at("/predicted/cyclesPerFrame").asDouble();
    assertEquals(1, measured.get("cyclesPerFrame").asDouble() / predicted, 0.01);
  }

  /**
   * The first pixel leaves once the rows below it that it depends on are there: their number
   * follows from the kernels by hand. Two more rows, one for each unit that walks its rows again,
   * and a pipeline of a few dozen registers per unit pass.
   */
  private static void assertPrompt(Path design, JsonNode measured, int haloRows)
      throws IOException {
    JsonNode plan = json(design, "design.json");
    double row = plan.at("/predicted/cyclesPerFrame").asDouble() / plan.at("/frame/height").asInt();
    long again =
        plan.findValuesAsText("shape").stream().filter(s -> s.contains("rows walked")).count();
    double most = (haloRows + again + 2) * row + PIPELINE_CYCLES * plan.get("units").size();
    double latency = measured.at("/latency/cycles").asDouble();
    assertTrue(latency > 0 && latency <= most, latency + " cycles of at most " + most);
    assertEquals(latency / row, measured.at("/latency/rows").asDouble(), 1e-6);
  }

  private static JsonNode json(Path design, String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(design.resolve(name)));
  }
}
