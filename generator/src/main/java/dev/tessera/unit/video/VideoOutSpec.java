package dev.tessera.unit.video;

import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.List;

/**
 * AXI4-Stream video output (TUSER start of frame, TLAST end of line). It makes no stream; its
 * golden function and its schedule give the external one as if it were {@code out0}.
 *
 * @param name instance name
 * @param input stream read: 1 or 3 channels of 8 bits in as many lanes; its positions per beat are
 *     the pixels of an external beat
 */
public record VideoOutSpec(String name, StreamType input) implements UnitSpec {
  public VideoOutSpec {
    Pixels.require(name, input, input.positions());
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of();
  }
}
