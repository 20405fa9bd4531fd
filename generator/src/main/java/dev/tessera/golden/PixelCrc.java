package dev.tessera.golden;

import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.TileGrid;
import java.util.zip.CRC32;

/**
 * CRC-32 of the pixels that a design writes to memory, in the order in which it does: tile by tile,
 * row by row, the components of a pixel one after the other. Of a frame in one tile it is that of
 * the frame as a file of bytes.
 */
public final class PixelCrc {
  private PixelCrc() {}

  /** The value for {@code frame}, of bytes, as {@code design} makes it. */
  public static long of(Design design, Frame frame) {
    CRC32 crc = new CRC32();
    if (design.tiles().isEmpty()) {
      add(crc, frame, 0, 0, frame.width(), frame.height());
      return crc.getValue();
    }
    for (TileGrid.Tile tile : design.tiles().get().tiles()) {
      int left = tile.column().madeStart();
      int top = tile.row().madeStart();
      add(crc, frame, left, top, tile.column().madeSize(), tile.row().madeSize());
    }
    return crc.getValue();
  }

  private static void add(CRC32 crc, Frame frame, int left, int top, int width, int height) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        for (int c = 0; c < frame.channels(); c++) {
          crc.update(frame.at(c, y, x));
        }
      }
    }
  }
}
