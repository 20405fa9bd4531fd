package dev.tessera.flow;

import dev.tessera.flow.CodedNetwork.Tally;
import dev.tessera.hw.Frame;
import dev.tessera.unit.codec.Codec;
import dev.tessera.unit.codec.DctCmCodec;
import dev.tessera.unit.codec.MedCodec;
import dev.tessera.unit.codec.RawCodec;
import dev.tessera.unit.codec.ZvcCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses a codec per map within a bound on the error of the output. What an error of a map does to
 * the output is measured once per map.
 */
final class CodecSearch {
  /** Where nothing is asked for and no ground truth is known. */
  static final double DEFAULT_PSNR = 40;

  /** PSNR beyond that against the truth at which independent errors cost 0.1 dB of it. */
  static final double A_TENTH = 10 * Math.log10(1 / (Math.pow(10, 0.01) - 1));

  private static final int LARGEST_ERROR = 10;
  private static final int PROBE = 2;
  private static final int PROBED_PHOTOS = 3;

  private final CodedNetwork network;
  private final List<Subject> subjects;
  private final Tally[][] tallies;

  /**
   * A search.
   *
   * @param tallies per map and codec, the candidates first
   */
  CodecSearch(CodedNetwork network, List<Subject> subjects, Tally[][] tallies) {
    this.network = network;
    this.subjects = subjects;
    this.tallies = tallies;
  }

  /** What maps may be given; all of it is hardware. */
  static List<Codec> candidates() {
    List<Codec> all = new ArrayList<>(List.of(new RawCodec(), new ZvcCodec()));
    for (int step = 0; step <= 2; step++) {
      all.add(new DctCmCodec(step));
    }
    for (int error = 0; error <= LARGEST_ERROR; error++) {
      all.add(new MedCodec(error));
    }
    return all;
  }

  /**
   * A codec per map.
   *
   * @param psnr of the output against that without codecs, in dB; else what costs 0.1 dB of {@code
   *     outputVsTruth}, or a default
   */
  List<Codec> choose(OptionalDouble psnr, OptionalDouble outputVsTruth) {
    double target =
        psnr.orElse(
            outputVsTruth.isPresent() ? outputVsTruth.getAsDouble() + A_TENTH : DEFAULT_PSNR);
    double bound = ErrorBudget.meanSquare(target);
    double[][] bytes = new double[tallies.length][];
    double[][] errors = new double[tallies.length][];
    for (int m = 0; m < tallies.length; m++) {
      double gain = gain(m);
      Tally[] coded = Arrays.copyOf(tallies[m], candidates().size());
      bytes[m] = Stream.of(coded).mapToDouble(Tally::codedBits).toArray();
      errors[m] = Stream.of(coded).mapToDouble(t -> gain * t.meanSquare()).toArray();
    }
    return named(ErrorBudget.within(bytes, errors, bound, choice -> error(named(choice))));
  }

  private static List<Codec> named(int[] choice) {
    return IntStream.of(choice).mapToObj(candidates()::get).toList();
  }

  /** Mean square error of the outputs under a choice. */
  private double error(List<Codec> choice) {
    double sum = 0;
    for (Subject subject : subjects) {
      Frame output =
          network.run(
              subject.input(), value -> choice.get(network.maps().indexOf(value)), new Tally());
      sum += subject.meanSquare(output);
    }
    return sum / subjects.size();
  }

  /** Mean square error of the output for one of map {@code m}. */
  private double gain(int m) {
    String map = network.maps().get(m);
    double output = 0;
    double error = 0;
    for (Subject subject : subjects.subList(0, Math.min(PROBED_PHOTOS, subjects.size()))) {
      Tally probed = new Tally();
      Frame made =
          network.run(
              subject.input(), value -> value.equals(map) ? new MedCodec(PROBE) : null, probed);
      output += subject.meanSquare(made);
      error += probed.meanSquare();
    }
    return error == 0 ? 0 : output / error;
  }
}
