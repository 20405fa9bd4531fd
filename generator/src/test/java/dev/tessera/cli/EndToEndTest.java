package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Photo;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small network from its file to the proven picture, as a user goes the way. */
class EndToEndTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 24;

  @TempDir private Path place;

  private Path model;
  private Path design;

  @BeforeEach
  void writeModel() throws IOException {
    model = place.resolve("tiny.onnx");
    Files.write(model, SmallModels.upscaler().toByteArray());
    design = place.resolve("a user's $(out) ünd \"so\"/tiny design");
  }

  @Test
  @Tag("fast")
  void jsonIsTheFileThatWasWritten() throws IOException {
    CommandRun run = generate("--json");
    assertEquals(Files.readString(design.resolve("design.json")), run.out());
    JsonNode json = json("design.json");
    assertEquals(WIDTH, json.at("/frame/width").asInt());
    assertEquals(2 * HEIGHT, json.at("/outputFrame/height").asInt());
    assertEquals("the bound of 45 multipliers", json.at("/limit").asText());
    assertTrue(json.at("/notes/0").asText().startsWith("tightest resource: "), json.toString());
    assertTrue(json.at("/predicted/latency/cycles").asInt() > 2 * WIDTH, json.toString());
    assertEquals(180L * WIDTH * HEIGHT, json.at("/macsPerFrame").asLong());
    assertTrue(json.at("/multipliers").asInt() <= 45, json.toString());
    // 180 products for each of the pixels, shared by at most 45 multipliers.
    assertTrue(json.at("/predicted/cyclesPerFrame").asInt() >= 4 * WIDTH * HEIGHT);
    for (String file : List.of("report.html", "rtl/tiny.v", "rtl/tiny.f")) {
      assertTrue(Files.isRegularFile(design.resolve(file)), file + " is missing");
    }
  }

  @ParameterizedTest
  @Tag("fast")
  @ValueSource(strings = {"--output", "--trace"})
  void aFileThatCannotBeWrittenIsRefusedBeforeTheSimulation(String option) {
    generate();
    CommandRun nowhere = CommandRun.of("simulate", design, option, place.resolve("none/file"));
    assertEquals(1, nowhere.exitCode());
    assertEquals(
        List.of(
            place.resolve("none/file")
                + ": error[out.unwritable]: the folder of this file does not exist or takes no files",
            "  hint: make the folder, or choose another place"),
        nowhere.err().lines().toList());
    CommandRun folder = CommandRun.of("simulate", design, option, place);
    assertEquals(1, folder.exitCode());
    assertEquals(
        List.of(place + ": error[out.unwritable]: is a folder", "  hint: name a file to write"),
        folder.err().lines().toList());
    assertFalse(Files.exists(design.resolve("build")));
  }

  @Test
  @Tag("fast")
  void freshMachinesWriteEqualBytes() throws IOException, InterruptedException {
    Map<String, String> first = generateInFreshJvm(place.resolve("first"));
    Map<String, String> second = generateInFreshJvm(place.resolve("second"));
    assertEquals(first.keySet(), second.keySet());
    first.forEach((file, text) -> assertEquals(text, second.get(file), file));
    first.forEach(
        (file, text) -> assertTrue(!text.contains(place.toString()), file + " names a folder"));
  }

  @Test
  @Tag("sim")
  void theHardwareMakesTheGoldenPicture() throws IOException {
    generate();
    Path photo = place.resolve("photo.png");
    Rgb picture = Photo.pattern(new FrameSize(WIDTH + 8, HEIGHT + 8), 3).picture();
    Png.write(photo, picture);
    Path output = place.resolve("big.png");
    CommandRun run =
        CommandRun.of(
            "simulate",
            design,
            "--image",
            photo,
            "--output",
            output,
            "--frames",
            3,
            "--stall",
            0.2);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode stalled = json("simulation.json");
    assertTrue(stalled.get("bitExact").asBoolean());
    assertEquals(0, stalled.get("mismatches").asInt());
    assertEquals(3, stalled.get("frames").asInt());
    Rgb made = Png.read(output);
    assertEquals(2 * WIDTH, made.width());
    assertEquals(2 * HEIGHT, made.height());

    CommandRun single = CommandRun.of("simulate", design, "--image", photo, "--frames", 1);
    assertEquals(0, single.exitCode(), single.err());
    assertTrue(single.out().contains("not measured: it takes --frames 2 or more"), single.out());
    assertFalse(json("simulation.json").has("cyclesPerFrame"), "a start-up time is no period");

    CommandRun free = CommandRun.of("simulate", design, "--image", photo, "--json");
    assertEquals(0, free.exitCode(), free.err());
    assertEquals(Files.readString(design.resolve("simulation.json")), free.out());
    double predicted = json("design.json").at("/predicted/cyclesPerFrame").asDouble();
    double measured = json("simulation.json").get("cyclesPerFrame").asDouble();
    assertEquals(1, measured / predicted, 0.01);
    assertTrue(Files.readString(design.resolve("report.html")).contains("bit-exact"));
  }

  @Test
  @Tag("sim")
  void aFlippedWeightIsAMismatch() throws IOException {
    generate();
    Path weights;
    try (Stream<Path> files = Files.list(design.resolve("rtl"))) {
      weights =
          files
              .filter(file -> file.getFileName().toString().matches(".*(weight|_w).*\\.hex"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    String image = Files.readString(weights);
    char digit = image.charAt(0) == '0' ? '1' : '0';
    Files.writeString(weights, digit + image.substring(1));
    CommandRun run = CommandRun.of("simulate", design, "--frames", 1);
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.err().contains("error[simulation.mismatch]"), run.err());
    assertTrue(run.err().contains("frame 0, row"), run.err());
  }

  private CommandRun generate(String... more) {
    Stream<Object> words = Stream.concat(arguments(design), Stream.of(more));
    CommandRun run = CommandRun.of(words.toArray());
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  private Stream<Object> arguments(Path out) {
    String frame = WIDTH + "x" + HEIGHT;
    return Stream.of(
        "generate", model, "--frame", frame, "--multipliers", "45", "--out", out.toString());
  }

  private Map<String, String> generateInFreshJvm(Path out)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()),
                arguments(out).map(String::valueOf))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), said);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(out)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(
            out.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(design.resolve(file).toFile());
  }
}
