package dev.tessera.base;

import java.nio.file.Path;

/** Where results are kept that can be made again. */
public final class UserCache {
  private UserCache() {}

  /** {@code tessera} in {@code $XDG_CACHE_HOME}, or in {@code ~/.cache} where that is not set. */
  public static Path folder() {
    String set = System.getenv("XDG_CACHE_HOME");
    Path base =
        set == null || set.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(set);
    return base.resolve("tessera").toAbsolutePath();
  }
}
