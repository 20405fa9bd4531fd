package dev.tessera.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  void saysThatTheDiskIsFull() {
    IOException full = new FileSystemException("a.v", null, "No space left on device");
    Path target = place.resolve("design");
    try (OutputFolder folder = OutputFolder.create(target)) {
      FileFault fault =
          assertThrows(
              FileFault.class,
              () ->
                  folder.filled(
                      () -> {
                        throw full;
                      }));
      assertEquals(target, fault.file());
      assertEquals("out.unwritable", fault.fault().diagnostic().code());
      assertEquals(
          "the output folder cannot be written: No space left on device",
          fault.fault().diagnostic().sentence());
    }
  }

  @Test
  void runsThatEndTogetherLeaveOneWholeDesign() throws Exception {
    Path target = place.resolve("design");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        // Folders of one process share their temporary name, so every run has a path of its own.
        Path own = Files.createDirectory(place.resolve("new" + i));
        Files.writeString(own.resolve(OutputFolder.MARK), "{}");
        runs.add(
            () -> {
              OutputFolder.replace(own, target, place.resolve("old" + own.getFileName()));
              return null;
            });
      }
      for (Future<Void> run : pool.invokeAll(runs)) {
        run.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(List.of("design"), names(place));
    assertEquals(List.of(OutputFolder.MARK), names(target));
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
