package dev.tessera.image;

/** Nearest-neighbour resampling: output pixel centres take the source pixel they lie in. */
public final class Nearest {
  private Nearest() {}

  /** The picture with {@code columns} x {@code rows} pixels. */
  public static Rgb resize(Rgb picture, int columns, int rows) {
    Rgb result = new Rgb(columns, rows);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < rows; y++) {
        int fromY = source(y, picture.height(), rows);
        for (int x = 0; x < columns; x++) {
          int code = picture.at(c, fromY, source(x, picture.width(), columns));
          result.data()[(c * rows + y) * columns + x] = (byte) code;
        }
      }
    }
    return result;
  }

  private static int source(int index, int from, int to) {
    return (int) ((2L * index + 1) * from / (2L * to));
  }
}
