package dev.tessera.unit.custom;

import dev.tessera.hw.Cost;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import java.util.List;
import java.util.Map;

/** Passes codes on and says that it looks at its neighbours, which binds it to whole frames. */
public final class MirrorLayer implements CustomLayer {
  /** Makes it. */
  public static final class Maker implements Factory {
    @Override
    public String kind() {
      return "mirror";
    }

    @Override
    public CustomLayer layer(String settings) {
      return new MirrorLayer();
    }
  }

  @Override
  public String kind() {
    return "mirror";
  }

  @Override
  public int reach() {
    return 1;
  }

  @Override
  public Frame golden(List<StreamType> types, List<Frame> inputs) {
    return inputs.get(0);
  }

  @Override
  public int latency(List<StreamType> types) {
    return 1;
  }

  @Override
  public Cost cost(List<StreamType> types) {
    return Cost.wiring(types.get(0).beatsPerFrame(), 1, 2 * types.get(0).bits(), 0);
  }

  @Override
  public Map<String, String> verilog(String module, List<StreamType> types) {
    return Map.of(module + ".v", LayerText.pointwise(module, types, "a"));
  }
}
