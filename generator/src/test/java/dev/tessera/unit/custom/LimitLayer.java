package dev.tessera.unit.custom;

import dev.tessera.hw.Cost;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import java.util.List;
import java.util.Map;

/** Clips codes to two bounds, {@code settings} being {@code lo,hi}. */
public record LimitLayer(String settings, int lo, int hi) implements CustomLayer {
  /** Makes it. */
  public static final class Maker implements Factory {
    @Override
    public String kind() {
      return "limit";
    }

    @Override
    public CustomLayer layer(String settings) {
      String[] bounds = settings.split(",");
      if (bounds.length != 2) {
        throw new IllegalArgumentException("limit takes two bounds, not '" + settings + "'");
      }
      return new LimitLayer(settings, Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]));
    }
  }

  @Override
  public String kind() {
    return "limit";
  }

  @Override
  public Frame golden(List<StreamType> types, List<Frame> inputs) {
    Frame in = inputs.get(0);
    Frame out = new Frame(in.channels(), in.height(), in.width());
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = Math.max(lo, Math.min(hi, in.data()[i]));
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
    return Cost.wiring(in.beatsPerFrame(), 4 * in.bits(), 2 * in.bits() + 2, 0);
  }

  @Override
  public Map<String, String> verilog(String module, List<StreamType> types) {
    String clip = "a < " + lo + " ? " + lo + " : a > " + hi + " ? " + hi + " : a";
    return Map.of(module + ".v", LayerText.pointwise(module, types, clip));
  }
}
