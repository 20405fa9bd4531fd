package dev.tessera.image;

/**
 * A colour picture of eight bits per component.
 *
 * @param width columns
 * @param height rows
 * @param data 3 x height x width unsigned bytes: the red plane, the green one, the blue one
 */
public record Rgb(int width, int height, byte[] data) {
  public Rgb {
    if (width < 1 || height < 1 || data.length != 3 * width * height) {
      throw new IllegalArgumentException("picture shape does not match its data");
    }
  }

  /** A black picture. */
  public Rgb(int width, int height) {
    this(width, height, new byte[3 * width * height]);
  }

  /** The component c (0 red, 1 green, 2 blue), 0 to 255. */
  public int at(int c, int y, int x) {
    return data[(c * height + y) * width + x] & 0xff;
  }

  /** One component of every pixel. */
  public Plane plane(int c) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = data[c * values.length + i] & 0xff;
    }
    return new Plane(width, height, values);
  }

  /** The three components as real numbers, 3 x height x width, 0 to 255. */
  public float[] toFloats() {
    float[] values = new float[data.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = data[i] & 0xff;
    }
    return values;
  }

  /** A picture of three planes of one size, each rounded by {@link Plane#code}. */
  public static Rgb of(Plane red, Plane green, Plane blue) {
    Rgb picture = new Rgb(red.width(), red.height());
    Plane[] planes = {red, green, blue};
    int size = red.width() * red.height();
    for (int c = 0; c < 3; c++) {
      if (planes[c].width() != red.width() || planes[c].height() != red.height()) {
        throw new IllegalArgumentException("planes of different sizes");
      }
      for (int i = 0; i < size; i++) {
        picture.data[c * size + i] = (byte) Plane.code(planes[c].data()[i]);
      }
    }
    return picture;
  }

  /** The rectangle with its upper left corner at (left, top). */
  public Rgb crop(int left, int top, int columns, int rows) {
    if (left < 0 || top < 0 || left + columns > width || top + rows > height) {
      throw new IllegalArgumentException("rectangle leaves the picture");
    }
    Rgb part = new Rgb(columns, rows);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < rows; y++) {
        int from = (c * height + top + y) * width + left;
        System.arraycopy(data, from, part.data, (c * rows + y) * columns, columns);
      }
    }
    return part;
  }

  /** The picture without the right and lower pixels that {@code multiple} does not divide. */
  public Rgb cropToMultiple(int multiple) {
    return crop(0, 0, width - width % multiple, height - height % multiple);
  }
}
