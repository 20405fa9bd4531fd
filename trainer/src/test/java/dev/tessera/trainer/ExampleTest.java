package dev.tessera.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.TensorProto;
import dev.tessera.image.Bicubic;
import dev.tessera.image.Png;
import dev.tessera.image.Quality;
import dev.tessera.image.Rgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files in the folder of examples keep what their cards promise. */
@Tag("fast")
class ExampleTest {
  private static final Path TOP = Path.of(System.getProperty("tessera.top", ".."));
  private static final Path EXAMPLES = TOP.resolve("examples");

  @Test
  void theNetworkIsSmall() throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(EXAMPLES.resolve("sr_x2.onnx")));
    long parameters = 0;
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      parameters += tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    }
    assertTrue(parameters > 1000 && parameters <= 25000, parameters + " parameters");
    String card = Files.readString(EXAMPLES.resolve("sr_x2.md"));
    assertTrue(card.contains(String.format(Locale.ROOT, "%,d parameters", parameters)), card);
  }

  @Test
  void theNetworkBeatsBicubicOnSet5ByWhatItsCardSays() throws IOException {
    Path shared =
        Path.of(System.getProperty("tessera.shared", TOP.resolve("../shared").toString()));
    Path set5 = shared.resolve("images/set5");
    assumeTrue(Files.isDirectory(set5), "skipped: shared pictures images/set5 are not there");
    byte[] model = Files.readAllBytes(EXAMPLES.resolve("sr_x2.onnx"));
    List<Evaluation.Score> scores = Evaluation.score(model, set5, set5.resolve("lr_x2"));
    assertEquals(5, scores.size());
    String card = Files.readString(EXAMPLES.resolve("sr_x2.md"));
    double gain = 0;
    for (Evaluation.Score score : scores) {
      gain += (score.model() - score.bicubic()) / scores.size();
      Matcher row =
          Pattern.compile("\\| " + score.name() + " \\| ([0-9.]+) \\| ([0-9.]+) \\|").matcher(card);
      assertTrue(row.find(), "the card lacks a row for " + score.name());
      assertEquals(Double.parseDouble(row.group(1)), score.model(), 0.01, score.name());
      assertEquals(Double.parseDouble(row.group(2)), score.bicubic(), 0.01, score.name());
    }
    assertTrue(gain >= 2, "only " + gain + " dB above bicubic");
  }

  @Test
  void theExamplePhotoIsTheReductionOfItsTruth() {
    Rgb photo = Png.read(EXAMPLES.resolve("photo.png"));
    Rgb truth = Png.read(EXAMPLES.resolve("photo_truth.png"));
    assertEquals("320x180", photo.width() + "x" + photo.height());
    assertArrayEquals(Bicubic.resize(truth, 320, 180).data(), photo.data());
    Rgb enlarged = Bicubic.resize(photo, truth.width(), truth.height());
    assertTrue(Quality.psnrY(enlarged, truth, 2) > 25);
  }

  @Test
  void thereAreFiveCalibrationPictures() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve("calibration"))) {
      List<Path> pictures = files.filter(f -> f.toString().endsWith(".png")).toList();
      assertEquals(5, pictures.size());
      for (Path picture : pictures) {
        Rgb square = Png.read(picture);
        assertEquals("128x128", square.width() + "x" + square.height());
      }
    }
  }
}
