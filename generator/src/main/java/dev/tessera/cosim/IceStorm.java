package dev.tessera.cosim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A design in an iCE40, all the way to its bitstream: Yosys, nextpnr-ice40, icepack. */
public final class IceStorm {
  /** A part as vendors name it: device and package. */
  private static final Pattern PART = Pattern.compile("iCE40([A-Z0-9]+)-([A-Z0-9]+)");

  private static final String SEED = "1";

  private IceStorm() {}

  /**
   * What came out.
   *
   * @param cells logic cells, and how many the device has; so of the others
   * @param clockMhz what the slowest path allows
   * @param bitstream the file
   */
  public record Result(Use cells, Use dsp, Use memories, double clockMhz, Path bitstream) {}

  /**
   * Cells of a kind.
   *
   * @param used taken
   * @param available of the device
   */
  public record Use(int used, int available) {}

  /** Whether {@code part} is one of these devices. */
  public static boolean makes(String part) {
    return PART.matcher(part).matches();
  }

  /**
   * Places and routes {@code top}, its pins where the tool likes.
   *
   * @param rtl folder of sources and memory images
   * @param sources Verilog files, relative to {@code rtl}
   * @param part that {@link #makes} holds for
   * @param clockMhz that is asked for
   * @param work folder for all files
   * @throws dev.tessera.base.TesseraException {@code tool.missing} or {@code tool.failed}, which it
   *     is as well that the design does not fit
   */
  public static Result run(
      String top, Path rtl, List<String> sources, String part, double clockMhz, Path work) {
    Matcher device = PART.matcher(part);
    if (!device.matches()) {
      throw new IllegalArgumentException(part + " is no iCE40");
    }
    Path files = work.toAbsolutePath();
    Path netlist = files.resolve("netlist.json");
    Path report = files.resolve("report.json");
    Path placed = files.resolve(top + ".asc");
    Path bitstream = files.resolve(top + ".bin");
    try {
      String synth = "synth_ice40 -dsp -top " + top + " -json \"" + netlist + "\"";
      YosysScript.run(top, rtl, sources, files, List.of(Family.WITHOUT_STYLES, synth));
      Processes.require(
          files,
          List.of(
              "nextpnr-ice40",
              "--" + device.group(1).toLowerCase(Locale.ROOT),
              "--package",
              device.group(2).toLowerCase(Locale.ROOT),
              "--json",
              netlist.toString(),
              "--asc",
              placed.toString(),
              "--report",
              report.toString(),
              "--freq",
              String.format(Locale.ROOT, "%.3f", clockMhz),
              "--timing-allow-fail",
              "--pcf-allow-unconstrained",
              "--seed",
              SEED,
              "--quiet"));
      Processes.require(files, List.of("icepack", placed.toString(), bitstream.toString()));
      return result(new ObjectMapper().readTree(report.toFile()), bitstream);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Result result(JsonNode report, Path bitstream) throws IOException {
    double slowest = Double.POSITIVE_INFINITY;
    for (JsonNode clock : report.get("fmax")) {
      slowest = Math.min(slowest, clock.get("achieved").asDouble());
    }
    JsonNode used = report.get("utilization");
    return new Result(
        use(used, "ICESTORM_LC"),
        use(used, "ICESTORM_DSP"),
        use(used, "ICESTORM_RAM"),
        slowest,
        bitstream);
  }

  private static Use use(JsonNode used, String kind) {
    JsonNode cells = used.get(kind);
    return new Use(cells.get("used").asInt(), cells.get("available").asInt());
  }
}
