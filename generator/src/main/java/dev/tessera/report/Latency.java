package dev.tessera.report;

/**
 * Time from the first pixel of a frame in to the first pixel out.
 *
 * @param cycles clock cycles
 * @param rows the same in rows of the input frame, as they arrive at the planned rate
 * @param microseconds the same at the planned clock
 */
public record Latency(long cycles, double rows, double microseconds) {
  /**
   * The latency of {@code cycles}.
   *
   * @param cyclesPerFrame planned time of a frame
   * @param frameRows rows of the input frame
   * @param clockMhz planned clock
   */
  static Latency of(long cycles, long cyclesPerFrame, int frameRows, double clockMhz) {
    return new Latency(cycles, (double) cycles * frameRows / cyclesPerFrame, cycles / clockMhz);
  }
}
