package dev.tessera.cli;

import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is filled under a temporary name beside its place
 * and renamed at the end. What is left of a failed or interrupted run is deleted.
 *
 * <p>A former design in the same place is replaced; any other folder with contents is refused.
 */
final class OutputFolder implements AutoCloseable {
  /** The file by which a folder is known to be a design of ours. */
  static final String MARK = "design.json";

  private final Path target;
  private final Path temporary;
  private final Thread cleaner;

  private OutputFolder(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
    this.cleaner = new Thread(() -> deleteQuietly(temporary), "clean-output");
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /**
   * An empty folder that will become {@code target}.
   *
   * @throws TesseraException {@code out.foreign} if something else lies there, {@code
   *     out.unwritable} if its parent takes no new folder
   */
  static OutputFolder create(Path target) {
    Path place = target.toAbsolutePath().normalize();
    refuseForeign(place);
    try {
      if (Files.isSymbolicLink(place)) {
        place = place.toRealPath();
      }
      Path parent = place.getParent();
      Files.createDirectories(parent);
      Path temporary = sibling(place, "new");
      Files.createDirectory(temporary);
      return new OutputFolder(place, temporary);
    } catch (IOException fault) {
      throw TesseraException.input(
          "out.unwritable",
          "",
          "the output folder cannot be created: " + reason(fault),
          "choose another place with --out DIR");
    }
  }

  /** The temporary folder to fill. */
  Path path() {
    return temporary;
  }

  /** Gives the folder its name; what lay there before is gone. */
  void publish() {
    try {
      if (Files.exists(target)) {
        Path former = sibling(target, "old");
        Files.move(target, former);
        try {
          Files.move(temporary, target);
        } catch (IOException fault) {
          Files.move(former, target);
          throw fault;
        }
        deleteQuietly(former);
      } else {
        Files.move(temporary, target);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Deletes the temporary folder unless it was published. */
  @Override
  public void close() {
    deleteQuietly(temporary);
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException inShutdown) {
      // The hook is running already and does the same.
    }
  }

  private static void refuseForeign(Path place) {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw TesseraException.input(
          "out.foreign", "", "is not a folder", "choose another place with --out DIR");
    }
    try (Stream<Path> entries = Files.list(place)) {
      if (!Files.exists(place.resolve(MARK)) && entries.findAny().isPresent()) {
        throw TesseraException.input(
            "out.foreign",
            "",
            "holds files that are not a generated design",
            "empty it, or choose another place with --out DIR");
      }
    } catch (IOException fault) {
      throw TesseraException.input(
          "out.unwritable", "", "cannot be read: " + reason(fault), "choose another --out DIR");
    }
  }

  private static Path sibling(Path place, String role) {
    String name = "." + place.getFileName() + "." + role + "-" + ProcessHandle.current().pid();
    return place.resolveSibling(name);
  }

  private static String reason(IOException fault) {
    String kind = fault.getClass().getSimpleName().replace("Exception", "");
    return fault.getMessage() == null ? kind : kind + " " + fault.getMessage();
  }

  private static void deleteQuietly(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Deleter());
    } catch (IOException fault) {
      // Left-overs in a hidden folder harm nobody; the fault that led here matters more.
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
