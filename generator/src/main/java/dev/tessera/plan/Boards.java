package dev.tessera.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The boards that plans are made for. Known ones are the files {@code constraints/*.json}; a user
 * brings another as one file of the same form.
 */
public final class Boards {
  private static final String FOLDER = "/constraints";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private Boards() {}

  /** All known boards by name. */
  public static List<Board> all() {
    URL folder = Boards.class.getResource(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("no board data on the class path");
    }
    try {
      URI uri = folder.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return readAll(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return readAll(jar.getPath(FOLDER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The board called {@code board}, or the one in the file {@code board} where that ends in {@code
   * .json}.
   *
   * @throws TesseraException {@code board.unknown}, {@code board.file}, {@code board.json} or
   *     {@code board.field}
   */
  public static Board load(String board) {
    if (board.endsWith(".json")) {
      return read(Path.of(board));
    }
    List<Board> known = all();
    return known.stream()
        .filter(b -> b.name().equals(board))
        .findFirst()
        .orElseThrow(
            () ->
                TesseraException.input(
                    "board.unknown",
                    "",
                    "there is no board '" + board + "'",
                    "known boards: "
                        + String.join(", ", known.stream().map(Board::name).toList())
                        + "; or name a .json file of the same form"));
  }

  private static List<Board> readAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".json"))
          .sorted()
          .map(Boards::read)
          .toList();
    }
  }

  private static Board read(Path file) {
    String place = "board file '" + file.getFileName() + "'";
    Board board;
    try {
      board = JSON.readValue(Files.readString(file), Board.class);
    } catch (JsonProcessingException e) {
      throw TesseraException.input(
          "board.json",
          place,
          "the board file cannot be read: " + e.getOriginalMessage(),
          "compare it with a file of the folder constraints");
    } catch (IOException e) {
      throw TesseraException.input(
          "board.file", place, "the board file cannot be opened", "check its path");
    }
    List<String> faults = board.faults();
    if (!faults.isEmpty()) {
      throw TesseraException.input(
          "board.field",
          place,
          String.join("; ", faults),
          "compare it with a file of the folder constraints");
    }
    return board;
  }
}
