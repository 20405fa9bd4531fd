package dev.tessera.flow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Size of a frame in pixels.
 *
 * @param width columns, 1 to 16384
 * @param height rows, 1 to 16384
 */
public record FrameSize(int width, int height) {
  /** The largest side that video formats of today have, with room to spare. */
  static final int LARGEST = 16384;

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})[xX](\\d{1,9})");

  @Override
  public String toString() {
    return width + "x" + height;
  }

  /**
   * Reads {@code 1920x1080}.
   *
   * @throws IllegalArgumentException saying what is wrong with {@code text}
   */
  public static FrameSize parse(String text) {
    Matcher sides = FORM.matcher(text);
    if (!sides.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not WIDTHxHEIGHT");
    }
    return new FrameSize(side(sides.group(1)), side(sides.group(2)));
  }

  private static int side(String digits) {
    int side = Integer.parseInt(digits);
    if (side < 1 || side > LARGEST) {
      throw new IllegalArgumentException(digits + " is not a frame side of 1 to " + LARGEST);
    }
    return side;
  }
}
