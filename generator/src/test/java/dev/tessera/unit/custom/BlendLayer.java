package dev.tessera.unit.custom;

import dev.tessera.hw.Cost;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import java.util.List;
import java.util.Map;

/** Of two maps of one type the smaller code. */
public final class BlendLayer implements CustomLayer {
  /** Makes it. */
  public static final class Maker implements Factory {
    @Override
    public String kind() {
      return "blend";
    }

    @Override
    public CustomLayer layer(String settings) {
      return new BlendLayer();
    }
  }

  @Override
  public String kind() {
    return "blend";
  }

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public Frame golden(List<StreamType> types, List<Frame> inputs) {
    Frame in = inputs.get(0);
    Frame out = new Frame(in.channels(), in.height(), in.width());
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = Math.min(in.data()[i], inputs.get(1).data()[i]);
    }
    return out;
  }

  @Override
  public int latency(List<StreamType> types) {
    return 1;
  }

  @Override
  public Cost cost(List<StreamType> types) {
    StreamType in = types.get(0);
    return Cost.wiring(in.beatsPerFrame(), 3 * in.bits(), 3 * in.bits() + 3, 0);
  }

  @Override
  public Map<String, String> verilog(String module, List<StreamType> types) {
    return Map.of(module + ".v", LayerText.pointwise(module, types, "a < b ? a : b"));
  }
}
