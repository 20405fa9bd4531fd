package dev.tessera.image;

/**
 * ITU-R BT.601 colour conversion in studio range: full range RGB (0 to 255) to Y 16 to 235, Cb and
 * Cr 16 to 240, and back by the inverse matrix.
 */
public final class Bt601 {
  /** Rows Y, Cb, Cr; columns R, G, B; per full-scale component, so each is divided by 255. */
  private static final double[][] FORWARD = {
    {65.481, 128.553, 24.966}, {-37.797, -74.203, 112.0}, {112.0, -93.786, -18.214}
  };

  private static final double[] OFFSET = {16, 128, 128};
  private static final double[][] BACKWARD = inverse();

  private Bt601() {}

  /** Luma as real numbers, 16 to 235, not rounded. */
  public static Plane luma(Rgb picture) {
    return component(picture, 0);
  }

  /** Component k of (Y, Cb, Cr) as real numbers, not rounded. */
  public static Plane component(Rgb picture, int k) {
    int size = picture.width() * picture.height();
    float[] values = new float[size];
    byte[] data = picture.data();
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += FORWARD[k][c] * (data[c * size + i] & 0xff);
      }
      values[i] = (float) (OFFSET[k] + sum / 255);
    }
    return new Plane(picture.width(), picture.height(), values);
  }

  /** The RGB picture of three planes in code units, each component rounded once at the end. */
  public static Rgb toRgb(Plane luma, Plane cb, Plane cr) {
    int size = luma.data().length;
    Plane[] rgb = new Plane[3];
    for (int c = 0; c < 3; c++) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        double y = luma.data()[i] - OFFSET[0];
        double b = cb.data()[i] - OFFSET[1];
        double r = cr.data()[i] - OFFSET[2];
        values[i] = (float) (BACKWARD[c][0] * y + BACKWARD[c][1] * b + BACKWARD[c][2] * r);
      }
      rgb[c] = new Plane(luma.width(), luma.height(), values);
    }
    return Rgb.of(rgb[0], rgb[1], rgb[2]);
  }

  private static double[][] inverse() {
    double[][] m = FORWARD;
    double[][] result = new double[3][3];
    double determinant = 0;
    for (int j = 0; j < 3; j++) {
      determinant += m[0][j] * cofactor(m, 0, j);
    }
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        result[i][j] = 255 * cofactor(m, j, i) / determinant;
      }
    }
    return result;
  }

  /** Cyclic indices give the cofactor of a 3 x 3 matrix with its sign. */
  private static double cofactor(double[][] m, int i, int j) {
    int a = (i + 1) % 3;
    int b = (i + 2) % 3;
    int c = (j + 1) % 3;
    int d = (j + 2) % 3;
    return m[a][c] * m[b][d] - m[a][d] * m[b][c];
  }
}
