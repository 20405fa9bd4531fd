package dev.tessera.unit.video;

import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import java.util.List;

/**
 * AXI4-Stream video input (TUSER start of frame, TLAST end of line), always W x H positions
 * downstream whatever the source does. It reads no stream; its golden function and its schedule
 * take the external one as if it were {@code in0}.
 *
 * @param name instance name
 * @param output stream made: 1 or 3 channels of 8 bits in as many lanes, one position per beat
 * @param positions pixels of an external beat: 1, 2 or 4; divides the width
 * @param live whether the source cannot wait: TREADY is always high
 * @param depth external beats that are buffered if live (2 or more)
 */
public record VideoInSpec(String name, StreamType output, int positions, boolean live, int depth)
    implements UnitSpec {
  /**
   * Bits of the sticky error port: line short, line long, frame short, words lost, overflow, size
   * refused.
   */
  public static final int ERROR_BITS = 6;

  public VideoInSpec {
    Pixels.require(name, output, positions);
    if (output.positions() != 1 || output.width() % positions != 0 || live && depth < 2) {
      throw new IllegalArgumentException(name + ": " + output + " from " + positions + " pixels");
    }
  }

  /** An input that may make its source wait. */
  public VideoInSpec(String name, StreamType output, int positions) {
    this(name, output, positions, false, 0);
  }

  /** Stream of an RGB (3) or luma (1) frame. */
  public static StreamType frame(int channels, int width, int height) {
    return new StreamType(channels, channels, FixedType.UINT8, width, height);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of();
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** The external stream. */
  public StreamType external() {
    int c = output.channels();
    return new StreamType(c, c, output.type(), output.width(), output.height(), positions);
  }
}
