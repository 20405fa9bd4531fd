package dev.tessera.flow;

import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.GoldenRun;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.unit.codec.Codec;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.codec.MedCodec;
import dev.tessera.unit.codec.RawCodec;
import dev.tessera.unit.codec.ZvcCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Chooses a codec for every stored map: of those that lose nothing the one that moves least, or
 * with a bound on the error of the output those that move least together.
 */
public final class StoredCodecs {
  /** The word of the command line. */
  public static final String AUTO = "auto";

  /** The codec to plan for: the slowest of those that lose nothing. */
  static final String PLANNED = new MedCodec(0).name();

  private static final char SETTING = ':';

  private static final double LEAST_PSNR = 10;
  private static final double MOST_PSNR = 100;

  private static final String PROBE = new MedCodec(2).name();

  private final Design design;
  private final long cycles;
  private final List<Frame> frames;
  private final List<Frame> outputs = new ArrayList<>();
  private final List<String> codecs;
  private final Map<String, CutSpec> cuts = new LinkedHashMap<>();

  private StoredCodecs(Design design, long cycles, List<Frame> frames, boolean lossy) {
    this.design = design;
    this.cycles = cycles;
    this.frames = frames;
    List<Codec> lossless = List.of(new RawCodec(), new ZvcCodec(), new MedCodec(0));
    codecs = (lossy ? CodecSearch.candidates() : lossless).stream().map(Codec::name).toList();
    for (Instance instance : design.instances()) {
      if (instance.spec() instanceof CutSpec cut) {
        cuts.put(instance.inputs().get(0), cut);
      }
    }
  }

  /** Whether {@code codec} leaves the choice to the tool. */
  static boolean isAuto(String codec) {
    return codec.equals(AUTO) || codec.startsWith(AUTO + SETTING);
  }

  /**
   * What {@code codec} says the output is to keep, in dB; empty for all of it.
   *
   * @throws IllegalArgumentException if it says no such number
   */
  static OptionalDouble psnr(String codec) {
    if (codec.equals(AUTO)) {
      return OptionalDouble.empty();
    }
    String number = codec.substring(AUTO.length() + 1);
    double psnr = number.matches("\\d{1,3}(\\.\\d{1,3})?") ? Double.parseDouble(number) : 0;
    if (psnr < LEAST_PSNR || psnr > MOST_PSNR) {
      throw new IllegalArgumentException("auto:DB keeps 10 to 100 dB, not '" + number + "'");
    }
    return OptionalDouble.of(psnr);
  }

  /**
   * {@code design} with its choice.
   *
   * @param cycles of a frame
   * @param frames to measure on, at least one
   * @param psnr that the output is to keep against that without codecs, in dB; empty for all of it
   */
  static Design choose(Design design, long cycles, List<Frame> frames, OptionalDouble psnr) {
    StoredCodecs choice = new StoredCodecs(design, cycles, frames, psnr.isPresent());
    double[][] bytes = new double[choice.cuts.size()][choice.codecs.size()];
    double[][] errors = new double[choice.cuts.size()][choice.codecs.size()];
    choice.measure(bytes, errors);
    if (psnr.isEmpty()) {
      return choice.with(ErrorBudget.within(bytes, errors, 0, codecs -> 0));
    }
    double bound = ErrorBudget.meanSquare(psnr.getAsDouble());
    return choice.with(ErrorBudget.within(bytes, errors, bound, choice::error));
  }

  /** What each codec makes of each map, and what its errors do to the output. */
  private void measure(double[][] bytes, double[][] errors) {
    for (Frame frame : frames) {
      GoldenRun run = GoldenModel.runAll(settled(design, frame), frame);
      outputs.add(run.output());
      int m = 0;
      for (Map.Entry<String, CutSpec> entry : cuts.entrySet()) {
        Frame map = run.links().get(entry.getKey());
        for (int c = 0; c < codecs.size(); c++) {
          if (entry.getValue().takes(codecs.get(c), cycles)) {
            CutSpec.Coded coded = entry.getValue().with(codecs.get(c), 0).coded(map);
            bytes[m][c] += coded.bytes();
            errors[m][c] += coded.meanSquare() / frames.size();
          } else {
            bytes[m][c] = Double.POSITIVE_INFINITY;
          }
        }
        m++;
      }
    }
    for (int m = 0; m < errors.length; m++) {
      double gain = gain(m, errors[m]);
      for (int c = 0; c < errors[m].length; c++) {
        errors[m][c] *= gain;
      }
    }
  }

  /**
   * Mean square error of the output for one of map {@code m}.
   *
   * @param errors of the map by each codec; that of the probe or of another one shows it
   */
  private double gain(int m, double[] errors) {
    int probe = Math.max(0, codecs.indexOf(PROBE));
    for (int c = 0; errors[probe] == 0 && c < errors.length; c++) {
      probe = errors[c] > 0 ? c : probe;
    }
    if (errors[probe] == 0) {
      return 0;
    }
    int[] choice = new int[cuts.size()];
    choice[m] = probe;
    return error(choice) / errors[probe];
  }

  /** Mean square error of the output under a choice. */
  private double error(int[] choice) {
    Design coded = with(choice);
    double sum = 0;
    for (int f = 0; f < frames.size(); f++) {
      Frame frame = frames.get(f);
      sum += GoldenModel.run(settled(coded, frame), frame).meanSquare(outputs.get(f));
    }
    return sum / frames.size();
  }

  private static Design settled(Design design, Frame frame) {
    return Tables.applied(design, Tables.summed(design, frame));
  }

  private Design with(int[] choice) {
    List<Instance> instances = new ArrayList<>();
    long offset = 0;
    int m = 0;
    for (Instance instance : design.instances()) {
      if (instance.spec() instanceof CutSpec cut) {
        CutSpec chosen = cut.with(codecs.get(choice[m++]), offset);
        offset += chosen.slots() * chosen.stride();
        instances.add(new Instance(chosen, instance.inputs(), instance.outputs()));
      } else {
        instances.add(instance);
      }
    }
    return design.withInstances(instances);
  }
}
