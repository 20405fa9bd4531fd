package dev.tessera.unit.custom;

import dev.tessera.hw.Cost;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import java.util.List;
import java.util.Map;

/** Layers that do not keep what they promise. */
public final class WrongLayers {
  private WrongLayers() {}

  /**
   * Passes codes on, after another time or with another value than it says.
   *
   * @param said cycles of latency that it states
   * @param expression of its Verilog
   */
  private record Wrong(String kind, int said, String expression) implements CustomLayer {
    @Override
    public Frame golden(List<StreamType> types, List<Frame> inputs) {
      return inputs.get(0);
    }

    @Override
    public int latency(List<StreamType> types) {
      return said;
    }

    @Override
    public Cost cost(List<StreamType> types) {
      return Cost.wiring(types.get(0).beatsPerFrame(), 1, 1, 0);
    }

    @Override
    public Map<String, String> verilog(String module, List<StreamType> types) {
      return Map.of(module + ".v", LayerText.pointwise(module, types, expression));
    }
  }

  /** States two cycles where it takes one. */
  public static final class Late implements CustomLayer.Factory {
    @Override
    public String kind() {
      return "late";
    }

    @Override
    public CustomLayer layer(String settings) {
      return new Wrong("late", 2, "a");
    }
  }

  /** Makes another code of the five largest. */
  public static final class False implements CustomLayer.Factory {
    @Override
    public String kind() {
      return "false";
    }

    @Override
    public CustomLayer layer(String settings) {
      return new Wrong("false", 1, "a > 250 ? 250 : a");
    }
  }
}
