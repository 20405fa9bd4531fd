package dev.tessera.plan;

import java.util.Map;

/**
 * Line and frame period of a source that cannot wait, in pixels and rows with blanking.
 *
 * @param totalColumns pixel clocks of a line, at least the frame's width
 * @param totalRows lines of a frame, at least the frame's height
 */
public record LiveTiming(int totalColumns, int totalRows) {
  /** CTA-861 formats: active size to total columns and rows. */
  private static final Map<String, LiveTiming> FORMATS =
      Map.of(
          "640x480", new LiveTiming(800, 525),
          "720x480", new LiveTiming(858, 525),
          "720x576", new LiveTiming(864, 625),
          "1280x720", new LiveTiming(1650, 750),
          "1920x1080", new LiveTiming(2200, 1125),
          "3840x2160", new LiveTiming(4400, 2250));

  /** Horizontal blanking of reduced-blanking computer formats. */
  private static final int REDUCED_COLUMNS = 160;

  private static final int LEAST_BLANK_ROWS = 6;
  private static final int BLANK_ROWS_SHARE = 30;

  /**
   * The timing of a television format, or for other sizes one with reduced blanking: 160 columns
   * and a thirtieth of the rows, at least 6.
   */
  public static LiveTiming of(int width, int height) {
    LiveTiming reduced =
        new LiveTiming(
            width + REDUCED_COLUMNS,
            height + Math.max(LEAST_BLANK_ROWS, height / BLANK_ROWS_SHARE));
    return FORMATS.getOrDefault(width + "x" + height, reduced);
  }

  /** Pixels of a second at {@code fps} frames. */
  public double pixelRate(double fps) {
    return fps * totalColumns * totalRows;
  }
}
