package dev.tessera.api;

import dev.tessera.base.Sha256;
import dev.tessera.flow.FileFault;
import dev.tessera.frontend.OnnxReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The name of a design in a cache: a hash of all that decides it. */
final class ContentKey {
  private static final int BYTES = 16;

  /** The program itself, which does not change while it runs. */
  private static final byte[] PROGRAM = program();

  private ContentKey() {}

  static String of(GenerateOptions options) {
    return TesseraFailure.telling(
        () -> {
          MessageDigest digest = Sha256.digest();
          digest.update(PROGRAM);
          digest.update(options.text().getBytes(StandardCharsets.UTF_8));
          Path model = options.model();
          for (Path data : FileFault.in(model, () -> OnnxReader.externalFiles(model))) {
            add(digest, data);
          }
          for (Path file : options.files()) {
            add(digest, file);
          }
          for (Class<?> layer : options.layerClasses()) {
            add(digest, home(layer));
          }
          add(digest, model);
          String hash = HexFormat.of().formatHex(digest.digest(), 0, BYTES);
          String stem = String.valueOf(model.getFileName()).replaceAll("\\.[^.]*$", "");
          return stem.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + hash;
        });
  }

  private static byte[] program() {
    try {
      MessageDigest digest = Sha256.digest();
      add(digest, home(ContentKey.class));
      return digest.digest();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The jar or folder that a class comes from. */
  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** The contents of a file, or of every file below a folder, with their names. */
  private static void add(MessageDigest digest, Path place) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(place)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      byte[] contents = Files.readAllBytes(file);
      String head = place.relativize(file) + "\n" + contents.length + "\n";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update(contents);
    }
  }
}
