package dev.tessera.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.hw.HardwareUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of units in the documents is the catalogue. */
@Tag("fast")
class UnitsDocumentTest {
  private static final Path TABLE =
      Path.of(System.getProperty("tessera.top", ".."), "docs", "units", "README.md");

  @Test
  void hasOneRowForEveryUnit() throws IOException {
    List<String> rows =
        Files.readAllLines(TABLE).stream().filter(line -> line.startsWith("| `")).toList();
    List<String> expected = Units.all().stream().map(UnitsDocumentTest::row).toList();
    assertEquals(String.join("\n", expected), String.join("\n", rows));
  }

  private static String row(HardwareUnit<?> unit) {
    return "| `" + unit.kind() + "` | " + unit.summary() + " |";
  }
}
