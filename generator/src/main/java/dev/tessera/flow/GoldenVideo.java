package dev.tessera.flow;

import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.num.NormTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a design makes of the frames of a video. */
public final class GoldenVideo {
  private GoldenVideo() {}

  /**
   * One frame for each of {@code inputs}, which follow each other from the first after a reset.
   * Where software fills the tables of normalised layers, they are those of the memories' initial
   * contents.
   */
  public static List<Frame> run(Design design, List<Frame> inputs) {
    Optional<NormTop> norm = design.norm();
    boolean follows = norm.filter(NormTop::follows).isPresent();
    if (!follows && norm.filter(NormTop::own).isEmpty()) {
      return inputs.stream().map(f -> GoldenModel.run(design, f)).toList();
    }
    List<Map<String, NormTable>> tables =
        follows
            ? Tables.following(design, inputs)
            : inputs.stream().map(f -> Tables.own(design, f)).toList();
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> GoldenModel.run(Tables.applied(design, tables.get(i)), inputs.get(i)))
        .toList();
  }
}
