package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Frame;
import dev.tessera.image.Bt601;
import dev.tessera.image.LumaPipeline;
import dev.tessera.image.Plane;
import dev.tessera.image.Rgb;

/** How a colour photo becomes a network's frame, and the network's frame a picture. */
enum ColorMode {
  /** The network sees red, green and blue. */
  RGB(3),
  /** The network sees BT.601 luma; chroma is resized bicubically beside it. */
  Y(1);

  private final int channels;

  ColorMode(int channels) {
    this.channels = channels;
  }

  /** The mode that {@code --color} asks for, or the one that fits where it asks for nothing. */
  static ColorMode choose(ColorChoice choice, int networkChannels) {
    ColorMode mode =
        switch (choice) {
          case AUTO -> networkChannels == 1 ? Y : RGB;
          case RGB -> RGB;
          case Y -> Y;
        };
    if (mode.channels != networkChannels) {
      throw TesseraException.input(
          "color.channels",
          "",
          "the network takes "
              + networkChannels
              + (networkChannels == 1 ? " channel" : " channels")
              + " and a picture in "
              + mode.name()
              + " has "
              + mode.channels,
          "networks that work on pictures take 1 channel (luma) or 3 (red, green, blue)");
    }
    return mode;
  }

  /** Values of one position. */
  int channels() {
    return channels;
  }

  /** The codes of {@code photo}, channels first. */
  Frame frame(Rgb photo) {
    int size = photo.width() * photo.height();
    int[] codes = new int[channels * size];
    if (this == Y) {
      float[] luma = LumaPipeline.input(photo).data();
      for (int i = 0; i < size; i++) {
        codes[i] = (int) luma[i];
      }
    } else {
      for (int i = 0; i < codes.length; i++) {
        codes[i] = photo.data()[i] & 0xff;
      }
    }
    return new Frame(channels, photo.height(), photo.width(), codes);
  }

  /** The picture of {@code made}, codes that the network made of {@code photo}. */
  Rendering render(Rgb photo, Frame made) {
    float[] codes = new float[made.data().length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = made.data()[i];
    }
    return render(photo, codes, made.width(), made.height());
  }

  /**
   * What a network made of {@code photo}.
   *
   * @param values channels x height x width in code units (0 to 255), not necessarily whole
   */
  Rendering render(Rgb photo, float[] values, int width, int height) {
    int size = width * height;
    Plane[] planes = new Plane[channels];
    for (int c = 0; c < channels; c++) {
      float[] plane = new float[size];
      System.arraycopy(values, c * size, plane, 0, size);
      planes[c] = new Plane(width, height, plane).rounded();
    }
    if (this == Y) {
      return new Rendering(LumaPipeline.output(photo, planes[0]), planes[0]);
    }
    Rgb picture = Rgb.of(planes[0], planes[1], planes[2]);
    return new Rendering(picture, Bt601.luma(picture));
  }

  /**
   * An enlarged photo.
   *
   * @param picture in colour
   * @param luma its luma, before any conversion to red, green and blue could round it again
   */
  record Rendering(Rgb picture, Plane luma) {}
}
