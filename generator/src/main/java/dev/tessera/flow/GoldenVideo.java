package dev.tessera.flow;

import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.num.NormTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    if (norm.filter(NormTop::follows).isPresent()) {
      List<Map<String, NormTable>> tables = Tables.following(design, inputs);
      List<Frame> made = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        made.add(GoldenModel.run(Tables.applied(design, tables.get(i)), inputs.get(i)));
      }
      return made;
    }
    boolean summed = norm.filter(NormTop::exactly).isPresent();
    return inputs.stream()
        .map(
            f ->
                GoldenModel.run(
                    summed ? Tables.applied(design, Tables.summed(design, f)) : design, f))
        .toList();
  }
}
