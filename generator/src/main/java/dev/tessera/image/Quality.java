package dev.tessera.image;

/** Full-reference quality figures of pictures of one size, peak value 255. */
public final class Quality {
  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private Quality() {}

  /** PSNR in dB over all three components; infinite for equal pictures. */
  public static double psnr(Rgb picture, Rgb truth) {
    requireOneSize(picture.width(), picture.height(), truth.width(), truth.height());
    long sum = 0;
    for (int i = 0; i < truth.data().length; i++) {
      long d = (picture.data()[i] & 0xff) - (truth.data()[i] & 0xff);
      sum += d * d;
    }
    return decibels((double) sum / truth.data().length);
  }

  /** PSNR in dB of two planes without {@code border} pixels on each side. */
  public static double psnr(Plane plane, Plane truth, int border) {
    requireOneSize(plane.width(), plane.height(), truth.width(), truth.height());
    double sum = 0;
    float[] a = plane.shave(border).data();
    float[] b = truth.shave(border).data();
    for (int i = 0; i < a.length; i++) {
      double d = (double) a[i] - b[i];
      sum += d * d;
    }
    return decibels(sum / a.length);
  }

  /**
   * PSNR in dB of the unrounded BT.601 studio luma, {@code border} pixels dropped on each side: the
   * super-resolution protocol, with the scale as border.
   */
  public static double psnrY(Rgb picture, Rgb truth, int border) {
    return psnr(Bt601.luma(picture), Bt601.luma(truth), border);
  }

  /**
   * Mean structural similarity of the luma: Gaussian window of 11 x 11 with sigma 1.5, K1 = 0.01,
   * K2 = 0.03, positions where the window lies inside the picture less {@code border} pixels.
   *
   * @throws IllegalArgumentException if no window fits
   */
  public static double ssim(Rgb picture, Rgb truth, int border) {
    requireOneSize(picture.width(), picture.height(), truth.width(), truth.height());
    Plane a = Bt601.luma(picture).shave(border);
    Plane b = Bt601.luma(truth).shave(border);
    if (a.width() < WINDOW || a.height() < WINDOW) {
      throw new IllegalArgumentException("picture smaller than the window of " + WINDOW);
    }
    double[] meanA = blur(a, a, false);
    double[] meanB = blur(b, b, false);
    double[] squareA = blur(a, a, true);
    double[] squareB = blur(b, b, true);
    double[] product = blur(a, b, true);
    double sum = 0;
    for (int i = 0; i < meanA.length; i++) {
      double mu = meanA[i] * meanB[i];
      double squares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
      double variances = squareA[i] + squareB[i] - squares;
      double covariance = product[i] - mu;
      sum += (2 * mu + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
    return sum / meanA.length;
  }

  /** Separable Gaussian of a, or of the products a * b. */
  private static double[] blur(Plane a, Plane b, boolean multiply) {
    double[] kernel = gaussian();
    int columns = a.width() - WINDOW + 1;
    int rows = a.height() - WINDOW + 1;
    double[] lines = new double[columns * a.height()];
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int t = 0; t < WINDOW; t++) {
          double value = a.at(y, x + t);
          sum += kernel[t] * (multiply ? value * b.at(y, x + t) : value);
        }
        lines[y * columns + x] = sum;
      }
    }
    double[] out = new double[columns * rows];
    for (int i = 0; i < out.length; i++) {
      for (int t = 0; t < WINDOW; t++) {
        out[i] += kernel[t] * lines[i + t * columns];
      }
    }
    return out;
  }

  private static double[] gaussian() {
    double[] kernel = new double[WINDOW];
    double total = 0;
    for (int t = 0; t < WINDOW; t++) {
      double d = t - WINDOW / 2;
      kernel[t] = Math.exp(-d * d / (2 * SIGMA * SIGMA));
      total += kernel[t];
    }
    for (int t = 0; t < WINDOW; t++) {
      kernel[t] /= total;
    }
    return kernel;
  }

  private static double decibels(double meanSquare) {
    return meanSquare == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(255.0 * 255.0 / meanSquare);
  }

  private static void requireOneSize(int width, int height, int width2, int height2) {
    if (width != width2 || height != height2) {
      throw new IllegalArgumentException(
          width + "x" + height + " against " + width2 + "x" + height2);
    }
  }
}
