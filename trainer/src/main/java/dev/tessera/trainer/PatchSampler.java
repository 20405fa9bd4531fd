package dev.tessera.trainer;

import dev.tessera.image.Rgb;
import java.util.List;
import java.util.Random;

/** Draws random patches of random photos in random orientation; equal seeds give equal patches. */
final class PatchSampler {
  private static final int PLANES = Network.COLORS + Network.PHASES;

  /** Mean absolute residual (of 1) below which a patch counts as flat. */
  private static final double FLAT = 1.5 / 255;

  /** Part of the flat patches that is used; the others teach nothing. */
  private static final double FLAT_SHARE = 0.1;

  private final List<TrainingPair> pairs;
  private final double[] shares;
  private final int size;
  private final Random random;

  PatchSampler(List<TrainingPair> pairs, int size, long seed) {
    this.pairs = List.copyOf(pairs);
    this.size = size;
    this.random = new Random(seed);
    shares = new double[pairs.size()];
    double total = 0;
    for (int i = 0; i < shares.length; i++) {
      Rgb low = pairs.get(i).low();
      if (low.width() < size || low.height() < size) {
        throw new IllegalArgumentException("photo smaller than a patch");
      }
      // The root keeps large photos from crowding out the variety of the small ones.
      total += Math.sqrt((double) low.width() * low.height());
      shares[i] = total;
    }
  }

  /** The next {@code count} patches. */
  Batch next(int count) {
    int area = size * size;
    float[] input = new float[count * Network.COLORS * area];
    float[] residual = new float[count * Network.PHASES * area];
    for (int i = 0; i < count; i++) {
      float[] patch = draw();
      System.arraycopy(patch, 0, input, i * Network.COLORS * area, Network.COLORS * area);
      System.arraycopy(
          patch, Network.COLORS * area, residual, i * Network.PHASES * area, Network.PHASES * area);
    }
    return new Batch(count, size, input, residual);
  }

  private float[] draw() {
    while (true) {
      TrainingPair pair = choose();
      int left = random.nextInt(pair.low().width() - size + 1);
      int top = random.nextInt(pair.low().height() - size + 1);
      float[] patch = cut(pair, left, top, random.nextInt(8));
      if (detail(patch) >= FLAT || random.nextDouble() < FLAT_SHARE) {
        return patch;
      }
    }
  }

  private TrainingPair choose() {
    double place = random.nextDouble() * shares[shares.length - 1];
    int i = 0;
    while (i < shares.length - 1 && shares[i] <= place) {
      i++;
    }
    return pairs.get(i);
  }

  /** The input planes, then the residual planes of one patch in one of eight orientations. */
  private float[] cut(TrainingPair pair, int left, int top, int orientation) {
    float[] patch = new float[PLANES * size * size];
    Orientation low = new Orientation(orientation, size);
    Orientation high = new Orientation(orientation, size * Network.SCALE);
    for (int c = 0; c < Network.COLORS; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int place = y * size + x;
          int code = pair.low().at(c, top + low.row(y, x), left + low.column(y, x));
          patch[c * size * size + place] = code / 255f;
          for (int phase = 0; phase < Network.SCALE * Network.SCALE; phase++) {
            int v = y * Network.SCALE + phase / Network.SCALE;
            int u = x * Network.SCALE + phase % Network.SCALE;
            int truth =
                pair.high()
                    .at(
                        c,
                        top * Network.SCALE + high.row(v, u),
                        left * Network.SCALE + high.column(v, u));
            int plane = Network.COLORS + phase * Network.COLORS + c;
            patch[plane * size * size + place] = (truth - code) / 255f;
          }
        }
      }
    }
    return patch;
  }

  private double detail(float[] patch) {
    double sum = 0;
    int first = Network.COLORS * size * size;
    for (int i = first; i < patch.length; i++) {
      sum += Math.abs(patch[i]);
    }
    return sum / (patch.length - first);
  }
}
