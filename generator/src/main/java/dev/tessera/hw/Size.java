package dev.tessera.hw;

/**
 * Size of a frame.
 *
 * @param width columns
 * @param height rows
 */
public record Size(int width, int height) {
  /** The size of the frames of {@code type}. */
  public static Size of(StreamType type) {
    return new Size(type.width(), type.height());
  }

  /** The size of {@code frame}. */
  public static Size of(Frame frame) {
    return new Size(frame.width(), frame.height());
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
