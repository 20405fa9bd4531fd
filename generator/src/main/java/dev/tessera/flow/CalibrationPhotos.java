package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The photos of a folder. */
final class CalibrationPhotos {
  /** More photos than this do not change the ranges, only the time. */
  static final int MOST = 32;

  private static final String BUILT_IN = "/calibration";

  private CalibrationPhotos() {}

  /**
   * The PNG files of {@code folder} in order of name, evenly thinned to {@link #MOST}.
   *
   * @throws TesseraException {@code calibration.missing}, {@code calibration.empty} or what {@link
   *     Png#read} throws
   */
  static List<Rgb> load(Path folder) {
    return files(folder).stream().map(file -> FileFault.in(file, () -> Png.read(file))).toList();
  }

  /** The files that {@link #load} reads. */
  static List<Path> files(Path folder) {
    List<Path> files = all(folder);
    List<Path> chosen = new ArrayList<>();
    int count = Math.min(MOST, files.size());
    for (int i = 0; i < count; i++) {
      chosen.add(files.get(i * files.size() / count));
    }
    return chosen;
  }

  /** All PNG files of {@code folder} in order of name. */
  static List<Path> all(Path folder) {
    return FileFault.in(folder, () -> list(folder));
  }

  /** The photos that come with Tessera, for users without photos of their own. */
  static List<Rgb> builtIn() {
    try {
      URI place = CalibrationPhotos.class.getResource(BUILT_IN).toURI();
      if (!"jar".equals(place.getScheme())) {
        return load(Path.of(place));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return load(jar.getPath(BUILT_IN));
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<Path> list(Path folder) {
    String hint = "name a folder of PNG photos like those the network will see";
    if (!Files.isDirectory(folder)) {
      String sentence =
          Files.exists(folder) ? "is not a folder" : "the folder of photos does not exist";
      throw TesseraException.input("calibration.missing", "", sentence, hint);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.filter(CalibrationPhotos::isPng).sorted().toList();
      if (files.isEmpty()) {
        throw TesseraException.input(
            "calibration.empty", "", "the folder holds no PNG photo", hint);
      }
      return files;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static boolean isPng(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") && Files.isRegularFile(file);
  }
}
