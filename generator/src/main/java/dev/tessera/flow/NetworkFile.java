package dev.tessera.flow;

import dev.tessera.report.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a design's folder keeps of the float network, so that a simulation can compare with it: the
 * model itself and how picture codes and the network's values relate.
 *
 * @param color what the network sees
 * @param unit the network's value of one picture code, at its input and its output
 * @param picture whether the network makes a picture
 */
record NetworkFile(ColorMode color, double unit, boolean picture) {
  /** Refuses what a damaged file leaves out. */
  NetworkFile {
    Objects.requireNonNull(color);
    if (!(unit > 0)) {
      throw new IllegalArgumentException("a code stands for " + unit);
    }
  }

  private static final String FACTS = "network.json";
  private static final String MODEL = "network.onnx";

  /**
   * Writes both files into the design folder {@code folder}.
   *
   * @param model the bytes of an ONNX file
   */
  void write(Path folder, byte[] model) {
    try {
      Files.writeString(folder.resolve(FACTS), Json.text(this));
      Files.write(folder.resolve(MODEL), model);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Reads the facts from the design folder {@code folder}. */
  static NetworkFile read(Path folder) {
    return Json.read(folder.resolve(FACTS), NetworkFile.class);
  }

  /** The model in the design folder {@code folder}. */
  static Path model(Path folder) {
    return folder.resolve(MODEL);
  }
}
