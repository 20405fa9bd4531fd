package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Photo;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that cannot be met: one clear message each, its exit code, nothing half-written. */
@Tag("fast")
class BadRequestTest {
  @TempDir private Path place;

  private Path model;
  private Path out;

  @BeforeEach
  void writeModel() throws IOException {
    model = place.resolve("net.onnx");
    Files.write(model, SmallModels.upscaler().toByteArray());
    out = Files.createDirectory(place.resolve("results")).resolve("design");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(out.getParent())) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void theCalibrationFolderIsMissing() {
    Path folder = place.resolve("photos");
    assertRefused(
        generate("--calibrate", folder),
        folder + ": error[calibration.missing]: the folder of photos does not exist",
        "  hint: name a folder of PNG photos like those the network will see");
  }

  @Test
  void theCalibrationFolderHoldsNoPhoto() throws IOException {
    Path folder = Files.createDirectory(place.resolve("photos"));
    Files.writeString(folder.resolve("notes.txt"), "no photo");
    assertRefused(
        generate("--calibrate", folder),
        folder + ": error[calibration.empty]: the folder holds no PNG photo",
        "  hint: name a folder of PNG photos like those the network will see");
  }

  @Test
  void aCalibrationPhotoIsBroken() throws IOException {
    Path photo = Files.createDirectory(place.resolve("photos")).resolve("a.png");
    Files.writeString(photo, "no photo");
    assertRefused(
        generate("--calibrate", photo.getParent()),
        photo + ": error[image.format]: the file is not a readable PNG picture",
        "  at " + photo,
        "  hint: convert the picture to PNG");
  }

  @Test
  void theOutputCannotBeWritten() throws IOException {
    Path file = Files.writeString(place.resolve("file"), "");
    Path below = file.resolve("design");
    CommandRun run = CommandRun.of("generate", model, "--out", below);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(below + ": error[out.unwritable]: "), run.err());
  }

  @Test
  void theOutputFolderBelongsToSomebodyElse() throws IOException {
    Files.writeString(place.resolve("letter.txt"), "mine");
    CommandRun run = CommandRun.of("generate", model, "--calibrate", photos(), "--out", place);
    assertRefused(
        run,
        place + ": error[out.foreign]: holds files that are not a generated design",
        "  hint: empty it, or choose another place with --out DIR");
    assertEquals("mine", Files.readString(place.resolve("letter.txt")));
  }

  @Test
  void theModelIsAFolder() {
    model = place;
    assertRefused(
        generate(), place + ": error[onnx.file]: this is no file", "  hint: check the path");
  }

  @Test
  void theModelIsRefusedAfterNothingWasWritten() throws IOException {
    Files.write(model, SmallModels.dilated().toByteArray());
    assertRefused(
        generate(),
        model + ": error[onnx.kernel]: a dilated kernel that spans 41 x 41 is not supported",
        "  at node 'head' (Conv)",
        "  hint: kernels may span 33 x 33 pixels");
  }

  @Test
  void theColourModeDoesNotFit() throws IOException {
    assertRefused(
        generate("--color", "rgb", "--calibrate", photos()),
        model + ": error[color.channels]: the network takes 1 channel and a picture in RGB has 3",
        "  hint: networks that work on pictures take 1 channel (luma) or 3 (red, green, blue)");
  }

  @Test
  void theBoardIsUnknown() throws IOException {
    CommandRun run = generate("--board", "breadboard", "--calibrate", photos());
    assertEquals(1, run.exitCode());
    assertTrue(
        run.err().startsWith("tessera: error[board.unknown]: there is no board 'breadboard'"),
        run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --multipliers 0       | --multipliers 0 is not positive
          --multipliers 1000000000 | --multipliers 1000000000 is above 1,000,000
          --fps 1e30            | --fps 1.0E30 is above 1,000,000
          --fps -3              | --fps -3.0 is not positive
          --fps 30 --multipliers 9 | --multipliers and --fps exclude each other: one is the bound
          --live                | --live needs the source's --fps
          --precision int3      | invalid value for option '--precision': 'int3' is not int4 to int15
          --frame 64            | invalid value for option '--frame': '64' is not WIDTHxHEIGHT
          --frame 0x9           | invalid value for option '--frame': 0 is not a frame side of 1 to 16384
          --dilate 2            | unknown options: '--dilate', '2'
          """)
  void theCommandLineIsWrong(String options, String sentence) {
    CommandRun run = generate((Object[]) options.split(" "));
    assertEquals(2, run.exitCode());
    assertEquals(
        "tessera generate: error[usage]: " + sentence, run.err().lines().findFirst().orElseThrow());
  }

  @Test
  void theDesignToSimulateIsMissing() {
    Path nowhere = place.resolve("nowhere");
    assertRefused(
        CommandRun.of("simulate", nowhere),
        nowhere + ": error[design.missing]: is not the folder of a generated design",
        "  hint: name a folder that tessera generate wrote");
  }

  private CommandRun generate(Object... options) {
    List<Object> words = new ArrayList<>(List.of("generate", model, "--out", out));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray());
  }

  private Path photos() throws IOException {
    Path folder = Files.createDirectories(place.resolve("photos"));
    Rgb photo = Photo.pattern(new FrameSize(64, 64), 5).picture();
    Png.write(folder.resolve("a.png"), photo);
    return folder;
  }

  private static void assertRefused(CommandRun run, String... lines) {
    assertEquals(List.of(lines), run.err().lines().toList());
    assertEquals("", run.out());
    assertEquals(1, run.exitCode());
  }
}
