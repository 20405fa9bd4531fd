package dev.tessera.trainer.cli;

import dev.tessera.trainer.Network;
import dev.tessera.trainer.OnnxExport;
import dev.tessera.trainer.PhotoSource;
import dev.tessera.trainer.Photos;
import dev.tessera.trainer.Trainer;
import dev.tessera.trainer.TrainingPair;
import dev.tessera.trainer.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network and writes it as ONNX. */
@Command(
    name = "train",
    description = "Trains a x2 super-resolution network; equal options give equal weights.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final int REPORT = 500;
  private static final int CHECKPOINT = 5000;

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "DIR",
      description = "Folder of unpacked Debian packages, one folder each.")
  private Path photos;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The ONNX file to write; while training it holds the network so far.")
  private Path output;

  @Option(names = "--features", defaultValue = "16", description = "Channels between layers.")
  private int features;

  @Option(names = "--hidden", defaultValue = "6", description = "Layers between first and last.")
  private int hidden;

  @Option(names = "--steps", defaultValue = "30000", description = "Updates of the weights.")
  private int steps;

  @Option(names = "--batch", defaultValue = "16", description = "Patches per step.")
  private int batch;

  @Option(names = "--patch", defaultValue = "48", description = "Side of a patch.")
  private int patch;

  @Option(names = "--rate", defaultValue = "0.002", description = "Largest learning rate.")
  private double rate;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of weights and patches.")
  private long seed;

  @Spec private CommandSpec spec;

  private long started;
  private double lossSum;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<TrainingPair> pairs = Photos.pairs(PhotoSource.all(), photos);
    long pixels = pairs.stream().mapToLong(p -> (long) p.low().width() * p.low().height()).sum();
    out.printf(Locale.ROOT, "%d pictures, %d input pixels%n", pairs.size(), pixels);
    out.flush();
    TrainingPlan plan = new TrainingPlan(features, hidden, steps, batch, patch, rate, seed);
    started = System.nanoTime();
    Network network = new Trainer(plan, pairs).train(this::report);
    write(network);
    out.printf(Locale.ROOT, "%d parameters written to %s%n", network.parameters(), output);
    out.flush();
    return 0;
  }

  private void report(int step, float loss, Network network) {
    lossSum += loss;
    if (step % REPORT == 0) {
      double seconds = (System.nanoTime() - started) * 1e-9;
      PrintWriter out = spec.commandLine().getOut();
      out.printf(Locale.ROOT, "step %d loss %.5f after %.0f s%n", step, lossSum / REPORT, seconds);
      out.flush();
      lossSum = 0;
    }
    if (step % CHECKPOINT == 0) {
      write(network);
    }
  }

  private void write(Network network) {
    try {
      Files.write(output, OnnxExport.toBytes(network));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
