package dev.tessera.plan;

import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.unit.codec.Codecs;
import dev.tessera.unit.codec.CutSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where maps leave the chip: a map that is normalised by its own statistics is stored until its
 * frame is over. What reads it works on an earlier frame than what makes it, so that every step has
 * a time, counted in frames; a value that is read at a later time than it is made is stored for the
 * difference.
 */
final class Cuts {
  private final StepGraph graph;
  private final String codec;
  private final int busBits;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Integer> times = new HashMap<>();
  private final Map<String, String> stored = new LinkedHashMap<>();

  private Cuts(StepGraph graph, String codec, int busBits) {
    this.graph = graph;
    this.codec = codec;
    this.busBits = busBits;
  }

  /**
   * {@code graph} with its cuts.
   *
   * @param codec of all maps that it takes
   * @param busBits bits of a word in memory
   */
  static StepGraph insert(StepGraph graph, String codec, int busBits) {
    return new Cuts(graph, codec, busBits).run();
  }

  private StepGraph run() {
    for (Step step : graph.steps()) {
      boolean normalises = StepGraph.node(step, Node.QNorm.class) != null;
      int time = step.inputs().stream().mapToInt(times::get).max().orElse(0);
      time += normalises ? 1 : 0;
      List<String> inputs = new ArrayList<>();
      for (String input : step.inputs()) {
        inputs.add(at(input, time, normalises));
      }
      times.put(step.output(), time);
      steps.add(reading(step, inputs));
    }
    return new StepGraph(steps, graph.channels(), graph.output());
  }

  /** {@code value} as it is read at {@code time}. */
  private String at(String value, int time, boolean normalised) {
    int frames = time - times.get(value);
    if (frames == 0) {
      return value;
    }
    String name = value + "#" + time + (normalised ? "n" : "");
    return stored.computeIfAbsent(
        name,
        made -> {
          String unit = value + "_cut" + (frames > 1 ? frames : "");
          steps.add(new Step.Cut(unit, value, made, frames, normalised, codec, busBits));
          return made;
        });
  }

  private static Step reading(Step step, List<String> inputs) {
    if (inputs.equals(step.inputs())) {
      return step;
    }
    if (step instanceof Step.Wire wire) {
      return new Step.Wire(wire.name(), inputs, wire.output(), wire.taps());
    }
    Step.Op op = (Step.Op) step;
    return new Step.Op(op.node(), inputs, op.block());
  }

  /** Whether a cut takes beats of {@code lanes} of the values of {@code map}, by any codec. */
  static boolean fits(Step.Cut cut, StreamType map, int lanes) {
    return map.channels() % lanes == 0 && lanes * map.type().bits() <= cut.busBits();
  }

  /** Whether beats of {@code lanes} are stored by the cut's codec. */
  static boolean codes(Step.Cut cut, StreamType map, int lanes, long cycles) {
    StreamType beats = new StreamType(map.channels(), lanes, map.type(), map.width(), map.height());
    return fits(cut, map, lanes)
        && CutSpec.local(cut.name(), beats, Codecs.RAW, cut.busBits()).takes(cut.codec(), cycles);
  }

  /** Places that a map needs which is stored for so many frames' times and their tables'. */
  static int slots(Step.Cut cut) {
    return 2 * cut.frames() + 1;
  }

  /** Words that each direction of a cut buffers: more where most cycles move one. */
  static int depth(double wordsPerCycle) {
    return wordsPerCycle > 0.25 ? 8 * CutSpec.LEAST_DEPTH : CutSpec.LEAST_DEPTH;
  }
}
