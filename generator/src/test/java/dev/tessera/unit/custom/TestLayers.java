package dev.tessera.unit.custom;

import dev.tessera.hw.Cost;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;

/** Layers as users write them, and some that do not keep what they promise. */
public final class TestLayers {
  private TestLayers() {}

  /**
   * A layer of one position.
   *
   * @param latency cycles that it states; it takes one
   * @param expression of its Verilog
   * @param golden what it states to compute of a code and, if there is one, that of a second map
   */
  private record Pointwise(
      String kind,
      String settings,
      int inputs,
      int reach,
      int latency,
      String expression,
      IntBinaryOperator golden)
      implements CustomLayer {
    @Override
    public Frame golden(List<StreamType> types, List<Frame> maps) {
      Frame in = maps.get(0);
      Frame other = maps.get(inputs - 1);
      Frame out = new Frame(in.channels(), in.height(), in.width());
      for (int i = 0; i < out.data().length; i++) {
        out.data()[i] = golden.applyAsInt(in.data()[i], other.data()[i]);
      }
      return out;
    }

    @Override
    public int latency(List<StreamType> types) {
      return latency;
    }

    @Override
    public Cost cost(List<StreamType> types) {
      StreamType in = types.get(0);
      return Cost.wiring(in.beatsPerFrame(), 4 * in.bits(), 3 * in.bits() + 3, 0);
    }

    @Override
    public Map<String, String> verilog(String module, List<StreamType> types) {
      return Map.of(module + ".v", LayerText.pointwise(module, types, expression));
    }
  }

  /** Clips codes to two bounds, its settings being {@code lo,hi}. */
  public static final class Limit implements CustomLayer.Factory {
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
      int lo = Integer.parseInt(bounds[0]);
      int hi = Integer.parseInt(bounds[1]);
      String clip = "a < " + lo + " ? " + lo + " : a > " + hi + " ? " + hi + " : a";
      return new Pointwise(
          kind(), settings, 1, 0, 1, clip, (a, b) -> Math.max(lo, Math.min(hi, a)));
    }
  }

  /** Of two maps of one type the smaller code. */
  public static final class Blend implements CustomLayer.Factory {
    @Override
    public String kind() {
      return "blend";
    }

    @Override
    public CustomLayer layer(String settings) {
      return new Pointwise(kind(), "", 2, 0, 1, "a < b ? a : b", Math::min);
    }
  }

  /** Passes codes on and says that it looks at its neighbours, which binds it to whole frames. */
  public static final class Mirror implements CustomLayer.Factory {
    @Override
    public String kind() {
      return "mirror";
    }

    @Override
    public CustomLayer layer(String settings) {
      return new Pointwise(kind(), "", 1, 1, 1, "a", (a, b) -> a);
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
      return new Pointwise(kind(), "", 1, 0, 2, "a", (a, b) -> a);
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
      return new Pointwise(kind(), "", 1, 0, 1, "a > 250 ? 250 : a", (a, b) -> a);
    }
  }
}
