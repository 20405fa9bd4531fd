package dev.tessera.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes the JSON files of a design directory; keys keep the order of the records. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Json() {}

  /** The text of {@code value}, with a final line end. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON value: " + value.getClass(), e);
    }
  }

  /**
   * The record in {@code file}.
   *
   * @throws TesseraException {@code design.file} if it is missing or not what it should be
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return MAPPER.readValue(Files.readString(file), type);
    } catch (IOException e) {
      throw TesseraException.input(
          "design.file",
          file.getFileName().toString(),
          "not a readable file of a generated design",
          "generate the design again");
    }
  }
}
