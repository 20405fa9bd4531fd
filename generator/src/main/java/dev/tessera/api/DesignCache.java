package dev.tessera.api;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Designs by the hash of what they are made of. */
final class DesignCache {
  private static final String LOCK = ".lock";

  private DesignCache() {}

  /** The design in {@code folder}; one of several that ask at the same time makes it. */
  static synchronized GeneratedDesign get(Path folder, Supplier<GeneratedDesign> maker) {
    if (Files.exists(folder)) {
      return GeneratedDesign.in(folder);
    }
    return TesseraFailure.telling(
        () -> {
          Files.createDirectories(folder.getParent());
          Path lock = folder.resolveSibling(folder.getFileName() + LOCK);
          try (FileChannel channel =
                  FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
              FileLock held = channel.lock()) {
            boolean made = held.isValid() && Files.exists(folder);
            return made ? GeneratedDesign.in(folder) : maker.get();
          } finally {
            Files.deleteIfExists(lock);
          }
        });
  }
}
