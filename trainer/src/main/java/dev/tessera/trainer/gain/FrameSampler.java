package dev.tessera.trainer.gain;

import dev.tessera.base.TesseraException;
import dev.tessera.image.Bicubic;
import dev.tessera.image.Rgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pieces of photos at several scales, mirrored, and in other light and colours. */
final class FrameSampler {
  private static final double[] SCALES = {1, 0.7, 0.5, 0.35, 0.25};

  private final List<List<Rgb>> pyramids = new ArrayList<>();
  private final int side;
  private final Random random;

  /**
   * A sampler.
   *
   * @param side of a piece; photos of which no scale holds one are left out
   * @throws TesseraException {@code photo.small} if none is left
   */
  FrameSampler(List<Rgb> photos, int side, long seed) {
    this.side = side;
    this.random = new Random(seed);
    for (Rgb photo : photos) {
      List<Rgb> scales = new ArrayList<>();
      for (double scale : SCALES) {
        int width = (int) (photo.width() * scale);
        int height = (int) (photo.height() * scale);
        if (Math.min(width, height) >= side) {
          scales.add(scale == 1 ? photo : Bicubic.resize(photo, width, height));
        }
      }
      if (!scales.isEmpty()) {
        pyramids.add(scales);
      }
    }
    if (pyramids.isEmpty()) {
      throw TesseraException.input(
          "photo.small",
          "",
          "no photo holds a piece of " + side + "x" + side + " pixels",
          "give larger photos");
    }
  }

  /** {@code count} pieces, count x 3 x side x side, 0 to 1. */
  float[] next(int count) {
    int size = 3 * side * side;
    float[] batch = new float[count * size];
    for (int n = 0; n < count; n++) {
      piece(batch, n * size);
    }
    return batch;
  }

  /**
   * Other light and colours.
   *
   * @param gamma exponent of all values
   * @param contrast about the middle
   * @param added to every colour
   */
  private record Light(double gamma, double contrast, double[] added) {
    private static final Light NONE = new Light(1, 1, new double[3]);

    static Light random(Random random) {
      double gamma = Math.exp(0.2 * random.nextGaussian());
      double contrast = Math.exp(0.15 * random.nextGaussian());
      double common = 0.08 * random.nextGaussian();
      double[] added = new double[3];
      for (int c = 0; c < 3; c++) {
        added[c] = common + 0.05 * random.nextGaussian();
      }
      return random.nextBoolean() ? NONE : new Light(gamma, contrast, added);
    }

    float at(int code, int c) {
      double value = (Math.pow(code / 255.0, gamma) - 0.5) * contrast + 0.5 + added[c];
      return (float) Math.max(0, Math.min(1, value));
    }
  }

  private void piece(float[] batch, int at) {
    List<Rgb> scales = pyramids.get(random.nextInt(pyramids.size()));
    Rgb photo = scales.get(random.nextInt(scales.size()));
    int left = random.nextInt(photo.width() - side + 1);
    int top = random.nextInt(photo.height() - side + 1);
    boolean mirrored = random.nextBoolean();
    boolean upright = random.nextInt(8) > 0;
    Light light = Light.random(random);
    int to = at;
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int column = left + (mirrored ? side - 1 - x : x);
          int row = top + (upright ? y : side - 1 - y);
          batch[to++] = light.at(photo.at(c, row, column), c);
        }
      }
    }
  }
}
