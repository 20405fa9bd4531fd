package dev.tessera.flow;

import dev.tessera.frontend.OnnxReader;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.pass.PassManager;
import dev.tessera.pass.Upsampling;
import dev.tessera.pass.UpsamplingCost;
import dev.tessera.pass.UpsamplingCost.Machine;
import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The enlarging layers of a network in all forms of the literature.
 *
 * @param layers one table each
 */
public record UpsamplingComparison(List<Layer> layers) {
  public UpsamplingComparison {
    layers = List.copyOf(layers);
  }

  /** A layer and what it costs in each form. */
  public record Layer(Upsampling layer, List<Form> forms) {}

  /**
   * A form of a layer, per pixel of the input frame.
   *
   * @param cycles of an array with the machine's multipliers
   */
  public record Form(
      String variant,
      double cycles,
      double macs,
      double weights,
      double bytes,
      double nanoseconds,
      double nanojoules) {}

  /**
   * The machine of the comparison: the default board's clock and memory.
   *
   * @param multipliers that work at once, 1 or more
   * @param macEnergy energy of a product in pJ, 0 or more
   * @throws IllegalArgumentException in words of the command line, if they are out of range
   */
  public static Machine machine(int multipliers, double macEnergy) {
    if (multipliers < 1 || !(macEnergy >= 0)) {
      throw new IllegalArgumentException("--multipliers is 1 or more, --mac-energy 0 or more");
    }
    Board board = Boards.load(Generation.DEFAULT_BOARD);
    return new Machine(
        multipliers * board.clockMhz() * 1e6, board.dram().gigabytesPerSecond() * 1e9, macEnergy);
  }

  /**
   * The enlarging layers of {@code model}, up to the value or node {@code until} if one is named.
   */
  public static UpsamplingComparison of(
      Path model, Optional<String> until, int multipliers, Machine machine) {
    List<Layer> layers = new ArrayList<>();
    var graph = FileFault.in(model, () -> OnnxReader.read(model, new ReadOptions(until, false)));
    for (Upsampling layer : Upsampling.of(PassManager.lower(graph))) {
      List<Form> forms = new ArrayList<>();
      for (UpsamplingCost cost : UpsamplingCost.of(layer)) {
        forms.add(
            new Form(
                cost.variant(),
                cost.macs() / multipliers,
                cost.macs(),
                cost.weights(),
                cost.bytes(),
                cost.seconds(machine) * 1e9,
                cost.picojoules(machine) / 1e3));
      }
      layers.add(new Layer(layer, forms));
    }
    return new UpsamplingComparison(layers);
  }
}
