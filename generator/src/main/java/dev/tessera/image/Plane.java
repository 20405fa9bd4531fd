package dev.tessera.image;

/**
 * One component of a picture as real numbers in code units (0 to 255 is the eight bit range).
 *
 * @param width columns
 * @param height rows
 * @param data height x width, row major
 */
public record Plane(int width, int height, float[] data) {
  public Plane {
    if (width < 1 || height < 1 || data.length != width * height) {
      throw new IllegalArgumentException("plane shape does not match its data");
    }
  }

  /** The value at a place. */
  public float at(int y, int x) {
    return data[y * width + x];
  }

  /** The nearest eight bit code, halves up: the one rounding rule of pictures. */
  public static int code(double value) {
    return (int) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }

  /** Every value replaced by its {@link #code}. */
  public Plane rounded() {
    float[] codes = new float[data.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(data[i]);
    }
    return new Plane(width, height, codes);
  }

  /** The plane without {@code border} pixels on each side. */
  public Plane shave(int border) {
    int columns = width - 2 * border;
    int rows = height - 2 * border;
    float[] part = new float[Math.max(0, columns) * Math.max(0, rows)];
    for (int y = 0; y < rows; y++) {
      System.arraycopy(data, (y + border) * width + border, part, y * columns, columns);
    }
    return new Plane(columns, rows, part);
  }
}
