package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A photo of exactly a frame's size, and what its enlargement should look like.
 *
 * @param name for messages and reports
 * @param picture frame columns x frame rows
 * @param truth the ground truth, enlarged by the network's factor
 */
public record Photo(String name, Rgb picture, Optional<Rgb> truth) {
  private static final int PATCH = 8;

  /**
   * The middle of the photo in {@code file}, the largest frame that fits, and the same rectangle of
   * its ground truth, which is {@code factor} times as large; up to {@code factor - 1} extra pixels
   * at its right and lower edges are dropped.
   *
   * @throws TesseraException {@code image.small} or {@code truth.size}
   */
  static Photo load(Path file, FrameRange frames, Optional<Path> truthFile, int factor) {
    Rgb whole = FileFault.in(file, () -> Png.read(file));
    FrameSize frame = frames.inside(whole.width(), whole.height());
    if (whole.width() < frame.width() || whole.height() < frame.height()) {
      throw FileFault.of(file, tooSmall(whole, frames));
    }
    int left = (whole.width() - frame.width()) / 2;
    int top = (whole.height() - frame.height()) / 2;
    Rgb part = whole.crop(left, top, frame.width(), frame.height());
    Optional<Rgb> truth =
        truthFile.map(
            at ->
                FileFault.in(at, () -> truth(at, whole, factor))
                    .crop(
                        left * factor,
                        top * factor,
                        frame.width() * factor,
                        frame.height() * factor));
    return new Photo(String.valueOf(file.getFileName()), part, truth);
  }

  private static TesseraException tooSmall(Rgb whole, FrameRange frames) {
    return TesseraException.input(
        "image.small",
        "",
        "the photo is "
            + whole.width()
            + "x"
            + whole.height()
            + " and the design takes frames of "
            + frames,
        "give a larger photo, or generate the design with a smaller --frame");
  }

  private static Rgb truth(Path file, Rgb photo, int factor) {
    Rgb truth = Png.read(file);
    if (truth.width() / factor != photo.width() || truth.height() / factor != photo.height()) {
      throw TesseraException.input(
          "truth.size",
          "",
          "the ground truth is "
              + truth.width()
              + "x"
              + truth.height()
              + ", not "
              + factor
              + " times the photo's "
              + photo.width()
              + "x"
              + photo.height(),
          "give the picture that the photo was reduced from");
    }
    return truth;
  }

  /** A picture with flat areas, edges, ramps and noise, for when nobody gave a photo. */
  public static Photo pattern(FrameSize frame, long seed) {
    Random random = new Random(seed);
    Rgb picture = new Rgb(frame.width(), frame.height());
    int size = frame.width() * frame.height();
    for (int c = 0; c < 3; c++) {
      for (int top = 0; top < frame.height(); top += PATCH) {
        for (int left = 0; left < frame.width(); left += PATCH) {
          int base = random.nextInt(256);
          int slope = random.nextInt(33) - 16;
          int noise = random.nextInt(3) == 0 ? 64 : 1;
          for (int y = top; y < Math.min(top + PATCH, frame.height()); y++) {
            for (int x = left; x < Math.min(left + PATCH, frame.width()); x++) {
              int value = base + slope * (x - left) + random.nextInt(noise);
              int code = Math.max(0, Math.min(255, value));
              picture.data()[c * size + y * frame.width() + x] = (byte) code;
            }
          }
        }
      }
    }
    return new Photo("test pattern " + seed, picture, Optional.empty());
  }

  /**
   * {@code count} pictures: the photos themselves, then mirrored and inverted copies, so that no
   * frame repeats the one before it and state that leaks from frame to frame shows.
   */
  static List<Rgb> sequence(List<Photo> photos, int count) {
    List<Rgb> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(variant(photos.get(i % photos.size()).picture(), i / photos.size()));
    }
    return pictures;
  }

  /** {@code count} frames of a video: the photos one after the other, the last one held. */
  static List<Rgb> video(List<Photo> photos, int count) {
    List<Rgb> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(photos.get(Math.min(i, photos.size() - 1)).picture());
    }
    return pictures;
  }

  private static Rgb variant(Rgb picture, int kind) {
    boolean mirror = (kind & 1) != 0;
    boolean flip = (kind & 2) != 0;
    int invert = (kind & 4) != 0 ? 0xff : 0;
    int w = picture.width();
    int h = picture.height();
    Rgb variant = new Rgb(w, h);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int code = picture.at(c, flip ? h - 1 - y : y, mirror ? w - 1 - x : x) ^ invert;
          variant.data()[(c * h + y) * w + x] = (byte) code;
        }
      }
    }
    return variant;
  }
}
