package dev.tessera.api;

import dev.tessera.frontend.OnnxBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network with one normalised layer, whose table has a power of two of entries. */
public final class NormalisedModel {
  private NormalisedModel() {}

  /** Options of a small design of it, which lies below {@code folder}. */
  public static GenerateOptions small(Path folder) throws IOException {
    return GenerateOptions.of(write(folder)).withFrame(24, 16).withMultipliers(60);
  }

  /** Writes it below {@code folder}; the file. */
  public static Path write(Path folder) throws IOException {
    OnnxBuilder b = new OnnxBuilder(13, 5).frame(3).conv("first", "x", 3, 4, 3);
    String scale = b.floats(new float[] {1, 1, 1, 1});
    b.node("InstanceNormalization", "same", "first", scale, b.floats(new float[4]));
    b.node("Relu", "clipped", "same").conv("y", "clipped", 4, 3, 3);
    return b.write(Files.createDirectories(folder.resolve("normalised")));
  }
}
