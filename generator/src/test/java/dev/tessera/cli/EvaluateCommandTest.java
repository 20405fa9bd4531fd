package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.api.NormalisedModel;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Photo;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a design makes of many photos, from the command line. */
@Tag("fast")
class EvaluateCommandTest {
  private static final FrameSize LARGE = new FrameSize(60, 40);

  @TempDir private Path place;

  private Path model;
  private Path photos;

  @BeforeEach
  void makeModelAndPhotos() throws IOException {
    model = NormalisedModel.write(place);
    photos = Files.createDirectories(place.resolve("photos"));
    for (int seed = 1; seed <= 2; seed++) {
      Rgb photo = Photo.pattern(LARGE, seed).picture();
      // The second one is dark, so that its statistics are not those of the first.
      for (int i = 0; seed == 2 && i < photo.data().length; i++) {
        photo.data()[i] = (byte) ((photo.data()[i] & 0xff) / 4);
      }
      Png.write(photos.resolve("photo" + seed + ".png"), photo);
    }
  }

  private Path design(String... more) {
    Path design = place.resolve("design" + more.length + (more.length > 0 ? more[1] : ""));
    Object[] words = new Object[more.length + 8];
    Object[] first = {"generate", model, "--frame", "48x32", "--multipliers", 60, "--out", design};
    System.arraycopy(first, 0, words, 0, first.length);
    System.arraycopy(more, 0, words, first.length, more.length);
    CommandRun made = CommandRun.of(words);
    assertEquals(0, made.exitCode(), made.err());
    return design;
  }

  private JsonNode evaluated(Path design, int hold) throws IOException {
    CommandRun run =
        CommandRun.of("evaluate", design, "--photos", photos, "--hold", hold, "--json");
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void everyPhotoIsComparedWithTheFloatNetwork() throws IOException {
    JsonNode host = evaluated(design("--norm", "host"), 1);
    assertEquals("host", host.get("norm").asText());
    assertEquals(2, host.get("photos").size());
    assertEquals("photo1.png", host.at("/photos/0/name").asText());
    double first = host.at("/photos/0/psnr").asDouble();
    double second = host.at("/photos/1/psnr").asDouble();
    assertEquals((first + second) / 2, host.get("psnr").asDouble(), 1e-9);
    assertEquals(Math.min(first, second), host.get("leastPsnr").asDouble());
    assertTrue(first > 30 && second > 30, host.toString());
    assertTrue(host.get("ssim").asDouble() > 0.95, host.toString());

    String table = CommandRun.of("evaluate", design("--norm", "host"), "--photos", photos).out();
    assertTrue(table.contains("photo2.png") && table.contains("mean"), table);
  }

  /** Typical tables do not suit a dark photo; after some frames its own sums have made others. */
  @Test
  void aPhotoThatIsHeldSettles() throws IOException {
    Path design = design("--norm", "temporal");
    double typical = evaluated(design, 1).at("/photos/1/psnr").asDouble();
    double settled = evaluated(design, 4).at("/photos/1/psnr").asDouble();
    assertTrue(settled > typical + 3, typical + " dB, then " + settled);
  }

  @Test
  void cropsOfAPhotoComeCloserThanTypicalTables() throws IOException {
    Path crops = design("--norm", "thumbnail", "--top", "memory", "--crop", "16x10");
    Path typical = design("--norm", "temporal");
    double measured = evaluated(crops, 1).at("/photos/1/psnr").asDouble();
    assertTrue(measured > evaluated(typical, 1).at("/photos/1/psnr").asDouble() + 3);
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    Path design = design();
    assertEquals(2, CommandRun.of("evaluate", design, "--photos", photos, "--hold", 0).exitCode());
    CommandRun none = CommandRun.of("evaluate", design, "--photos", place.resolve("no"));
    assertEquals(1, none.exitCode());
    assertTrue(none.err().contains("error[calibration.missing]"), none.err());
    Path codes = place.resolve("codes");
    CommandRun made =
        CommandRun.of(
            "generate",
            model,
            "--until",
            "clipped",
            "--frame",
            "48x32",
            "--multipliers",
            60,
            "--out",
            codes);
    assertEquals(0, made.exitCode(), made.err());
    CommandRun refused = CommandRun.of("evaluate", codes, "--photos", photos);
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("error[evaluate.codes]"), refused.err());
    assertTrue(CommandRun.of("evaluate", place, "--photos", photos).err().contains("design."));
  }
}
