package dev.tessera.unit.fork;

import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.Collections;
import java.util.List;

/**
 * One stream to several readers.
 *
 * @param name instance name
 * @param type the stream
 * @param count readers, 2 to {@value #MAX_OUTPUTS}
 */
public record ForkSpec(String name, StreamType type, int count) implements UnitSpec {
  /** Most readers of one fork; forks of forks serve more. */
  public static final int MAX_OUTPUTS = 8;

  public ForkSpec {
    if (count < 2 || count > MAX_OUTPUTS) {
      throw new IllegalArgumentException(name + ": a fork has 2 to 8 outputs, not " + count);
    }
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(type);
  }

  @Override
  public List<StreamType> outputs() {
    return Collections.nCopies(count, type);
  }
}
