package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import dev.tessera.api.NormalisedModel;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Photo;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.image.Png;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that somebody broke on purpose: always a clear refusal or a sound design, soon, and no file
 * outside the output folder. {@code make fuzz INPUTS=N} tries N of each kind from another seed.
 */
@Tag("fast")
class HostileInputTest {
  private static final int INPUTS = Integer.getInteger("tessera.fuzz.inputs", 150);
  private static final long SEED = Long.getLong("tessera.fuzz.seed", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int DONE = 0;
  private static final int REFUSED = 1;

  private static int tried;
  private static int sound;

  @TempDir private Path place;

  private Path work;

  @BeforeEach
  void makeFolder() throws IOException {
    work = Files.createDirectory(place.resolve("work"));
  }

  @AfterAll
  static void tell() {
    System.out.println(
        tried + " hostile inputs from seed " + SEED + ", " + sound + " of them sound");
  }

  /** A command on a hostile file: {@code input} and, if it worked, only {@code out} are there. */
  private CommandRun run(String what, Object... words) throws IOException {
    tried++;
    CommandRun run =
        assertTimeoutPreemptively(PATIENCE, () -> CommandRun.of(words), () -> what + " hangs");
    boolean ended = run.exitCode() == DONE || run.exitCode() == REFUSED;
    assertTrue(ended, () -> what + ": exit code " + run.exitCode() + "\n" + run.err());
    assertEquals(
        run.exitCode() == REFUSED, run.err().contains("error["), () -> what + "\n" + run.err());
    sound += run.exitCode() == DONE ? 1 : 0;
    return run;
  }

  private static Set<String> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private void clean(Path out) throws IOException {
    if (Files.exists(out)) {
      try (Stream<Path> all = Files.walk(out)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private List<ModelProto> models() throws IOException {
    Path normalised = NormalisedModel.write(place);
    return List.of(SmallModels.upscaler(), ModelProto.parseFrom(Files.readAllBytes(normalised)));
  }

  @Test
  void modelsOfAnyContent() throws IOException {
    List<ModelProto> models = models();
    Path file = work.resolve("net.onnx");
    Path out = work.resolve("out");
    for (int i = 0; i < INPUTS; i++) {
      long seed = SEED * 1_000_003 + i;
      Message model = new ModelMutator(seed).mutated(models.get(i % models.size()));
      Files.write(file, model.toByteArray());
      String what = "model from seed " + seed;
      CommandRun run =
          run(what, "generate", file, "--frame", "24x16", "--multipliers", 60, "--out", out);
      Set<String> expected = new TreeSet<>(Set.of("net.onnx"));
      if (run.exitCode() == DONE) {
        below(out).forEach(made -> expected.add("out/" + made));
        plain(what, out);
      }
      assertEquals(expected, below(work), what);
      clean(out);
    }
  }

  /** No hostile name in any text that a tool reads. */
  private static void plain(String what, Path out) throws IOException {
    for (String name : below(out)) {
      if (name.matches(".*\\.(v|sv|f|tcl|xdc|sdc|xml|core|html)")) {
        String text = Files.readString(out.resolve(name));
        // The report shows names, as text; other tools get names that are made legal.
        List<String> names = List.of("<script>alert", "../escaped", "touch escaped", "\u2603");
        for (String hostile : name.endsWith(".html") ? names.subList(0, 1) : names) {
          assertFalse(text.contains(hostile), what + ": " + name + " contains " + hostile);
        }
      }
    }
  }

  /** {@code bytes} cut short, or with some of them changed. */
  private static byte[] damaged(byte[] bytes, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    byte[] changed = bytes.clone();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  @Test
  void damagedModels() throws IOException {
    byte[] model = SmallModels.upscaler().toByteArray();
    Path file = work.resolve("net.onnx");
    for (int i = 0; i < INPUTS; i++) {
      Files.write(file, damaged(model, new Random(SEED * 1_000_003 + i)));
      run("damaged model " + i, "inspect", file);
    }
  }

  @Test
  void damagedPhotos() throws IOException {
    Path model = Files.write(place.resolve("net.onnx"), SmallModels.upscaler().toByteArray());
    Path photo = Files.createDirectory(work.resolve("photos")).resolve("a.png");
    Png.write(photo, Photo.pattern(new FrameSize(40, 30), 1).picture());
    byte[] sound = Files.readAllBytes(photo);
    Path out = work.resolve("out");
    for (int i = 0; i < INPUTS / 3; i++) {
      Files.write(photo, damaged(sound, new Random(SEED * 1_000_003 + i)));
      run(
          "damaged photo " + i,
          "generate",
          model,
          "--frame",
          "24x16",
          "--multipliers",
          60,
          "--calibrate",
          photo.getParent(),
          "--out",
          out);
      clean(out);
    }
  }

  @Test
  void damagedBoards() throws IOException {
    Path model = Files.write(place.resolve("net.onnx"), SmallModels.upscaler().toByteArray());
    String top = System.getProperty("tessera.top", "..");
    byte[] sound = Files.readAllBytes(Path.of(top, "constraints", "zcu104.json"));
    Path board = work.resolve("board.json");
    Path out = work.resolve("out");
    for (int i = 0; i < INPUTS / 3; i++) {
      Random random = new Random(SEED * 1_000_003 + i);
      String text = new String(damaged(sound, random), StandardCharsets.ISO_8859_1);
      // Numbers beyond all bounds parse, where damaged characters mostly do not.
      String other =
          List.of("0", "-7", "1e99", "99999999999", "2147483647", "1.5", "null").get(i % 7);
      String numbers = new String(sound, StandardCharsets.UTF_8);
      String changed = i % 2 == 0 ? text : replaced(numbers, other, random);
      Files.writeString(board, changed);
      run(
          "board " + i + "\n" + changed,
          "generate",
          model,
          "--board",
          board,
          "--frame",
          "24x16",
          "--out",
          out);
      clean(out);
    }
  }

  /** {@code json} with one of its numbers replaced. */
  private static String replaced(String json, String number, Random random) {
    List<MatchResult> numbers =
        Pattern.compile("(?<=: )\\d+(\\.\\d+)?").matcher(json).results().toList();
    var chosen = numbers.get(random.nextInt(numbers.size()));
    return json.substring(0, chosen.start()) + number + json.substring(chosen.end());
  }

  @Test
  void damagedDesigns() throws IOException {
    Path model = Files.write(place.resolve("net.onnx"), SmallModels.upscaler().toByteArray());
    Path design = place.resolve("design");
    CommandRun made =
        CommandRun.of("generate", model, "--frame", "24x16", "--multipliers", 60, "--out", design);
    assertEquals(DONE, made.exitCode(), made.err());
    Path photos = Files.createDirectory(place.resolve("photos"));
    Png.write(photos.resolve("a.png"), Photo.pattern(new FrameSize(40, 30), 1).picture());
    for (String name : List.of("design.tessera", "design.json", "network.json", "network.onnx")) {
      Path file = design.resolve(name);
      byte[] sound = Files.readAllBytes(file);
      for (int i = 0; i < INPUTS / 5; i++) {
        Files.write(file, damaged(sound, new Random(SEED * 1_000_003 + i)));
        run("damaged " + name + " " + i, "evaluate", design, "--photos", photos);
      }
      Files.write(file, sound);
    }
  }
}
