package dev.tessera.trainer.cli;

import dev.tessera.trainer.ExamplePictures;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cuts the pictures of the examples from photos of Debian packages. */
@Command(
    name = "pictures",
    description = "Writes the example photo and the calibration pictures.",
    mixinStandardHelpOptions = true)
final class PicturesCommand implements Runnable {
  @Option(
      names = "--photos",
      required = true,
      paramLabel = "DIR",
      description = "Folder of unpacked Debian packages, one folder each.")
  private Path photos;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private Path out;

  @Override
  public void run() {
    ExamplePictures.write(photos, out);
  }
}
