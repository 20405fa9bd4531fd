package dev.tessera.golden;

import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.hw.TileGrid;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The definition of what a design computes: its units' golden functions, one after the other. */
public final class GoldenModel {
  private GoldenModel() {}

  /**
   * The output for one frame; a map that nobody needs any more is let go.
   *
   * @param input codes of the image port; of any size that a resizable design takes, or the frame
   *     that a design cuts into tiles
   * @throws IllegalStateException naming unit and place of a value outside its type (law 6)
   */
  public static Frame run(Design design, Frame input) {
    if (design.tiles().isPresent() && Size.of(input).equals(design.picture())) {
      TileGrid grid = design.tiles().get();
      List<TileGrid.Tile> tiles = grid.tiles();
      return grid.join(
          IntStream.range(0, tiles.size())
              .mapToObj(
                  i ->
                      run(Resizing.inTile(design, grid, i), grid.cut(input, tiles.get(i)), false)
                          .output())
              .toList());
    }
    return run(fitting(design, input), input, false).output();
  }

  /** What a unit is on a frame of its first input. */
  interface Settling {
    /** The unit of {@code planned}, which it may be itself. */
    UnitSpec settle(UnitSpec planned, Frame input);
  }

  /** The output for one frame, each unit being what {@code settling} makes of it. */
  static Frame run(Design design, Frame input, Settling settling) {
    return run(fitting(design, input), input, false, settling).output();
  }

  /** The frame on every link, and the output. */
  public static GoldenRun runAll(Design design, Frame input) {
    return run(fitting(design, input), input, true);
  }

  private static GoldenRun run(Design design, Frame input, boolean keep) {
    return run(design, input, keep, (spec, frame) -> spec);
  }

  private static Design fitting(Design planned, Frame input) {
    Size size = Size.of(input);
    boolean other = planned.sizes().filter(s -> s.holds(size)).isPresent();
    return other ? Resizing.resized(planned, size) : planned;
  }

  private static GoldenRun run(Design design, Frame input, boolean keep, Settling settling) {
    if (input.width() != design.frameWidth() || input.height() != design.frameHeight()) {
      throw new IllegalArgumentException(
          "a frame of "
              + input.width()
              + "x"
              + input.height()
              + " for a design of "
              + design.frameWidth()
              + "x"
              + design.frameHeight());
    }
    Map<String, Frame> live = new LinkedHashMap<>();
    List<Frame> made = List.of();
    for (Instance instance : design.instances()) {
      List<Frame> inputs =
          instance == design.source() ? List.of(input) : take(instance, live, keep);
      made = apply(settling.settle(instance.spec(), inputs.get(0)), inputs);
      for (int i = 0; i < instance.outputs().size(); i++) {
        String link = instance.outputs().get(i);
        live.put(
            link, made.get(i).require(design.link(link).type().type(), instance.spec().name()));
      }
    }
    return new GoldenRun(made.get(0), keep ? live : Map.of());
  }

  private static List<Frame> take(Instance instance, Map<String, Frame> live, boolean keep) {
    List<Frame> inputs = new ArrayList<>();
    for (String link : instance.inputs()) {
      Frame frame = keep ? live.get(link) : live.remove(link);
      if (frame == null) {
        throw new IllegalArgumentException(
            instance.spec().name() + " reads link " + link + ", which nobody has made");
      }
      inputs.add(frame);
    }
    return inputs;
  }

  private static <S extends UnitSpec> List<Frame> apply(S spec, List<Frame> inputs) {
    return Units.of(spec).golden(spec, inputs);
  }
}
