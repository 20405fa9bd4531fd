package dev.tessera.trainer.cli;

import dev.tessera.trainer.Evaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the PSNR of a network and of bicubic interpolation for each picture of a folder. */
@Command(
    name = "evaluate",
    description = "Measures a x2 network: PSNR of the luma, border of 2 pixels dropped.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "ONNX model, RGB from 0 to 1.")
  private Path model;

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "DIR",
      description = "Folder of PNG pictures at full size.")
  private Path truth;

  @Option(
      names = "--low",
      required = true,
      paramLabel = "DIR",
      description = "Folder of their bicubic reductions, same names.")
  private Path low;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Evaluation.Score> scores = Evaluation.score(Files.readAllBytes(model), truth, low);
    PrintWriter out = spec.commandLine().getOut();
    out.println(row("picture", "network", "bicubic", "gain"));
    for (Evaluation.Score score : scores) {
      out.println(row(score.name(), score.model(), score.bicubic()));
    }
    double mean = scores.stream().mapToDouble(Evaluation.Score::model).average().orElseThrow();
    double base = scores.stream().mapToDouble(Evaluation.Score::bicubic).average().orElseThrow();
    out.println(row("mean", mean, base));
    out.flush();
    return 0;
  }

  private static String row(String name, double model, double bicubic) {
    return row(name, decibels(model), decibels(bicubic), decibels(model - bicubic));
  }

  private static String row(String name, String model, String bicubic, String gain) {
    return String.format(Locale.ROOT, "%-12s %8s %8s %8s", name, model, bicubic, gain);
  }

  private static String decibels(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
