package dev.tessera.unit.norm;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import dev.tessera.num.Moments;
import dev.tessera.num.Normalization;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Normalisations of signed and unsigned maps by their typical tables. */
public final class NormSamples {
  private static final int[][] CHANNELS_AND_LANES = {{1, 1}, {4, 4}, {6, 2}, {5, 2}, {80, 1}};

  private NormSamples() {}

  /** All samples; the same at every call. */
  public static List<NormSpec> all() {
    List<NormSpec> all = new ArrayList<>();
    for (int i = 0; i < CHANNELS_AND_LANES.length; i++) {
      all.add(sample(i));
    }
    return all;
  }

  private static NormSpec sample(int i) {
    Random random = new Random(i);
    int channels = CHANNELS_AND_LANES[i][0];
    FixedType code = new FixedType(i % 2 == 0, 8);
    StreamType in = new StreamType(channels, CHANNELS_AND_LANES[i][1], code, 5, 3);
    FixedType type = new FixedType(i == 3, 8);
    double[] step = random.doubles(channels, 0.01, 0.03).toArray();
    double[] outStep = new double[channels];
    Arrays.fill(outStep, 0.02);
    Normalization rule =
        new Normalization(
                step,
                random.doubles(channels, -1, 1).toArray(),
                random.doubles(channels, 0.5, 1.5).toArray(),
                random.doubles(channels, -0.5, 0.5).toArray(),
                1e-5,
                outStep,
                new int[channels],
                1,
                null)
            .with(12 + i, moments(channels, code, random));
    Requant requant =
        new Requant(
                0,
                rule.shift(),
                new int[channels],
                new long[1][channels],
                null,
                null,
                null,
                (int) type.min() + i,
                (int) type.max())
            .with(rule.typical(), rule.offsetShift());
    return NormSpec.of("norm" + i, in, type, requant, rule);
  }

  private static Moments moments(int channels, FixedType code, Random random) {
    int count = 100;
    Moments all = Moments.none(channels);
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < count; n++) {
        long value = code.min() + random.nextInt(1 << code.bits());
        all.sum()[c] += value;
        all.squares()[c] += value * value;
      }
    }
    return new Moments(count, all.sum(), all.squares());
  }
}
