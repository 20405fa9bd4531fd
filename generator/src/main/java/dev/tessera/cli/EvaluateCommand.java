package dev.tessera.cli;

import dev.tessera.flow.Evaluation;
import dev.tessera.flow.Progress;
import dev.tessera.report.EvaluationSummary;
import dev.tessera.report.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how close a design's pictures of many photos come to those of the float network. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare a design's pictures of many photos with those of the float network: PSNR and SSIM.",
      "The golden model computes them, which simulate proves to be the hardware bit for bit."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DESIGN", description = "a folder that generate wrote")
  private Path folder;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      required = true,
      description = "PNG photos, of which the middle of the frame's size is taken")
  private Path photos;

  @Option(
      names = "--hold",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "frames from a reset in which each photo is held, where tables follow from earlier ones;"
              + " the last is judged (${DEFAULT-VALUE})")
  private int hold;

  @Option(names = "--json", description = "print JSON instead of a table")
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Evaluation.Request request =
        Usage.checked(spec, () -> new Evaluation.Request(folder, photos, hold));
    EvaluationSummary summary;
    try (Progress progress = console.progress("evaluate", Evaluation.STEPS)) {
      summary = Evaluation.run(request, progress);
    }
    if (json) {
      console.out().print(Json.text(summary));
    } else {
      print(summary);
    }
    return ExitCodes.OK;
  }

  private void print(EvaluationSummary summary) {
    TextTable table = new TextTable("PHOTO", "PSNR", "SSIM");
    for (EvaluationSummary.Photo photo : summary.photos()) {
      table.row(
          photo.name(), TextTable.decimal(photo.psnr(), 2), TextTable.decimal(photo.ssim(), 4));
    }
    table.row("mean", TextTable.decimal(summary.psnr(), 2), TextTable.decimal(summary.ssim(), 4));
    table.print(console.out());
  }
}
