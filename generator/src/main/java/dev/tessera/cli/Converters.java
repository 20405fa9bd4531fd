package dev.tessera.cli;

import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Precision;
import dev.tessera.flow.TileChoice;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line as values. */
final class Converters {
  private Converters() {}

  private static <T> T parsed(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException refused) {
      throw new TypeConversionException(refused.getMessage());
    }
  }

  /** Reads {@code 1920x1080}. */
  static final class Frame implements ITypeConverter<FrameSize> {
    @Override
    public FrameSize convert(String text) {
      return parsed(text, FrameSize::parse);
    }
  }

  /** Reads {@code auto} or {@code 64x64}. */
  static final class Tile implements ITypeConverter<TileChoice> {
    @Override
    public TileChoice convert(String text) {
      return parsed(text, TileChoice::parse);
    }
  }

  /** Reads {@code int8}. */
  static final class Bits implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
      return parsed(text, Precision::parse);
    }
  }
}
