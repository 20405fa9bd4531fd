package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.golden.DesignFile;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import dev.tessera.num.NormTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with a branch that gives the statistics of their layers, from the command line. */
class LearnedCommandTest {
  private static final int CHANNELS = 6;

  @TempDir private Path place;

  /** A network that normalises twice, the second time phases that share their statistics. */
  private static OnnxBuilder network() {
    OnnxBuilder b = new OnnxBuilder(13, 5).frame(3);
    b.conv("first", "x", 3, CHANNELS, 3);
    normalize(b, "same", "first", CHANNELS, 1, 0);
    b.node("Relu", "clipped", "same");
    b.node("ConvTranspose", "large", "clipped", b.random(0.3, CHANNELS, 3, 2, 2), b.random(1, 3));
    b.set("strides", new long[] {2, 2});
    normalize(b, "y", "large", 3, 45, 120);
    return b;
  }

  private static void normalize(
      OnnxBuilder b, String out, String in, int channels, float gain, float bias) {
    float[] scale = new float[channels];
    float[] offset = new float[channels];
    Arrays.fill(scale, gain);
    Arrays.fill(offset, bias);
    b.node("InstanceNormalization", out, in, b.floats(scale), b.floats(offset));
  }

  /** The same and what a branch of random weights says. */
  private static OnnxBuilder branched(int said) {
    OnnxBuilder b = network();
    b.node("AveragePool", "thumbnail", "x").set("kernel_shape", new long[] {4, 4});
    b.set("strides", new long[] {4, 4});
    b.conv("seen", "thumbnail", 3, 8, 3).node("Relu", "features", "seen");
    b.node("GlobalAveragePool", "mean", "features");
    float[] usual = new float[said];
    Arrays.fill(usual, 0, CHANNELS, 0.02f);
    Arrays.fill(usual, 2 * CHANNELS, 2 * CHANNELS + Math.max(0, Math.min(3, said - 12)), 1f);
    b.node("Conv", "statistics", "mean", b.random(2e-4, said, 8, 1, 1), b.floats(usual));
    b.graph().addOutput(OnnxBuilder.port("statistics", 1, 1, said, 1, 1));
    return b;
  }

  private CommandRun generate(Path model, Object... more) {
    List<Object> words = new ArrayList<>(List.of("generate", model, "--multipliers", 150));
    words.addAll(List.of(more));
    if (words.stream().noneMatch(word -> String.valueOf(word).startsWith("--frame"))) {
      words.add("--frame=32x24");
    }
    return CommandRun.of(words.toArray());
  }

  private JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static Frame noise(Design design, int contrast) {
    Frame frame = new Frame(3, design.frameHeight(), design.frameWidth());
    Random random = new Random(contrast);
    Arrays.setAll(frame.data(), i -> random.nextInt(contrast));
    return frame;
  }

  /** The branch is part of the design and is its source of tables without being asked for. */
  @Test
  @Tag("sim")
  void tablesComeFromTheBranch() throws IOException {
    Path folder = place.resolve("design");
    CommandRun made = generate(branched(18).write(place), "--out", folder);
    assertEquals(0, made.exitCode(), made.err());
    assertTrue((made.out() + made.err()).contains("from the statistics branch"), made.err());
    assertEquals("learned", json(folder.resolve("design.json")).get("norm").asText());
    assertTrue(json(folder.resolve("design.json")).get("multipliers").asInt() <= 150);

    Design design = DesignFile.read(folder.resolve("design.tessera"));
    List<Frame> frames = List.of(noise(design, 40), noise(design, 90), noise(design, 200));
    List<Map<String, NormTable>> tables = Tables.following(design, frames);
    assertEquals(tables.get(0), tables.get(1));
    assertEquals(Tables.learned(design, frames.get(0)), tables.get(2));
    assertNotEquals(tables.get(0), tables.get(2));
    assertNotEquals(tables.get(2), Tables.learned(design, frames.get(2)));

    List<Object> words = new ArrayList<>(List.of("simulate", folder, "--frames", 12));
    for (int contrast : new int[] {40, 90, 200}) {
      words.addAll(List.of("--image", picture(contrast)));
    }
    assertTrue(simulated(words).get("bitExact").asBoolean());
    long planned =
        json(folder.resolve("design.json")).get("predicted").get("cyclesPerFrame").asLong();
    assertEquals(planned, simulated(words).get("cyclesPerFrame").asLong(), 0.01 * planned);
    words.addAll(List.of("--stall", "0.2"));
    assertTrue(simulated(words).get("bitExact").asBoolean());

    Path rtl = folder.resolve("rtl/ts_norm_branch.sv");
    String whole = Files.readString(rtl);
    for (String fault : List.of("place <= {bank, index}", "typical <= LW'(LAG)")) {
      String right = fault.replace("{bank", "{next").replace("(LAG)", "(LAG - 1)");
      assertTrue(whole.contains(right), right);
      Files.writeString(rtl, whole.replace(right, fault));
      assertEquals(4, CommandRun.of(words.toArray()).exitCode(), fault);
    }
  }

  private JsonNode simulated(List<Object> words) throws IOException {
    CommandRun run = CommandRun.of(words.toArray());
    assertEquals(0, run.exitCode(), run.err());
    return json(place.resolve("design/simulation.json"));
  }

  private Path picture(int contrast) {
    Path file = place.resolve(contrast + ".png");
    Random random = new Random(contrast);
    byte[] data = new byte[3 * 32 * 24];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) random.nextInt(contrast);
    }
    Png.write(file, new Rgb(32, 24, data));
    return file;
  }

  @Test
  @Tag("fast")
  void badRequestsAreRefused() throws IOException {
    Path folder = place.resolve("design");
    Path plain = network().write(Files.createDirectories(place.resolve("plain")));
    refused("norm.statistics", generate(plain, "--norm", "learned", "--out", folder));
    Path wrong = branched(17).write(Files.createDirectories(place.resolve("wrong")));
    refused("norm.statistics", generate(wrong, "--out", folder));
    Path model = branched(18).write(place);
    refused("norm.learned", generate(model, "--resizable", "--out", folder));
    refused("norm.learned", generate(model, "--tile=16x24", "--out", folder));
    CommandRun small = generate(model, "--norm=temporal", "--frame=5x4", "--out", folder);
    refused("norm.temporal", small);
    assertTrue(small.err().contains("choose 24 pixels or more"), small.err());
    assertTrue(Files.notExists(folder));
    CommandRun host = generate(model, "--norm", "host", "--out", folder);
    assertEquals(0, host.exitCode(), host.err());
    assertEquals("host", json(folder.resolve("design.json")).get("norm").asText());
  }

  private static void refused(String code, CommandRun run) {
    assertEquals(1, run.exitCode(), run.out());
    assertTrue(run.err().contains("error[" + code + "]"), run.err());
  }
}
