package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Photo;
import dev.tessera.image.Bicubic;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import dev.tessera.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codecs on the maps of a network, from the command line. */
@Tag("fast")
class CompressCommandTest {
  @TempDir private Path place;

  private Path model;
  private Path photos;

  @BeforeEach
  void makeModelAndPhotos() throws IOException {
    model = Files.write(place.resolve("net.onnx"), SmallModels.upscaler().toByteArray());
    photos = Files.createDirectories(place.resolve("photos"));
    Rgb large = Photo.pattern(new FrameSize(96, 80), 5).picture();
    Png.write(photos.resolve("a.png"), Bicubic.resize(large, 48, 40));
    Png.write(Files.createDirectories(place.resolve("truth")).resolve("a.png"), large);
  }

  private JsonNode json(Object... words) throws IOException {
    CommandRun run = CommandRun.of(words);
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void measuresEveryMapAndTheOutput() throws IOException {
    JsonNode seen =
        json("compress", model, "--photos", photos, "--truth", place.resolve("truth"), "--json");
    assertEquals(1, seen.get("maps").size(), "one map lies between the two convolutions");
    JsonNode map = seen.at("/maps/0");
    assertEquals("4x40x48", map.get("shape").asText());
    JsonNode lossless = map.at("/codecs/6");
    assertEquals("med:0", lossless.get("codec").asText());
    assertEquals(0, lossless.get("largestError").asInt());
    assertEquals(99, lossless.get("psnr").asDouble());
    double bits = lossless.get("bitsPerValue").asDouble();
    assertEquals(lossless.get("ratio").asDouble(), 8 / bits, 0.2 + 8 / bits / 8);
    JsonNode exact = seen.at("/totals/6");
    assertEquals(99, exact.get("outputPsnr").asDouble());
    assertEquals(seen.get("outputVsTruth").asDouble(), exact.get("outputVsTruth").asDouble());
    JsonNode lossy = seen.at("/totals/8");
    assertEquals(2, lossy.get("largestError").asInt());
    assertTrue(lossy.get("outputPsnr").asDouble() < 60, lossy.toString());
    assertTrue(lossy.get("codedBytes").asLong() < exact.get("codedBytes").asLong());
  }

  @Test
  void choosesWithinABoundOnTheOutput() throws IOException {
    for (int psnr : new int[] {35, 50}) {
      JsonNode seen =
          json(
              "compress",
              model,
              "--photos",
              photos,
              "--codec",
              "med:0,auto",
              "--psnr",
              psnr,
              "--json");
      JsonNode auto = seen.at("/totals/1");
      assertEquals("auto", auto.get("codec").asText());
      assertTrue(auto.get("outputPsnr").asDouble() >= psnr, auto.toString());
      assertTrue(auto.get("codedBytes").asLong() < seen.at("/totals/0/codedBytes").asLong());
      assertEquals(seen.at("/maps/0/chosen"), seen.at("/maps/0/codecs/1/codec"));
    }
  }

  @Test
  void printsTables() {
    CommandRun run = CommandRun.of("compress", model, "--photos", photos, "--codec", "zvc,auto");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("BITS/VALUE") && run.out().contains(" *"), run.out());
  }

  @Test
  void refusesWhatIsNoCodec() {
    for (String name : new String[] {"zip", "zvc:2", "med:x", "med:16", "dctcm:9"}) {
      CommandRun run = CommandRun.of("compress", model, "--photos", photos, "--codec", name);
      assertEquals(2, run.exitCode());
      assertTrue(run.err().startsWith("tessera compress: error[usage]: --codec: "), run.err());
    }
  }

  @Test
  void namesThePhotoWithoutATruth() throws IOException {
    Files.delete(place.resolve("truth").resolve("a.png"));
    CommandRun run =
        CommandRun.of("compress", model, "--photos", photos, "--truth", place.resolve("truth"));
    assertEquals(1, run.exitCode());
    assertEquals(
        place.resolve("truth").resolve("a.png")
            + ": error[truth.missing]: there is no ground truth of this photo",
        run.err().lines().findFirst().orElseThrow());
  }

  /** Skips of residual blocks, tables of each frame's statistics. */
  @Test
  void takesNormalisedNetworks() throws IOException {
    Path style = SharedFiles.require("models/style_magenta_wave.onnx");
    Files.copy(SharedFiles.require("images/kodak/kodim23.png"), photos.resolve("b.png"));
    Files.delete(photos.resolve("a.png"));
    JsonNode seen =
        json(
            "compress",
            style,
            "--photos",
            photos,
            "--frame",
            "64x48",
            "--codec",
            "med:0,med:2",
            "--json");
    assertEquals(15, seen.get("maps").size());
    assertEquals(1, seen.at("/totals/0/outputSsim").asDouble());
    assertTrue(seen.at("/totals/1/outputSsim").asDouble() > 0.8, seen.get("totals").toString());
    assertTrue(seen.at("/totals/1/ratio").asDouble() > seen.at("/totals/0/ratio").asDouble());
  }
}
