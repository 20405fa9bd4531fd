package dev.tessera.flow;

import dev.tessera.cosim.BenchResult.Traffic;
import dev.tessera.cosim.Simulation;
import dev.tessera.hw.Frame;
import dev.tessera.report.DesignSummary;
import dev.tessera.report.Latency;
import dev.tessera.report.SimulationSummary;
import dev.tessera.report.SimulationSummary.Activity;
import dev.tessera.report.SimulationSummary.Cut;
import dev.tessera.report.SimulationSummary.Picture;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a simulation and its pictures amount to. */
final class Measurements {
  private static final double PEAK = 255;

  private static final String CRC = "%08x";

  private Measurements() {}

  /** The contents of simulation.json. Figures of several photos are their means. */
  static SimulationSummary of(
      DesignSummary design,
      Simulation simulation,
      List<Comparison> comparisons,
      List<Activity> units,
      List<Picture> pictures,
      double stall,
      long seed) {
    boolean whole = simulation.golden().stream().allMatch(f -> isWhole(design, f));
    long steady = whole ? simulation.cyclesPerFrame() : 0;
    Long cycles = steady > 0 ? Long.valueOf(steady) : null;
    long pixels = (long) design.frame().width() * design.frame().height();
    double offered = (double) steady * design.multipliers();
    return new SimulationSummary(
        simulation.bitExact(),
        simulation.result().mismatches(),
        simulation.fault().isEmpty() ? null : simulation.fault(),
        simulation.frames(),
        cycles,
        cycles == null ? null : Double.valueOf((double) steady / pixels),
        offered == 0 ? null : Double.valueOf(design.macsPerFrame() / offered),
        simulation.firstFrameCycles(),
        whole ? latency(design, simulation.latencyCycles()) : null,
        perFrame(simulation, Traffic::readBytes),
        perFrame(simulation, Traffic::writeBytes),
        mean(comparisons, c -> Optional.of(c.hardwareVsReference())).orElse(0.0),
        psnrVsGolden(simulation),
        mean(comparisons, Comparison::hardwareVsTruth).orElse(null),
        mean(comparisons, Comparison::bicubicVsTruth).orElse(null),
        mean(comparisons, Comparison::referenceVsTruth).orElse(null),
        design.cuts().stream().map(c -> cut(c, simulation)).toList(),
        simulation.crcs().isEmpty()
            ? null
            : simulation.crcs().stream().map(c -> String.format(Locale.ROOT, CRC, c)).toList(),
        simulation.cyclesPerSecond(),
        stall,
        seed,
        units,
        pictures);
  }

  /** What a stored map moved in a frame, on average. */
  private static Cut cut(DesignSummary.Cut cut, Simulation simulation) {
    long coded = simulation.stored(cut.name()) / simulation.result().frames();
    return new Cut(cut.name(), cut.codec(), cut.rawBytes(), coded);
  }

  /** Whether a frame has the size that figures per frame are for. */
  private static boolean isWhole(DesignSummary design, Frame output) {
    return output.width() == design.outputFrame().width()
        && output.height() == design.outputFrame().height();
  }

  private static long perFrame(Simulation simulation, ToLongFunction<Traffic> bytes) {
    long all = simulation.result().traffic().mapToLong(bytes).sum();
    return all / simulation.frames();
  }

  private static Latency latency(DesignSummary design, OptionalLong cycles) {
    return cycles.isPresent() ? design.latency(cycles.getAsLong()) : null;
  }

  private static Optional<Double> mean(
      List<Comparison> comparisons, Function<Comparison, Optional<Double>> figure) {
    List<Double> values = comparisons.stream().map(figure).flatMap(Optional::stream).toList();
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.stream().mapToDouble(v -> v).sum() / values.size());
  }

  private static double psnrVsGolden(Simulation simulation) {
    double squares = 0;
    long count = 0;
    int frames = Math.min(simulation.actual().size(), simulation.golden().size());
    for (int f = 0; f < frames; f++) {
      Frame actual = simulation.actual().get(f);
      Frame golden = simulation.golden().get(f);
      for (int i = 0; i < golden.data().length; i++) {
        double d = actual.data()[i] - golden.data()[i];
        squares += d * d;
      }
      count += golden.data().length;
    }
    if (count == 0) {
      return 0;
    }
    double decibel = 10 * Math.log10(PEAK * PEAK * count / squares);
    return Math.min(Comparison.MOST_DB, decibel);
  }
}
