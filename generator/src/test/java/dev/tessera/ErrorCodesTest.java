package dev.tessera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.testing.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every code that the sources can print is explained in the documents, and no other. */
@Tag("fast")
class ErrorCodesTest {
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"((?:board|calibration|color|design|file|frame|graph|image|internal|layer|norm|onnx|out"
              + "|photo|plan|quantize|simulation|tool|train|truth)\\.[a-z-]+)\"");
  private static final Pattern FILE_NAME = Pattern.compile(".*\\.(json|onnx|png|tessera|txt|cpp)");
  private static final Pattern DOCUMENTED = Pattern.compile("`([a-z]+\\.[a-z-]+)`");

  @Test
  void sourcesAndDocumentsNameTheSameCodes() throws IOException {
    TreeSet<String> used = new TreeSet<>();
    for (String module : List.of("generator", "trainer", "bridge")) {
      try (Stream<Path> files = Files.walk(top().resolve(module).resolve("src/main"))) {
        files
            .filter(f -> f.toString().matches(".*\\.(java|scala)"))
            .forEach(f -> collect(f, LITERAL, used));
      }
    }
    used.removeIf(code -> FILE_NAME.matcher(code).matches() && !code.equals("board.json"));
    TreeSet<String> documented = new TreeSet<>();
    collect(top().resolve("docs/errors.md"), DOCUMENTED, documented);
    collect(top().resolve("docs/operators.md"), DOCUMENTED, documented);
    documented.removeIf(code -> !LITERAL.matcher('"' + code + '"').matches());
    documented.removeIf(code -> FILE_NAME.matcher(code).matches() && !code.equals("board.json"));
    assertTrue(used.size() > 40, "only " + used + " found: the pattern no longer matches");
    assertEquals(used, documented);
  }

  private static Path top() {
    return SharedFiles.top();
  }

  private static void collect(Path file, Pattern pattern, TreeSet<String> into) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      while (matcher.find()) {
        into.add(matcher.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
