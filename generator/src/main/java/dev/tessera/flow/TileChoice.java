package dev.tessera.flow;

import java.util.Optional;

/**
 * How frames shall be cut.
 *
 * @param core input pixels of a tile without its halo; empty to leave it to the planner
 */
public record TileChoice(Optional<FrameSize> core) {
  /**
   * Reads {@code auto} or {@code 64x64}.
   *
   * @throws IllegalArgumentException saying what is wrong with {@code text}
   */
  public static TileChoice parse(String text) {
    return new TileChoice(
        text.equals("auto") ? Optional.empty() : Optional.of(FrameSize.parse(text)));
  }

  @Override
  public String toString() {
    return core.map(FrameSize::toString).orElse("auto");
  }
}
