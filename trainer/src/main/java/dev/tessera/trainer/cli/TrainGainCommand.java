package dev.tessera.trainer.cli;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.pass.PassManager;
import dev.tessera.quantize.Calibration;
import dev.tessera.trainer.Photos;
import dev.tessera.trainer.gain.BranchExport;
import dev.tessera.trainer.gain.GainPlan;
import dev.tessera.trainer.gain.GainTrainer;
import dev.tessera.trainer.gain.Judgement;
import dev.tessera.trainer.gain.TrainedBranch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a statistics branch for a network and writes the model with it. */
@Command(
    name = "train-gain",
    description =
        "Train a branch that tells the statistics of a network's normalised layers from a frame;"
            + " equal options and photos give equal weights.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TrainGainCommand implements Callable<Integer> {
  private static final int REPORT = 250;

  /** Every so many photos one is kept back to judge the branch. */
  private static final int HELD_BACK = 5;

  private static final int LEAST_SIDE = 32;

  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;

  @Parameters(paramLabel = "MODEL", description = "ONNX file with instance normalisation.")
  private Path model;

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of photos, PNG or JPEG, folders in it included; every fifth is kept back to judge"
              + " the branch.")
  private Path photos;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The model with its branch, to generate from.")
  private Path out;

  @Option(
      names = "--layers",
      defaultValue = "4",
      description = "Layers of the network that the branch begins with (${DEFAULT-VALUE}).")
  private int layers;

  @Option(
      names = "--hidden",
      split = ",",
      defaultValue = "128,128",
      description = "Values of the layers behind the moments (${DEFAULT-VALUE}).")
  private List<Integer> hidden;

  @Option(
      names = "--pool",
      defaultValue = "3000",
      description = "Pieces of photos measured once (${DEFAULT-VALUE}).")
  private int pool;

  @Option(
      names = "--first",
      defaultValue = "2000",
      description = "Updates on their statistics (${DEFAULT-VALUE}).")
  private int first;

  @Option(
      names = "--steps",
      defaultValue = "4000",
      description = "Updates on pictures (${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--side",
      defaultValue = "128",
      description = "Side of a piece in pixels (${DEFAULT-VALUE}).")
  private int side;

  @Option(names = "--rate", defaultValue = "0.002", description = "Largest learning rate.")
  private double rate;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of weights and pieces.")
  private long seed;

  @Option(
      names = "--long-side",
      defaultValue = "1280",
      description = "Larger photos are reduced to this (${DEFAULT-VALUE}).")
  private int longSide;

  @Spec private CommandSpec spec;

  private long started;
  private double psnrSum;
  private double offSum;

  @Override
  public Integer call() throws IOException {
    started = System.nanoTime();
    requireSense();
    Graph graph = PassManager.run(OnnxReader.read(model));
    ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(model));
    BranchExport.requireOne(proto);
    if (graph.nodes().stream().noneMatch(n -> n instanceof Node.Normalize)) {
      throw TesseraException.input(
          "norm.none", "", "no layer of the network normalises over the frame", "name another");
    }
    List<Rgb> seen = new ArrayList<>();
    List<Path> kept = new ArrayList<>();
    List<Path> files = Photos.files(photos);
    for (int i = 0; i < files.size(); i++) {
      if (i % HELD_BACK == HELD_BACK / 2) {
        kept.add(files.get(i));
      } else {
        seen.add(photo(files.get(i)));
      }
    }
    float range = (float) (255 * Calibration.of(seen, graph).unit());
    say("%d photos to train on, %d kept back%n", seen.size(), kept.size());
    GainPlan plan = new GainPlan(layers, hidden, pool, first, steps, 2, side, rate, seed);
    try (GainTrainer trainer = new GainTrainer(graph, range, seen, plan)) {
      TrainedBranch branch = trainer.train(this::report);
      write(BranchExport.join(proto, graph.input().output(), range, branch));
      judge(trainer, kept, range);
      long macs = branch.branch().macs(WIDTH, HEIGHT);
      double share = 100.0 * macs / Macs.perFrame(graph, WIDTH, HEIGHT);
      say("%,d multiplications for %dx%d, %.2f %% of the network's%n", macs, WIDTH, HEIGHT, share);
    }
    say("wrote %s after %.0f s%n", out, (System.nanoTime() - started) * 1e-9);
    return 0;
  }

  /** Refuses what would fail after half an hour. */
  private void requireSense() {
    boolean counts = layers > 0 && pool > 1 && first >= 0 && steps >= 0 && side >= LEAST_SIDE;
    if (!counts || !(rate > 0) || longSide < side || hidden.stream().anyMatch(w -> w < 1)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--layers, --hidden and --rate are above 0, --pool above 1, --side at least "
              + LEAST_SIDE
              + " and at most --long-side");
    }
    Path folder = out.toAbsolutePath().getParent();
    if (Files.isDirectory(out) || folder == null || !Files.isWritable(folder)) {
      throw TesseraException.input(
          "out.unwritable",
          out.toString(),
          "the folder of this file does not exist or takes no files",
          "make the folder, or choose another place");
    }
  }

  private Rgb photo(Path file) {
    return Photos.reduced(Photos.read(file), longSide);
  }

  private void report(int step, double psnr, double off) {
    psnrSum += psnr;
    offSum += off;
    if (step % REPORT == 0) {
      double seconds = (System.nanoTime() - started) * 1e-9;
      String pictures =
          psnr == 0 ? "" : String.format(Locale.ROOT, ", pieces %.2f dB", psnrSum / REPORT);
      say("step %d: off %.3f%s after %.0f s%n", step, offSum / REPORT, pictures, seconds);
      psnrSum = 0;
      offSum = 0;
    }
  }

  /** Photos that the training did not see, against exact normalisation. */
  private void judge(GainTrainer trainer, List<Path> kept, float range) {
    double psnr = 0;
    double ssim = 0;
    for (Path file : kept) {
      Judgement one = Judgement.of(trainer, photo(file), range);
      psnr += one.psnr();
      ssim += one.ssim();
      say("%-40s %6.2f dB, SSIM %.3f%n", file.getFileName(), one.psnr(), one.ssim());
    }
    int count = Math.max(1, kept.size());
    say("mean of %d photos: %.2f dB, SSIM %.3f%n", kept.size(), psnr / count, ssim / count);
  }

  private void write(ModelProto joined) throws IOException {
    Path fresh = Path.of(out + ".new");
    Files.write(fresh, joined.toByteArray());
    Files.move(fresh, out, StandardCopyOption.REPLACE_EXISTING);
  }

  private void say(String format, Object... values) {
    PrintWriter to = spec.commandLine().getOut();
    to.printf(Locale.ROOT, format, values);
    to.flush();
  }
}
