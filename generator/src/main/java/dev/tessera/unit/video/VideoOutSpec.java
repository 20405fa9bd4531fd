package dev.tessera.unit.video;

import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import dev.tessera.num.TableCodes;
import java.util.List;

/**
 * AXI4-Stream video output (TUSER start of frame, TLAST end of line). It makes no stream; its
 * golden function and its schedule give the external one as if it were {@code out0}.
 *
 * @param name instance name
 * @param input stream read: 1 or 3 channels of 8 bits in as many lanes, its positions per beat
 *     being the pixels of an external beat; or any other number of channels of 8 bits, or codes of
 *     tables, in any number of lanes, one position after the other
 */
public record VideoOutSpec(String name, StreamType input) implements UnitSpec {
  public VideoOutSpec {
    boolean codes = input.type().equals(TableCodes.TYPE);
    boolean picture = input.channels() == 1 || input.channels() == 3;
    if (picture && !codes) {
      Pixels.require(name, input, input.positions());
    } else if (input.positions() != 1 || !codes && !input.type().equals(FixedType.UINT8)) {
      throw new IllegalArgumentException(
          name + ": features leave in 8 bits, one position after the other: " + input);
    }
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
