package dev.tessera.flow;

import dev.tessera.quantize.QuantOptions;
import java.util.Map;

/**
 * Width of weights and hidden feature maps.
 *
 * @param bits 4 to 15
 */
public record Precision(int bits) {
  private static final int LEAST = 4;
  private static final int MOST = 15;

  /** What the quantiser is asked for. */
  QuantOptions options() {
    QuantOptions standard = QuantOptions.INT8;
    return bits == standard.weightBits()
        ? standard
        : new QuantOptions(bits, bits, Map.of(), Map.of(), 0);
  }

  /**
   * Reads {@code int8}.
   *
   * @throws IllegalArgumentException saying what is wrong with {@code text}
   */
  public static Precision parse(String text) {
    if (text.matches("int\\d{1,2}")) {
      int bits = Integer.parseInt(text.substring("int".length()));
      if (bits >= LEAST && bits <= MOST) {
        return new Precision(bits);
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not int" + LEAST + " to int" + MOST);
  }
}
