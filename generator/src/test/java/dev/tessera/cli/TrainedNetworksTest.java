package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @TempDir private Path place;

  @ParameterizedTest(name = "{0} with {1} multipliers")
  @CsvSource({
    "espcn_tf_x2, 400, 55.0, 0.2",
    "espcn_tf_x2, 1500, 14.8, 0",
    "fsrcnn_tf_x2, 300, 28.5, 0.2",
    "fsrcnn_tf_x2, 1200, 7.15, 0",
    "abpn_qat_x3, 1000, 44.8, 0.2",
    "abpn_qat_int8_x3, 1000, 44.8, 0.2",
    "xlsr_x3, 1000, 23.0, 0.2",
    "xlsr_x3, 4800, 4.85, 0.2",
    "imdn_rtc_x2, 1000, 20.9, 0.2",
  })
  void isBitExactAndFast(String model, int multipliers, double mostCycles, double stall)
      throws IOException {
    Path design = generate(model, multipliers, "64x48");
    Path photo = SharedFiles.require(PHOTO);

    JsonNode free = simulate(design, photo, 0);
    double perPixel = free.get("cyclesPerFrame").asDouble() / (64 * 48);
    assertTrue(perPixel <= mostCycles, model + " takes " + perPixel + " cycles per pixel");
    assertPredicted(design, free);
    double busy = free.get("multiplierUtilization").asDouble();
    assertTrue(busy > 0.95 && busy <= 1, model + " keeps " + busy + " busy");
    double decibel = free.get("psnrVsReference").asDouble();
    assertTrue(decibel > LEAST_DB, model + " is " + decibel + " dB from the float network");

    if (stall > 0) {
      simulate(design, photo, stall);
    }
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

  private Path generate(String model, int multipliers, String frame) throws IOException {
    Path file = SharedFiles.require("models/" + model + ".onnx");
    Path photos = Files.createDirectories(place.resolve("photos"));
    for (String photo : new String[] {"kodim19", "kodim23"}) {
      Path from = SharedFiles.require("images/kodak/lr_x4/" + photo + ".png");
      Files.copy(from, photos.resolve(photo + ".png"));
    }
    Path design = place.resolve("design");
    CommandRun run =
        CommandRun.of(
            "generate",
            file,
            "--frame",
            frame,
            "--multipliers",
            multipliers,
            "--calibrate",
            photos,
            "--out",
            design);
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

  private static JsonNode json(Path design, String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(design.resolve(name)));
  }
}
