package dev.tessera.hw;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shell of a design that reads frames from memory and writes what it makes there: one AXI4
 * master, 64 address bits, INCR bursts of whole words that never cross 4 KiB. Frames begin at any
 * byte and rows at any distance; a row of a tile is fetched as the words that hold it.
 *
 * @param busBits width of the data bus: a power of two, 64 to 512
 * @param burst words of the longest burst, at most 256
 * @param buffer words that each direction buffers; at least two bursts
 * @param outstanding bursts that may wait for their response
 * @param grid the tiles of a frame; one for the whole frame
 * @param componentsIn bytes of a pixel that is read
 * @param componentsOut bytes of a pixel that is written
 * @param pixelsIn pixels that the design takes per clock
 * @param pixelsOut pixels that it makes per clock
 * @param crops what is read of every frame before its tiles, of which nothing is written; null for
 *     nothing
 * @param registers whether software starts frames through registers; pins do otherwise
 */
public record MemoryTop(
    int busBits,
    int burst,
    int buffer,
    int outstanding,
    TileGrid grid,
    int componentsIn,
    int componentsOut,
    int pixelsIn,
    int pixelsOut,
    Crops crops,
    boolean registers) {
  /** Bytes that no burst may cross a multiple of. */
  public static final int BOUNDARY = 4096;

  private static final int MOST_WORDS = 256;
  private static final int BUFFER = 512;
  private static final int OUTSTANDING = 8;

  /** Row times pitch, 16 by 32 bits, of reader and of writer. */
  private static final int SHELL_DSP = 4;

  private static final int SHELL_LUT = 1820;
  private static final int BYTE_LUT = 61;
  private static final int SHELL_FF = 2012;
  private static final int BYTE_FF = 50;

  /** Registers with their port, orders and counters. */
  private static final int REGISTER_LUT = 370;

  private static final int REGISTER_FF = 900;
  private static final int FENCE_LUT = 235;
  private static final int FENCE_BYTE_LUT = 10;
  private static final int FENCE_FF = 346;
  private static final int FENCE_BYTE_FF = 18;
  private static final int CRC_LUT = 80;
  private static final int CRC_BYTE_LUT = 34;
  private static final int CRC_FF = 66;

  public MemoryTop {
    boolean bus = Integer.bitCount(busBits) == 1 && busBits >= 64 && busBits <= 512;
    int bytes = busBits / Byte.SIZE;
    if (!bus) {
      throw new IllegalArgumentException("there is no bus of " + busBits + " bits");
    }
    if (burst < 1 || burst > MOST_WORDS || buffer < 2 * burst || outstanding < 1) {
      throw new IllegalArgumentException("bursts of " + burst + " and " + buffer + " words");
    }
    if (componentsIn * pixelsIn > bytes || componentsOut * pixelsOut > bytes) {
      throw new IllegalArgumentException(
          "a bus of " + busBits + " bits is narrower than the pixels of a clock cycle");
    }
    if (scale(grid.columns()) < 1 || scale(grid.columns()) != scale(grid.rows())) {
      throw new IllegalArgumentException(
          "what is written is not the frame enlarged by a whole factor");
    }
    if (crops != null && crops.width() % pixelsIn != 0) {
      throw new IllegalArgumentException(
          "crops of " + crops.size() + " do not end with a beat of pixels");
    }
    for (TileGrid.Tile tile : grid.tiles()) {
      TileAxis.Span span = tile.column();
      boolean whole =
          span.size() % pixelsIn == 0
              && span.skipped() % pixelsOut == 0
              && span.madeSize() % pixelsOut == 0;
      if (!whole) {
        throw new IllegalArgumentException(
            "a tile of " + span.size() + " columns does not begin and end with a beat of pixels");
      }
    }
  }

  /** The shell with buffers of its usual size. */
  public static MemoryTop of(
      int busBits,
      TileGrid grid,
      int componentsIn,
      int componentsOut,
      int pixelsIn,
      int pixelsOut,
      Crops crops,
      boolean registers) {
    int burst = Math.min(MOST_WORDS, BOUNDARY / Math.max(1, busBits / Byte.SIZE));
    return new MemoryTop(
        busBits,
        burst,
        BUFFER,
        OUTSTANDING,
        grid,
        componentsIn,
        componentsOut,
        pixelsIn,
        pixelsOut,
        crops,
        registers);
  }

  /** Output pixels per input pixel along an axis, or 0 if that is no whole number. */
  private static int scale(TileAxis axis) {
    return axis.made() % axis.frame() == 0 ? axis.made() / axis.frame() : 0;
  }

  /** Output pixels per input pixel along an axis. */
  public int scale() {
    return scale(grid.columns());
  }

  /** Bytes of a word. */
  public int busBytes() {
    return busBits / Byte.SIZE;
  }

  /**
   * Bytes that are read for a frame, whole words, exact.
   *
   * @param base address of its first byte
   * @param pitch bytes from row to row
   */
  public long readBytes(long base, long pitch) {
    long words = 0;
    for (TileGrid.Tile tile : grid.tiles()) {
      Crops.Place place = new Crops.Place(tile.column().start(), tile.row().start());
      words += readWords(base, pitch, place, tile.size());
    }
    if (crops != null) {
      for (Crops.Place place : crops.places()) {
        words += crops.passes() * readWords(base, pitch, place, crops.size());
      }
    }
    return words * busBytes();
  }

  private long readWords(long base, long pitch, Crops.Place place, Size size) {
    long words = 0;
    for (int y = 0; y < size.height(); y++) {
      long from = base + (place.top() + y) * pitch + (long) place.left() * componentsIn;
      words += words(from, (long) size.width() * componentsIn);
    }
    return words;
  }

  /**
   * Bytes that are written for a frame, whole words (strobes leave out what is not of a row),
   * exact.
   *
   * @param base address of its first byte
   * @param pitch bytes from row to row
   */
  public long writeBytes(long base, long pitch) {
    long words = 0;
    for (TileGrid.Tile tile : grid.tiles()) {
      for (int y = 0; y < tile.row().madeSize(); y++) {
        long row = base + (tile.row().madeStart() + y) * pitch;
        long from = row + (long) tile.column().madeStart() * componentsOut;
        words += words(from, (long) tile.column().madeSize() * componentsOut);
      }
    }
    return words * busBytes();
  }

  private long words(long from, long bytes) {
    return Math.floorDiv(from + bytes - 1, busBytes()) - Math.floorDiv(from, busBytes()) + 1;
  }

  /**
   * What reader and writer take, buffers included: a line through syntheses of both by Yosys for
   * UltraScale+ at 64, 128 and 512 bits, which it meets within 2 %.
   */
  public Cost cost() {
    double blocks = 2 * Fifo.bram36(buffer, busBits);
    int lut = SHELL_LUT + BYTE_LUT * busBytes();
    int ff = SHELL_FF + BYTE_FF * busBytes();
    if (registers) {
      Cost fence = fence(busBytes());
      lut += REGISTER_LUT + CRC_LUT + CRC_BYTE_LUT * componentsOut * pixelsOut + fence.lut();
      ff += REGISTER_FF + CRC_FF + fence.ff();
    }
    return new Cost(0, 0, 0, SHELL_DSP, lut, ff, blocks);
  }

  /** What outlives a reset of a master by software. */
  public static Cost fence(int busBytes) {
    int lut = FENCE_LUT + FENCE_BYTE_LUT * busBytes;
    return Cost.wiring(0, lut, FENCE_FF + FENCE_BYTE_FF * busBytes, 0);
  }

  /** Bytes of a row that is read, rounded up to whole words. */
  public long readPitch() {
    return rounded((long) grid.columns().frame() * componentsIn);
  }

  /** Bytes of a row that is written, rounded up to whole words. */
  public long writePitch() {
    return rounded((long) grid.columns().made() * componentsOut);
  }

  private long rounded(long bytes) {
    return (bytes + busBytes() - 1) / busBytes() * busBytes();
  }

  /** Verilog parameters of the reader. */
  public Map<String, String> readerParameters() {
    Map<String, String> p = common(componentsIn, pixelsIn);
    p.putAll(tiles());
    return p;
  }

  /** Verilog parameters of the writer. */
  public Map<String, String> writerParameters() {
    Map<String, String> p = common(componentsOut, pixelsOut);
    p.put("SCALE", Integer.toString(scale()));
    p.put("OUTSTANDING", Integer.toString(outstanding));
    if (registers) {
      p.put("CRC", "1");
      p.put("MASKS", Crc32Masks.literal(componentsOut * pixelsOut * Byte.SIZE));
    }
    p.putAll(tiles());
    return p;
  }

  private Map<String, String> common(int components, int pixels) {
    Map<String, String> p = new LinkedHashMap<>();
    p.put("B", Integer.toString(busBytes()));
    p.put("C", Integer.toString(components));
    p.put("PPC", Integer.toString(pixels));
    p.put("MOST", Integer.toString(burst));
    p.put("DEPTH", Integer.toString(buffer));
    return p;
  }

  private Map<String, String> tiles() {
    Map<String, String> p = new LinkedHashMap<>();
    p.put("CORE_W", Integer.toString(grid.columns().core()));
    p.put("CORE_H", Integer.toString(grid.rows().core()));
    p.put("BEFORE_X", Integer.toString(grid.columns().before()));
    p.put("AFTER_X", Integer.toString(grid.columns().after()));
    p.put("BEFORE_Y", Integer.toString(grid.rows().before()));
    p.put("AFTER_Y", Integer.toString(grid.rows().after()));
    if (crops != null) {
      p.put("CROPS", Integer.toString(crops.count()));
      p.put("PASSES", Integer.toString(crops.passes()));
      p.put("CROP_W", Integer.toString(crops.width()));
      p.put("CROP_H", Integer.toString(crops.height()));
      Word places = new Word();
      for (Crops.Place place : crops.places()) {
        places.add(place.left(), Short.SIZE);
        places.add(place.top(), Short.SIZE);
      }
      p.put("PLACES", places.literal());
    }
    return p;
  }
}
