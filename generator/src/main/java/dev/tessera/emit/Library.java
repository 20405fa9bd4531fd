package dev.tessera.emit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files under {@code templates/}: library RTL and Velocity templates. */
public final class Library {
  private Library() {}

  /** Contents of a file, its path relative to {@code templates/}. */
  public static String text(String file) {
    try (InputStream in = Library.class.getResourceAsStream("/templates/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no library file templates/" + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The name of a file without its folders: library modules lie side by side in a design. */
  public static String fileName(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
