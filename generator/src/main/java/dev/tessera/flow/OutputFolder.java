package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.report.HtmlReport;
import dev.tessera.report.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is filled under a temporary name beside its place
 * and renamed at the end. What is left of a failed or interrupted run is deleted.
 *
 * <p>A former design in the same place is replaced; any other folder with contents is refused.
 */
public final class OutputFolder implements AutoCloseable {
  /** The file by which a folder is known to be a design of ours. */
  public static final String MARK = "design.json";

  /** So many runs that finish at the same moment in the same place make way for each other. */
  private static final int MOST_OTHERS = 100;

  private final Path named;
  private final Path target;
  private final Path temporary;
  private final Thread cleaner;

  private OutputFolder(Path named, Path target, Path temporary) {
    this.named = named;
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
      return new OutputFolder(target, place, temporary);
    } catch (IOException fault) {
      throw TesseraException.input(
          "out.unwritable",
          "",
          "the output folder cannot be created: " + reason(fault),
          "choose another place with --out DIR");
    }
  }

  /**
   * Refuses a folder that holds no design.
   *
   * @throws TesseraException {@code design.missing}
   */
  static void requireDesign(Path folder) {
    if (!Files.exists(folder.resolve(MARK))) {
      throw TesseraException.input(
          "design.missing",
          "",
          "is not the folder of a generated design",
          "name a folder that tessera generate wrote");
    }
  }

  /** Writes what was measured of the design in {@code folder}, and its report anew. */
  static void measured(Path folder, String name, Object value) throws IOException {
    Path fresh = folder.resolve(name + ".new");
    Files.writeString(fresh, Json.text(value));
    Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    HtmlReport.write(folder);
  }

  /** Work that writes into the folder. */
  @FunctionalInterface
  interface Filling<T> {
    T run() throws IOException;
  }

  /**
   * Runs {@code filling}.
   *
   * @throws FileFault {@code out.unwritable} if a file cannot be written, for example because the
   *     disk is full
   */
  <T> T filled(Filling<T> filling) {
    try {
      return filling.run();
    } catch (IOException fault) {
      throw unwritable(fault);
    } catch (UncheckedIOException fault) {
      throw unwritable(fault.getCause());
    }
  }

  private FileFault unwritable(IOException fault) {
    return FileFault.of(
        named,
        TesseraException.input(
            "out.unwritable",
            "",
            "the output folder cannot be written: " + reason(fault),
            "make room, or choose another place with --out DIR"));
  }

  /** The temporary folder to fill. */
  Path path() {
    return temporary;
  }

  /** Gives the folder its name; what lay there before is gone. */
  void publish() {
    filled(
        () -> {
          replace(temporary, target, sibling(target, "old"));
          return null;
        });
  }

  /**
   * Gives {@code fresh} the name {@code target}; what lies there is moved to {@code former} and
   * deleted, also where other runs do the same in this moment: the last one stays.
   */
  static void replace(Path fresh, Path target, Path former) throws IOException {
    for (int others = 0; !replaced(fresh, target, former); others++) {
      if (others == MOST_OTHERS) {
        throw new FileSystemException(target.toString(), null, "others write there too");
      }
    }
  }

  private static boolean replaced(Path fresh, Path target, Path former) throws IOException {
    try {
      Files.move(target, former);
    } catch (NoSuchFileException nothingThere) {
      // The place is free.
    }
    try {
      Files.move(fresh, target);
    } catch (IOException fault) {
      if (Files.exists(target)) {
        deleteQuietly(former);
        return false;
      }
      if (Files.exists(former)) {
        Files.move(former, target);
      }
      throw fault;
    }
    deleteQuietly(former);
    return true;
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
    if (fault instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (fault instanceof FileAlreadyExistsException at) {
      return at.getFile() + " is no folder";
    }
    if (fault instanceof NoSuchFileException) {
      return "nothing can be made there";
    }
    boolean told = fault instanceof FileSystemException at && at.getReason() != null;
    return told ? ((FileSystemException) fault).getReason() : String.valueOf(fault.getMessage());
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
