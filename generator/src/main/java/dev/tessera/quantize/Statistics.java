package dev.tessera.quantize;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Distributions of every channel of a float graph over the calibration patches. */
final class Statistics {
  /** Values kept of a channel over all patches: all, with the usual patches, for clipping hurts. */
  private static final int KEPT = 65536;

  private final Map<String, Samples[]> channels = new LinkedHashMap<>();
  private final List<float[]> outputs = new ArrayList<>();
  private final Map<Object, Object> derived = new HashMap<>();

  /** Runs {@code source}, the float form of {@code graph}, on every patch. */
  Statistics(Graph graph, Calibration calibration, FloatSource source) {
    Map<String, List<float[]>> seen = new LinkedHashMap<>();
    List<Calibration.Patch> shown = new ArrayList<>(calibration.patches());
    shown.addAll(calibration.charts());
    for (Calibration.Patch patch : shown) {
      float[] input = calibration.scaled(patch);
      Map<String, float[]> values = source.run(input, patch.height(), patch.width());
      outputs.add(values.get(graph.output()));
      for (Node node : graph.nodes()) {
        if (!Wiring.keepsGrid(node)) {
          String name = node.output();
          seen.computeIfAbsent(name, n -> new ArrayList<>()).add(values.get(name));
        }
      }
    }
    seen.forEach((name, maps) -> channels.put(name, reduce(name, maps, graph)));
  }

  private static Samples[] reduce(String name, List<float[]> maps, Graph graph) {
    int count = graph.type(name).channels();
    Samples[] result = new Samples[count];
    IntStream.range(0, count).parallel().forEach(c -> result[c] = reduce(maps, c, count));
    for (Samples samples : result) {
      if (!Float.isFinite(samples.min()) || !Float.isFinite(samples.max())) {
        throw TesseraException.input(
            "quantize.nonfinite",
            "value '" + name + "'",
            "the float network gives infinite or undefined numbers on the calibration photos",
            "check the model, and that the photos fit its input range");
      }
    }
    return result;
  }

  private static Samples reduce(List<float[]> maps, int channel, int channels) {
    int total = maps.stream().mapToInt(m -> m.length / channels).sum();
    int step = Math.max(1, total / KEPT);
    float[] kept = new float[(total + step - 1) / step];
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    int at = 0;
    for (float[] map : maps) {
      int size = map.length / channels;
      for (int i = channel * size; i < (channel + 1) * size; i++) {
        float value = map[i];
        // Math.min and max hand NaN on, so that it is seen later.
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (at % step == 0) {
          kept[at / step] = value;
        }
        at++;
      }
    }
    Arrays.sort(kept);
    return new Samples(kept, min, max);
  }

  /** What {@code make} finds in the distributions, found once for each {@code key}. */
  <T> T derive(Object key, Class<T> kind, Supplier<T> make) {
    Object known = derived.get(key);
    if (known == null) {
      known = make.get();
      derived.put(key, known);
    }
    return kind.cast(known);
  }

  /** Distributions of the channels of {@code value}, which a node other than a wire makes. */
  Samples[] of(String value) {
    return channels.get(value);
  }

  /** The float output of every patch, then of the charts, C x H x W in the network's units. */
  List<float[]> outputs() {
    return outputs;
  }
}
