package dev.tessera.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Trained models and photos beside the repository; tests that need them skip where they miss. */
public final class SharedFiles {
  private SharedFiles() {}

  /** The top folder of the repository. */
  public static Path top() {
    return Path.of(System.getProperty("tessera.top", ".."));
  }

  /** The file, or a visibly skipped test. */
  public static Path require(String relative) {
    Path top = top();
    Path shared =
        Path.of(System.getProperty("tessera.shared", top.resolve("../shared").toString()));
    Path file = shared.resolve(relative);
    assumeTrue(Files.exists(file), "skipped: shared file " + relative + " is not there");
    return file;
  }
}
