package dev.tessera.quantize;

import dev.tessera.image.Bicubic;
import dev.tessera.image.LumaPipeline;
import dev.tessera.image.Rgb;
import java.util.ArrayList;
import java.util.List;

/**
 * Pieces of photos that show the network what it will see.
 *
 * @param patches at least one
 * @param unit what a code of the image ports stands for: 1/255 or 1
 * @param colour what the channels are
 */
public record Calibration(List<Patch> patches, double unit, Colour colour) {
  public Calibration {
    patches = List.copyOf(patches);
    if (patches.isEmpty()) {
      throw new IllegalArgumentException("no calibration patches");
    }
  }

  /**
   * A piece of a photo.
   *
   * @param codes C x height x width, 0 to 255
   */
  public record Patch(int height, int width, int[] codes) {
    /** The codes as the network gets them. */
    float[] scaled(double unit) {
      float[] values = new float[codes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (codes[i] * unit);
      }
      return values;
    }

    /** The codes as a feature map. */
    Codes map() {
      return new Codes(codes.length / (height * width), height, width, codes);
    }
  }

  /**
   * Square patches of the photos: from each photo the centre and the liveliest place, half of them
   * from the photo at half size, because photos as cameras make them are smoother than the small
   * pictures that super-resolution enlarges.
   *
   * @param side largest side of a patch in pixels
   */
  public static Calibration of(List<Rgb> photos, Colour colour, double unit, int side) {
    List<Patch> patches = new ArrayList<>();
    for (Rgb photo : photos) {
      boolean halve = Math.min(photo.width(), photo.height()) >= 4 * side;
      Rgb small = halve ? Bicubic.resize(photo, photo.width() / 2, photo.height() / 2) : photo;
      patches.add(centre(small, colour, side));
      patches.add(liveliest(photo, colour, side));
    }
    return new Calibration(patches, unit, colour);
  }

  private static Patch centre(Rgb photo, Colour colour, int side) {
    int columns = Math.min(side, photo.width());
    int rows = Math.min(side, photo.height());
    int left = (photo.width() - columns) / 2;
    int top = (photo.height() - rows) / 2;
    return patch(photo.crop(left, top, columns, rows), colour);
  }

  private static Patch liveliest(Rgb photo, Colour colour, int side) {
    int columns = Math.min(side, photo.width());
    int rows = Math.min(side, photo.height());
    Rgb best = null;
    long most = -1;
    for (int top = 0; top + rows <= photo.height(); top += rows) {
      for (int left = 0; left + columns <= photo.width(); left += columns) {
        Rgb piece = photo.crop(left, top, columns, rows);
        long activity = activity(piece);
        if (activity > most) {
          most = activity;
          best = piece;
        }
      }
    }
    return patch(best, colour);
  }

  /** Sum of squared differences of neighbours. */
  private static long activity(Rgb piece) {
    long sum = 0;
    for (int y = 1; y < piece.height(); y++) {
      for (int x = 1; x < piece.width(); x++) {
        int right = piece.at(1, y, x) - piece.at(1, y, x - 1);
        int down = piece.at(1, y, x) - piece.at(1, y - 1, x);
        sum += (long) right * right + (long) down * down;
      }
    }
    return sum;
  }

  private static Patch patch(Rgb piece, Colour colour) {
    int[] codes = new int[colour.channels() * piece.width() * piece.height()];
    float[] luma = colour == Colour.Y ? LumaPipeline.input(piece).data() : piece.toFloats();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (int) luma[i];
    }
    return new Patch(piece.height(), piece.width(), codes);
  }
}
