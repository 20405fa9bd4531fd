package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class OutputFolderTest {
  @TempDir private Path place;

  @Test
  void appearsOnlyWhenPublished() throws IOException {
    Path target = place.resolve("deep/design");
    try (OutputFolder folder = OutputFolder.create(target)) {
      Files.writeString(folder.path().resolve(OutputFolder.MARK), "{}");
      assertEquals(false, Files.exists(target));
      folder.publish();
    }
    assertEquals(List.of("design"), names(place.resolve("deep")));
    assertEquals("{}", Files.readString(target.resolve(OutputFolder.MARK)));
  }

  @Test
  void leavesNothingBehindWhenNotPublished() throws IOException {
    try (OutputFolder folder = OutputFolder.create(place.resolve("design"))) {
      Files.createDirectories(folder.path().resolve("rtl"));
      Files.writeString(folder.path().resolve("rtl/top.v"), "module top;");
    }
    assertEquals(List.of(), names(place));
  }

  @Test
  void replacesAFormerDesignWhole() throws IOException {
    Path target = Files.createDirectory(place.resolve("design"));
    Files.writeString(target.resolve(OutputFolder.MARK), "{}");
    Files.writeString(target.resolve("simulation.json"), "{}");
    try (OutputFolder folder = OutputFolder.create(target)) {
      Files.writeString(folder.path().resolve(OutputFolder.MARK), "{\"new\":1}");
      folder.publish();
    }
    assertEquals(List.of("design"), names(place));
    assertEquals(List.of(OutputFolder.MARK), names(target));
  }

  @Test
  void keepsAFormerDesignWhenTheNewOneFails() throws IOException {
    Path target = Files.createDirectory(place.resolve("design"));
    Files.writeString(target.resolve(OutputFolder.MARK), "former");
    try (OutputFolder folder = OutputFolder.create(target)) {
      Files.writeString(folder.path().resolve(OutputFolder.MARK), "new");
    }
    assertEquals("former", Files.readString(target.resolve(OutputFolder.MARK)));
  }

  @Test
  void refusesAFolderThatIsNotOurs() throws IOException {
    Files.writeString(place.resolve("letter.txt"), "mine");
    var fault = assertThrows(TesseraException.class, () -> OutputFolder.create(place));
    assertEquals("out.foreign", fault.diagnostic().code());
    assertEquals(List.of("letter.txt"), names(place));
  }

  @Test
  void refusesAPlaceBelowAFile() throws IOException {
    Path file = Files.writeString(place.resolve("file"), "");
    var fault =
        assertThrows(TesseraException.class, () -> OutputFolder.create(file.resolve("design")));
    assertEquals("out.unwritable", fault.diagnostic().code());
    assertEquals(TesseraException.Kind.INPUT, fault.kind());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
