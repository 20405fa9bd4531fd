package dev.tessera.plan;

import dev.tessera.ir.Node;
import dev.tessera.unit.route.RouteSpec.Tap;
import java.util.List;

/**
 * One stage of a pipeline before its streams are dimensioned.
 *
 * <p>Where a {@link Node} operates on integers there is one step for it; any number of
 * concatenations and selections in a row make one {@link Wire}.
 */
sealed interface Step {
  /** The operator's name in the model. */
  String name();

  /** Names of the values read; a value that is read twice stands here twice. */
  List<String> inputs();

  /** Name of the value made. */
  String output();

  /**
   * An operator of the graph that is no wiring.
   *
   * @param inputs what it reads once wires that change nothing are gone
   * @param block S of a convolution that is the pixel shuffle behind it as well; else 1
   */
  record Op(Node node, List<String> inputs, int block) implements Step {
    public Op {
      inputs = List.copyOf(inputs);
    }

    Op(Node node, List<String> inputs) {
      this(node, inputs, 1);
    }

    @Override
    public String name() {
      return node.name();
    }

    @Override
    public String output() {
      return node.output();
    }
  }

  /**
   * A value that is stored and read again in a later frame's time.
   *
   * @param frames times of a frame that it is stored for
   * @param normalised whether it is normalised behind
   * @param codec name of the codec where it fits
   * @param busBits bits of a word in memory
   */
  record Cut(
      String name,
      String input,
      String output,
      int frames,
      boolean normalised,
      String codec,
      int busBits)
      implements Step {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }
  }

  /**
   * Wiring of channels.
   *
   * @param inputs distinct values
   * @param taps where each output channel comes from
   */
  record Wire(String name, List<String> inputs, String output, List<Tap> taps) implements Step {
    public Wire {
      inputs = List.copyOf(inputs);
      taps = List.copyOf(taps);
    }
  }
}
