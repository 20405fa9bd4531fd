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

/** Networks that normalise over the frame, from the command line. */
class NormCommandTest {
  private static final double LEAST_DB = 30;

  @TempDir private Path place;

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(place.resolve("design").resolve(file).toFile());
  }

  /** A style network on three frames with tables of their own, under pauses. */
  @Test
  @Tag("sim")
  void aStyleNetworkIsBitExact() throws IOException {
    Path model = SharedFiles.require("models/style_magenta_wave.onnx");
    Path photo = SharedFiles.require("images/kodak/kodim23.png");
    Path photos = Files.createDirectories(place.resolve("photos"));
    Files.copy(SharedFiles.require("images/kodak/kodim07.png"), photos.resolve("a.png"));
    Path design = place.resolve("design");
    CommandRun made =
        CommandRun.of(
            "generate",
            model,
            "--frame",
            "32x24",
            "--multipliers",
            3000,
            "--calibrate",
            photos,
            "--norm",
            "host",
            "--banks",
            3,
            "--out",
            design);
    assertEquals(0, made.exitCode(), made.err());
    assertEquals("host", json("design.json").get("norm").asText());
    CommandRun run =
        CommandRun.of("simulate", design, "--image", photo, "--frames", 3, "--stall", 0.1);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode seen = json("simulation.json");
    assertTrue(seen.get("bitExact").asBoolean());
    assertTrue(seen.get("psnrVsReference").asDouble() > LEAST_DB, seen.toString());

    CommandRun more = CommandRun.of("simulate", design, "--image", photo, "--frames", 4);
    assertEquals(1, more.exitCode());
    assertTrue(more.err().contains("error[norm.banks]: holds tables for 3 different"), more.err());
  }

  @Test
  @Tag("fast")
  void tablesOfANetworkWithoutAreRefused() throws IOException {
    Path model = Files.write(place.resolve("tiny.onnx"), SmallModels.upscaler().toByteArray());
    CommandRun run =
        CommandRun.of("generate", model, "--norm", "host", "--out", place.resolve("d"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("error[norm.none]"), run.err());
    assertTrue(Files.notExists(place.resolve("d")));
    assertEquals(2, CommandRun.of("generate", model, "--banks", 0).exitCode());
    assertEquals(2, CommandRun.of("generate", model, "--norm", "guess").exitCode());
  }
}
