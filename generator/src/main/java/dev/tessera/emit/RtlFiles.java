package dev.tessera.emit;

import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.RtlModule;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Library sources and memory images of units as files. */
final class RtlFiles {
  private RtlFiles() {}

  /**
   * Adds what {@code module} needs to {@code files} (name to contents, in the order in which tools
   * read them).
   */
  static void add(Map<String, String> files, RtlModule module) {
    add(files, module.sources());
    module.texts().forEach((name, text) -> add(files, name, text));
    module.memories().forEach(memory -> add(files, memory));
  }

  /** Adds library files that are not among {@code files} yet. */
  static void add(Map<String, String> files, List<String> sources) {
    for (String source : sources) {
      files.computeIfAbsent(Library.fileName(source), name -> Library.text(source));
    }
  }

  /** Adds a memory image to {@code files}. */
  static void add(Map<String, String> files, MemoryImage memory) {
    add(files, memory.file(), hex(memory));
  }

  private static void add(Map<String, String> files, String name, String text) {
    String former = files.put(name, text);
    if (former != null && !former.equals(text)) {
      throw new IllegalStateException("two files are called " + name);
    }
  }

  /** Contents of a {@code $readmemh} file: one word per line, all digits written. */
  static String hex(MemoryImage memory) {
    int digits = (memory.width() + 3) / 4;
    StringBuilder text = new StringBuilder(memory.words().size() * (digits + 1));
    for (BigInteger word : memory.words()) {
      if (word.signum() < 0 || word.bitLength() > memory.width()) {
        throw new IllegalStateException(
            memory.file() + ": " + word + " is not of " + memory.width() + " bits");
      }
      String value = word.toString(16);
      text.append("0".repeat(digits - value.length())).append(value).append('\n');
    }
    return text.toString();
  }
}
