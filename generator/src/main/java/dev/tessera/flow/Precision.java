package dev.tessera.cli;

import dev.tessera.quantize.QuantOptions;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Width of weights and hidden feature maps.
 *
 * @param bits 4 to 15
 */
record Precision(int bits) {
  private static final int LEAST = 4;
  private static final int MOST = 15;

  /** What the quantiser is asked for. */
  QuantOptions options() {
    QuantOptions standard = QuantOptions.INT8;
    return bits == standard.weightBits()
        ? standard
        : new QuantOptions(bits, bits, Map.of(), Map.of(), 0);
  }

  /** Reads {@code int8}. */
  static final class Converter implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
      if (text.matches("int\\d{1,2}")) {
        int bits = Integer.parseInt(text.substring("int".length()));
        if (bits >= LEAST && bits <= MOST) {
          return new Precision(bits);
        }
      }
      throw new TypeConversionException("'" + text + "' is not int" + LEAST + " to int" + MOST);
    }
  }
}
