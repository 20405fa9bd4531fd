package dev.tessera.unit.scale;

import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import java.util.List;
import java.util.Optional;

/**
 * Pointwise requantisation per channel; the code is the accumulator.
 *
 * @param name instance name
 * @param input stream read
 * @param output stream made, of the same channels, lanes and frame
 * @param requant one border class, one entry per channel
 */
public record ScaleSpec(String name, StreamType input, StreamType output, Requant requant)
    implements UnitSpec {
  public ScaleSpec {
    boolean shape =
        input.channels() == output.channels()
            && input.lanes() == output.lanes()
            && input.width() == output.width()
            && input.height() == output.height()
            && input.positions() == 1
            && output.positions() == 1;
    if (!shape || requant.channels() != input.channels() || requant.borderClasses() != 1) {
      throw new IllegalArgumentException(name + ": shapes or tables do not match");
    }
    if (!output.type().holds(requant.lo()) || !output.type().holds(requant.hi())) {
      throw new IllegalArgumentException(
          name + ": " + requant.lo() + ".." + requant.hi() + " in " + output.type());
    }
    RequantLanes lanes = new RequantLanes(input.type().range(), requant, input.lanes());
    Optional<String> unfit = lanes.whyUnfit();
    if (unfit.isPresent() || lanes.multiplierBits() > Requant.MULTIPLIER_BITS) {
      String wide = "multipliers of " + lanes.multiplierBits() + " bits";
      throw new IllegalArgumentException(name + ": " + unfit.orElse(wide));
    }
  }

  /** A unit that keeps the lanes and makes codes of {@code type}. */
  public static ScaleSpec of(String name, StreamType input, FixedType type, Requant requant) {
    return new ScaleSpec(name, input, input.withType(type), requant);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** The requantisers. */
  public RequantLanes lanes() {
    return new RequantLanes(input.type().range(), requant, input.lanes());
  }
}
