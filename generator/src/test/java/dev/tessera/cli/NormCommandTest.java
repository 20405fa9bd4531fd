package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Networks that normalise over the frame, from the command line. */
class NormCommandTest {
  private static final double LEAST_DB = 30;

  @TempDir private Path place;

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(place.resolve("design").resolve(file).toFile());
  }

  /** A small, fast design, calibrated on a photo that no test looks at. */
  private CommandRun generate(Path model, Object... more) throws IOException {
    Path photos = Files.createDirectories(place.resolve("photos"));
    Path photo = photos.resolve("a.png");
    if (Files.notExists(photo)) {
      Files.copy(SharedFiles.require("images/kodak/kodim07.png"), photo);
    }
    List<Object> words = new ArrayList<>(List.of("generate", model, "--frame", "32x24"));
    words.addAll(List.of("--multipliers", 3000, "--calibrate", photos));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  /** A style network on three frames with tables of their own, under pauses. */
  @Test
  @Tag("sim")
  void aStyleNetworkIsBitExact() throws IOException {
    Path model = SharedFiles.require("models/style_magenta_wave.onnx");
    Path photo = SharedFiles.require("images/kodak/kodim23.png");
    Path design = place.resolve("design");
    CommandRun made = generate(model, "--norm", "host", "--banks", 3, "--out", design);
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

  /** A style network that finds its tables itself: a still picture settles. */
  @Test
  @Tag("sim")
  void aStillPictureSettles() throws IOException {
    Path model = SharedFiles.require("models/style_magenta_wave.onnx");
    Path photo = SharedFiles.require("images/kodak/kodim23.png");
    Path design = place.resolve("design");
    CommandRun made = generate(model, "--norm", "temporal", "--out", design);
    assertEquals(0, made.exitCode(), made.err());
    assertEquals("temporal", json("design.json").get("norm").asText());
    double[] db = new double[2];
    for (int i = 0; i < 2; i++) {
      // Every pair of frames settles one of 13 units.
      int frames = i == 0 ? 2 : 30;
      CommandRun run = CommandRun.of("simulate", design, "--image", photo, "--frames", frames);
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(json("simulation.json").get("bitExact").asBoolean());
      db[i] = json("simulation.json").get("psnrVsReference").asDouble();
    }
    assertTrue(db[0] < 24 && db[1] > LEAST_DB, db[0] + " dB, then " + db[1]);

    for (String more : List.of("--resizable", "--tile=16x24")) {
      CommandRun run = generate(model, "--norm", "temporal", more, "--out", place.resolve("d"));
      assertEquals(1, run.exitCode());
      assertTrue(run.err().contains("error[norm.temporal]"), run.err());
      assertTrue(Files.notExists(place.resolve("d")));
    }
  }

  /** A style network that stores its maps until their frame is over: the baseline of all others. */
  @Test
  @Tag("sim")
  void storedMapsHaveTheirOwnStatistics() throws IOException {
    Path model = SharedFiles.require("models/style_magenta_wave.onnx");
    Path photo = SharedFiles.require("images/kodak/kodim23.png");
    Path other = SharedFiles.require("images/kodak/kodim19.png");
    Path design = place.resolve("design");
    CommandRun made = generate(model, "--norm", "exact", "--axi-bits", 256, "--out", design);
    assertEquals(0, made.exitCode(), made.err());
    assertEquals("exact", json("design.json").get("norm").asText());
    assertEquals(18, json("design.json").get("cuts").size());
    assertTrue(made.err().contains("18 maps are stored in DRAM"), made.err());
    CommandRun run =
        CommandRun.of(
            "simulate", design, "--image", photo, "--image", other, "--frames", 3, "--stall", 0.1);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode seen = json("simulation.json");
    assertTrue(seen.get("bitExact").asBoolean());
    assertTrue(seen.get("psnrVsReference").asDouble() > LEAST_DB, seen.toString());
    assertEquals(18, seen.get("cuts").size());
    for (String bytes : List.of("dramReadBytesPerFrame", "dramWriteBytesPerFrame")) {
      assertEquals(json("design.json").get("predicted").get(bytes), seen.get(bytes));
    }

    // A decoder takes cycles for a beat: a slower design has them.
    Path photos = place.resolve("photos");
    CommandRun coded =
        CommandRun.of(
            "generate",
            model,
            "--frame",
            "32x24",
            "--multipliers",
            1200,
            "--calibrate",
            photos,
            "--norm",
            "exact",
            "--codec",
            "auto",
            "--out",
            design);
    assertEquals(0, coded.exitCode(), coded.err());
    List<String> codecs = json("design.json").get("cuts").findValuesAsText("codec");
    assertTrue(codecs.contains("zvc") && codecs.contains("raw"), codecs.toString());
    CommandRun again = CommandRun.of("simulate", design, "--image", photo, "--frames", 2);
    assertEquals(0, again.exitCode(), again.err());
    long moved = json("simulation.json").get("dramReadBytesPerFrame").asLong();
    assertTrue(moved < seen.get("dramReadBytesPerFrame").asLong(), moved + " bytes");

    for (String more : List.of("--resizable", "--tile=16x24")) {
      CommandRun refused = generate(model, "--norm", "exact", more, "--out", place.resolve("d"));
      assertEquals(1, refused.exitCode());
      assertTrue(refused.err().contains("error[norm.exact]"), refused.err());
      assertTrue(Files.notExists(place.resolve("d")));
    }
  }

  /** A style network that measures crops of every frame before it: none is left of earlier ones. */
  @Test
  @Tag("sim")
  void cropsGoThroughBeforeTheirFrame() throws IOException {
    Path model = SharedFiles.require("models/style_magenta_wave.onnx");
    Path photo = SharedFiles.require("images/kodak/kodim23.png");
    Path other = SharedFiles.require("images/kodak/kodim19.png");
    Path design = place.resolve("design");
    CommandRun made =
        generate(
            model,
            "--norm",
            "thumbnail",
            "--top",
            "memory",
            "--crop",
            "16x12",
            "--passes",
            2,
            "--out",
            design);
    assertEquals(0, made.exitCode(), made.err());
    assertTrue(made.err().contains("9 crops of 16x12, which go through 2 times"), made.err());
    assertEquals("thumbnail", json("design.json").get("norm").asText());
    CommandRun run =
        CommandRun.of("simulate", design, "--image", photo, "--image", other, "--frames", 3);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode seen = json("simulation.json");
    assertTrue(seen.get("bitExact").asBoolean());
    JsonNode predicted = json("design.json").get("predicted");
    for (String bytes : List.of("dramReadBytesPerFrame", "dramWriteBytesPerFrame")) {
      assertEquals(predicted.get(bytes), seen.get(bytes));
    }
    double cycles = predicted.get("cyclesPerFrame").asDouble();
    assertEquals(cycles, seen.get("cyclesPerFrame").asDouble(), 0.06 * cycles);

    List<Object> odd = List.of("--norm", "thumbnail", "--top", "memory", "--crop", "33x12");
    List<Object> words = new ArrayList<>(odd);
    words.addAll(List.of("--out", place.resolve("d")));
    CommandRun refused = generate(model, words.toArray());
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("error[norm.thumbnail]: crops are of 33x12"), refused.err());
    assertTrue(Files.notExists(place.resolve("d")));
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
    assertEquals(2, CommandRun.of("generate", model, "--codec", "zvc").exitCode());
    for (String codec : List.of("ebpc", "med:16", "dctcm:9", "zip", "auto:5", "auto:x", "auto:")) {
      CommandRun unknown = CommandRun.of("generate", model, "--norm", "exact", "--codec", codec);
      assertEquals(2, unknown.exitCode(), codec);
      assertTrue(unknown.err().contains("--codec"), unknown.err());
    }
    CommandRun crops =
        CommandRun.of(
            "generate",
            model,
            "--norm",
            "thumbnail",
            "--top",
            "memory",
            "--out",
            place.resolve("d"));
    assertEquals(1, crops.exitCode());
    assertTrue(crops.err().contains("error[norm.none]"), crops.err());
    for (List<String> wrong :
        List.of(
            List.of("--norm", "thumbnail"),
            List.of("--norm", "thumbnail", "--top", "memory", "--resizable"),
            List.of("--norm", "thumbnail", "--top", "memory", "--passes", "0"),
            List.of("--crop", "16x16"),
            List.of("--norm", "host", "--passes", "2"))) {
      List<Object> words = new ArrayList<>(List.of("generate", model));
      words.addAll(wrong);
      assertEquals(2, CommandRun.of(words.toArray()).exitCode(), wrong.toString());
    }
    CommandRun both = CommandRun.of("generate", model, "--norm", "temporal", "--banks", 2);
    assertEquals(2, both.exitCode());
    assertTrue(both.err().contains("--banks needs --norm host"), both.err());
  }
}
