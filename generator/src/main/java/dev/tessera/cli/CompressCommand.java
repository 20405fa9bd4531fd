package dev.tessera.cli;

import dev.tessera.flow.ColorChoice;
import dev.tessera.flow.Compression;
import dev.tessera.flow.CompressionOptions;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Precision;
import dev.tessera.flow.Progress;
import dev.tessera.report.CompressionSummary;
import dev.tessera.report.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what codecs make of a network's feature maps, and what that does to its output. */
@Command(
    name = "compress",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure codecs on the feature maps between a network's convolutions:",
      "sizes and errors of every map, and the output with all maps coded at once."
    })
final class CompressCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "the trained network")
  private Path model;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      required = true,
      description = "PNG photos, which also calibrate the network")
  private Path photos;

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description = "what the network should make of them, under the same names")
  private Path truth;

  @Option(
      names = "--frame",
      paramLabel = "WxH",
      converter = Converters.Frame.class,
      description = "use the middle of each photo (whole photos)")
  private FrameSize frame;

  @Option(
      names = "--until",
      paramLabel = "NAME",
      description = "end with this value or node of the model")
  private String until;

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      split = ",",
      description =
          "codecs to compare: raw, zvc, ebpc, dctcm:STEP, med:ERROR; auto chooses one per map (a"
              + " selection without auto)")
  private List<String> codecs = new ArrayList<>();

  @Option(
      names = "--psnr",
      paramLabel = "DB",
      description =
          "what auto keeps of the output, against the output without codecs (with --truth what costs"
              + " 0.1 dB, else 40)")
  private Double psnr;

  @Option(
      names = "--precision",
      paramLabel = "intN",
      defaultValue = "int8",
      converter = Converters.Bits.class,
      description = "bits of weights and feature maps, int4 to int15 (${DEFAULT-VALUE})")
  private Precision precision;

  @Option(
      names = "--color",
      paramLabel = "MODE",
      defaultValue = "auto",
      description = "what the network sees: auto, rgb or y (${DEFAULT-VALUE})")
  private ColorChoice color;

  @Option(names = "--json", description = "print JSON instead of tables")
  private boolean json;

  CompressCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CompressionOptions options =
        new CompressionOptions(model, until, frame, photos, truth, codecs, psnr, precision, color);
    Compression.Request request = Usage.checked(spec, options::request);
    CompressionSummary summary;
    try (Progress progress = console.progress("compress", Compression.STEPS)) {
      summary = Compression.run(request, progress);
    }
    if (json) {
      console.out().print(Json.text(summary));
    } else {
      print(summary);
    }
    return ExitCodes.OK;
  }

  private void print(CompressionSummary summary) {
    PrintWriter out = console.out();
    TextTable maps =
        new TextTable("MAP", "SHAPE", "TYPE", "CODEC", "RATIO", "BITS/VALUE", "ERROR", "PSNR");
    for (CompressionSummary.Map map : summary.maps()) {
      for (CompressionSummary.Coded coded : map.codecs()) {
        maps.row(
            map.name(),
            map.shape(),
            map.type(),
            coded.codec().equals(map.chosen()) ? coded.codec() + " *" : coded.codec(),
            TextTable.decimal(coded.ratio(), 2),
            TextTable.decimal(coded.bitsPerValue(), 2),
            coded.largestError(),
            TextTable.decimal(coded.psnr(), 1));
      }
    }
    maps.print(out);
    out.println();
    TextTable totals =
        new TextTable(
            "ALL MAPS",
            "RAW BYTES",
            "CODED BYTES",
            "RATIO",
            "ERROR",
            "PSNR",
            "SSIM",
            "TRUTH",
            "LOSS");
    for (CompressionSummary.Total total : summary.totals()) {
      Double truth = total.outputVsTruth();
      totals.row(
          total.codec(),
          total.rawBytes(),
          total.codedBytes(),
          TextTable.decimal(total.ratio(), 3),
          total.largestError(),
          TextTable.decimal(total.outputPsnr(), 2),
          total.outputSsim() == null ? "-" : TextTable.decimal(total.outputSsim(), 4),
          truth == null ? "-" : TextTable.decimal(truth, 3),
          truth == null ? "-" : TextTable.decimal(summary.outputVsTruth() - truth, 3));
    }
    totals.print(out);
  }
}
