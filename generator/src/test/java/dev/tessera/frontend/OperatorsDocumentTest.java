package dev.tessera.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The document of supported operators and codes is complete and true. */
@Tag("fast")
class OperatorsDocumentTest {
  private static final Path TOP = Path.of(System.getProperty("tessera.top", ".."));

  @Test
  void everyOperatorIsInTheTable() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (String line : document().lines().toList()) {
      if (line.startsWith("| ") && !line.startsWith("| `")) {
        listed.addAll(List.of(line.substring(2, line.indexOf('|', 2)).strip().split(", ")));
      }
    }
    listed.removeAll(List.of("operator", "code"));
    assertEquals(new TreeSet<>(List.of(Operators.names().split(", "))), listed);
  }

  @Test
  void everyCodeIsInTheTable() throws IOException {
    String document = document();
    List<String> missing = new ArrayList<>();
    int seen = 0;
    for (String room : List.of("frontend", "pass")) {
      try (Stream<Path> files =
          Files.list(TOP.resolve("generator/src/main/java/dev/tessera").resolve(room))) {
        for (Path file : files.sorted().toList()) {
          Matcher code =
              Pattern.compile("\"((?:onnx|graph)\\.[a-z]+)\"").matcher(Files.readString(file));
          while (code.find()) {
            seen++;
            if (!document.contains("`" + code.group(1) + "`")) {
              missing.add(code.group(1));
            }
          }
        }
      }
    }
    assertTrue(seen > 50, "found only " + seen + " codes");
    assertEquals(List.of(), missing);
  }

  private static String document() throws IOException {
    return Files.readString(TOP.resolve("docs/operators.md"));
  }
}
