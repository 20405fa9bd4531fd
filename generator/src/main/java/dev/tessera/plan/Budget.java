package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import java.util.Locale;

/**
 * Time that a frame may take, and when a source that cannot wait delivers it.
 *
 * @param cycles clock cycles of a frame, {@link Long#MAX_VALUE} if no rate is asked for
 * @param linePeriod clock cycles of a line of a live source, blanking included; 0 if it can wait
 * @param pixelPeriod clock cycles of a pixel of a live source
 * @param blankRows lines between its frames
 */
record Budget(long cycles, double linePeriod, double pixelPeriod, int blankRows) {
  /**
   * The budget of {@code request}. A live source is met line by line: the blanking at the end of a
   * line is time to work in, that at the end of a frame is not, because the rows that would use it
   * would have to be stored.
   */
  static Budget of(PlanRequest request, double clockMhz) {
    if (request.fps().isEmpty()) {
      if (request.live().isPresent()) {
        throw TesseraException.input(
            "plan.live",
            "",
            "a live source is planned for without a frame rate",
            "give the rate of the source, for example --fps 60");
      }
      return new Budget(Long.MAX_VALUE, 0, 0, 0);
    }
    double fps = request.fps().getAsDouble();
    double frame = clockMhz * 1e6 / fps;
    if (!(fps > 0) || frame < 1) {
      throw TesseraException.input(
          "plan.fps", "", "no design runs at " + fps + " frames per second", "");
    }
    if (request.live().isEmpty()) {
      return new Budget((long) frame, 0, 0, 0);
    }
    LiveTiming timing = request.live().get();
    int width = request.frameWidth();
    int height = request.frameHeight();
    if (timing.totalColumns() < width || timing.totalRows() < height) {
      throw TesseraException.input(
          "plan.live",
          "",
          String.format(
              Locale.ROOT,
              "a line and frame of %d x %d with blanking do not hold %d x %d pixels",
              timing.totalColumns(),
              timing.totalRows(),
              width,
              height),
          "the totals include the visible pixels");
    }
    double line = frame / timing.totalRows();
    long cycles = (long) (line * height);
    return new Budget(cycles, line, line / timing.totalColumns(), timing.totalRows() - height);
  }

  boolean live() {
    return linePeriod > 0;
  }

  /** Pixels per clock in which a source of rows of {@code width} fits: 1, 2, 4, or 0. */
  int pixelsPerClock(int width) {
    for (int ppc : new int[] {1, 2, 4}) {
      if (width % ppc == 0 && (!live() || ppc * pixelPeriod >= 1)) {
        return ppc;
      }
    }
    return 0;
  }

  /**
   * Arrivals of the beats of {@code frames} frames of {@code rows} rows: at the line rate of a live
   * source, evenly over {@code period} cycles a frame otherwise.
   */
  long[] source(int width, int rows, int frames, int ppc, long period) {
    int perRow = width / ppc;
    long perFrame = (long) perRow * rows;
    long[] times = new long[Math.toIntExact(perFrame * frames)];
    for (int i = 0; i < times.length; i++) {
      long frame = i / perFrame;
      long beat = i % perFrame;
      if (live()) {
        long line = frame * (rows + blankRows) + beat / perRow;
        double pixel = (double) (beat % perRow + 1) * ppc - 1;
        times[i] = (long) (line * linePeriod + pixel * pixelPeriod);
      } else {
        times[i] = frame * period + beat * period / perFrame;
      }
    }
    return times;
  }
}
