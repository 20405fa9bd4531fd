package dev.tessera.flow;

import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.unit.codec.Codecs;
import dev.tessera.unit.codec.CutSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses a codec for every stored map: of those that lose nothing the one that moves least. */
public final class StoredCodecs {
  /** The word of the command line. */
  public static final String AUTO = "auto";

  /** Codecs of hardware without a loss, in the order of preference. */
  private static final List<String> LOSSLESS = List.of(Codecs.RAW, "zvc");

  private final Design design;
  private final long cycles;
  private final Map<String, long[]> bytes = new HashMap<>();

  private StoredCodecs(Design design, long cycles) {
    this.design = design;
    this.cycles = cycles;
  }

  /**
   * {@code design} with its choice.
   *
   * @param cycles of a frame
   * @param frames to measure on, at least one
   */
  static Design choose(Design design, long cycles, List<Frame> frames) {
    StoredCodecs choice = new StoredCodecs(design, cycles);
    frames.forEach(choice::measure);
    return choice.made();
  }

  private void measure(Frame frame) {
    Design settled = Tables.applied(design, Tables.summed(design, frame));
    Map<String, Frame> links = GoldenModel.runAll(settled, frame).links();
    for (Instance instance : design.instances()) {
      if (instance.spec() instanceof CutSpec cut) {
        long[] sums = bytes.computeIfAbsent(cut.name(), name -> new long[LOSSLESS.size()]);
        for (int i = 0; i < sums.length; i++) {
          if (cut.takes(LOSSLESS.get(i), cycles)) {
            sums[i] += cut.with(LOSSLESS.get(i), 0).bytes(links.get(instance.inputs().get(0)));
          }
        }
      }
    }
  }

  private Design made() {
    List<Instance> instances = new ArrayList<>();
    long offset = 0;
    for (Instance instance : design.instances()) {
      if (instance.spec() instanceof CutSpec cut) {
        CutSpec chosen = cut.with(best(cut), offset);
        offset += chosen.slots() * chosen.stride();
        instances.add(new Instance(chosen, instance.inputs(), instance.outputs()));
      } else {
        instances.add(instance);
      }
    }
    return design.withInstances(instances);
  }

  private String best(CutSpec cut) {
    long[] sums = bytes.get(cut.name());
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      if (cut.takes(LOSSLESS.get(i), cycles) && sums[i] < sums[best]) {
        best = i;
      }
    }
    return LOSSLESS.get(best);
  }
}
