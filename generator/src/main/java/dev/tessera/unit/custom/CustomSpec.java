package dev.tessera.unit.custom;

import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.List;

/**
 * A user's own layer in its place.
 *
 * @param name instance name
 * @param kind kind of the layer
 * @param settings of the layer
 * @param inputs streams read, all with the channels, lanes and frame of the first
 */
public record CustomSpec(String name, String kind, String settings, List<StreamType> inputs)
    implements UnitSpec {
  public CustomSpec {
    inputs = List.copyOf(inputs);
    StreamType first = inputs.get(0);
    for (StreamType input : inputs) {
      if (!input.withType(first.type()).equals(first) || input.positions() != 1) {
        throw new IllegalArgumentException(name + ": the maps that it reads differ in shape");
      }
    }
  }

  /** Like the first stream read. */
  @Override
  public List<StreamType> outputs() {
    return List.of(inputs.get(0));
  }
}
