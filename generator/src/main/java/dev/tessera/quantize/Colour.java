package dev.tessera.quantize;

/** What the channels of the image ports are. */
public enum Colour {
  /** Red, green, blue. */
  RGB(3),
  /** BT.601 studio luma. */
  Y(1);

  private final int channels;

  Colour(int channels) {
    this.channels = channels;
  }

  /** Components of a pixel. */
  public int channels() {
    return channels;
  }
}
