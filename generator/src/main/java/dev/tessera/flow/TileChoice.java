package dev.tessera.cli;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * How frames shall be cut.
 *
 * @param core input pixels of a tile without its halo; empty to leave it to the planner
 */
record TileChoice(Optional<FrameSize> core) {
  /** Reads {@code auto} or {@code 64x64}. */
  static final class Converter implements ITypeConverter<TileChoice> {
    @Override
    public TileChoice convert(String text) {
      return new TileChoice(
          text.equals("auto")
              ? Optional.empty()
              : Optional.of(new FrameSize.Converter().convert(text)));
    }
  }

  @Override
  public String toString() {
    return core.map(FrameSize::toString).orElse("auto");
  }
}
