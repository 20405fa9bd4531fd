package dev.tessera.trainer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A photo that a Debian package ships.
 *
 * @param packageName name of the package
 * @param file path in the unpacked package
 * @param longSides the photo is used once for each, reduced so that its longer side has this many
 *     pixels
 * @param licence of the photo
 * @param author of the photo
 */
public record PhotoSource(
    String packageName, String file, List<Integer> longSides, String licence, String author) {
  private static final String LIST = "photos.csv";
  private static final int FIELDS = 5;

  public PhotoSource {
    longSides = List.copyOf(longSides);
  }

  /** The photos that the example network is trained on. */
  public static List<PhotoSource> all() {
    List<PhotoSource> photos = new ArrayList<>();
    try (InputStream stream = PhotoSource.class.getResourceAsStream(LIST);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          photos.add(parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(photos);
  }

  private static PhotoSource parse(String line) {
    String[] fields = line.split(" \\| ");
    if (fields.length != FIELDS) {
      throw new IllegalStateException(LIST + ": " + line);
    }
    List<Integer> sides = Arrays.stream(fields[2].split(" ")).map(Integer::valueOf).toList();
    return new PhotoSource(fields[0], fields[1], sides, fields[3], fields[4]);
  }
}
