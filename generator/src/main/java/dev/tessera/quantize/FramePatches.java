package dev.tessera.quantize;

import dev.tessera.image.Bicubic;
import dev.tessera.image.Rgb;
import java.util.ArrayList;
import java.util.List;

/** Calibration patches for networks that take frames of one size only. */
final class FramePatches {
  private FramePatches() {}

  /** The centres of {@code count} photos, at most as many as there are, in that size. */
  static List<Calibration.Patch> of(
      List<Rgb> photos, Colour colour, int height, int width, int count) {
    List<Calibration.Patch> patches = new ArrayList<>();
    int used = Math.min(count, photos.size());
    for (int i = 0; i < used; i++) {
      Rgb photo = photos.get(i * photos.size() / used);
      double scale = Math.max((double) height / photo.height(), (double) width / photo.width());
      int columns = Math.max(width, (int) Math.round(photo.width() * scale));
      int rows = Math.max(height, (int) Math.round(photo.height() * scale));
      Rgb covering = Bicubic.resize(photo, columns, rows);
      Rgb piece = covering.crop((columns - width) / 2, (rows - height) / 2, width, height);
      patches.add(Calibration.patch(piece, colour));
    }
    return patches;
  }
}
