package dev.tessera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules about files as such: their length, and the truth of the commands that documents show. */
@Tag("fast")
class ProjectFilesTest {
  private static final Path TOP =
      Path.of(System.getProperty("tessera.top", "..")).toAbsolutePath().normalize();

  /** Greatest number of lines by file name ending. */
  private static final Map<String, Integer> LIMITS =
      new TreeMap<>(
          Map.of(
              ".java", 400, ".scala", 400, ".cpp", 400, ".h", 400, ".sv", 250, ".v", 250, ".vm",
              120));

  private static final List<String> SOURCES =
      List.of(
          "generator/src",
          "templates",
          "testbench",
          "onnx-proto/src",
          "bridge/src",
          "examples/bridge/src");

  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\s*(?:\\$ )?(make|\\./tessera)(?:[ \\t]+([a-z-]+))?");

  @Test
  void noFileOutgrowsItsRoom() throws IOException {
    List<String> tooLong = new ArrayList<>();
    int seen = 0;
    for (String folder : SOURCES) {
      for (Path file : files(TOP.resolve(folder))) {
        Integer limit = limit(file);
        if (limit == null) {
          continue;
        }
        seen++;
        long lines = Files.readString(file).lines().count();
        if (lines > limit) {
          tooLong.add(TOP.relativize(file) + ": " + lines + " lines, at most " + limit);
        }
      }
    }
    assertTrue(seen > 20, "the walk found only " + seen + " sources");
    assertEquals(List.of(), tooLong);
  }

  @Test
  void everyMakeTargetInADocumentExists() throws IOException {
    String makefile = Files.readString(TOP.resolve("Makefile"));
    List<String> shown = commands("make");
    assertTrue(shown.containsAll(List.of("demo", "test")), "README must show make demo and test");
    for (String target : shown) {
      assertTrue(
          Pattern.compile("(?m)^" + target + ":").matcher(makefile).find(),
          "documents show 'make " + target + "', but the Makefile has no such target");
    }
  }

  @Test
  void everyTesseraCommandInADocumentExists() throws IOException {
    Path commands = TOP.resolve("generator/src/main/java/dev/tessera/cli");
    StringBuilder sources = new StringBuilder();
    for (Path file : files(commands)) {
      sources.append(Files.readString(file));
    }
    List<String> shown = commands("./tessera");
    assertFalse(shown.isEmpty());
    for (String command : shown) {
      assertTrue(
          Pattern.compile("name = \"" + command + "\"").matcher(sources).find(),
          "documents show './tessera " + command + "', but there is no such command");
    }
  }

  @Test
  void continuousIntegrationRunsWhatTheReadmePromises() throws IOException {
    String script = Files.readString(TOP.resolve(".ci/run"));
    assertTrue(script.contains("make test"), script);
  }

  /** The words after {@code program} in the code blocks of every document. */
  private static List<String> commands(String program) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path document : documents()) {
      boolean inCode = false;
      for (String line : Files.readAllLines(document)) {
        if (line.strip().startsWith("```")) {
          inCode = !inCode;
        }
        Matcher command = COMMAND.matcher(line);
        if (inCode && command.find() && command.group(1).equals(program)) {
          if (command.group(2) != null) {
            found.add(command.group(2));
          }
        }
      }
    }
    return found;
  }

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>(files(TOP.resolve("docs")));
    for (String file :
        List.of(
            "README.md", "CONTRIBUTING.md", "examples/README.md", "examples/bridge/README.md")) {
      found.add(TOP.resolve(file));
    }
    found.removeIf(file -> !file.toString().endsWith(".md"));
    return found;
  }

  private static Integer limit(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? null : LIMITS.get(name.substring(dot));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
