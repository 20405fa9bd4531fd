package dev.tessera.cosim;

import dev.tessera.golden.Tables;
import dev.tessera.hw.Crops;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.TileGrid;
import dev.tessera.num.NormTable;
import dev.tessera.unit.Resizing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What goes into a design, in the order of time.
 *
 * @param shots frames, or what they are cut into
 * @param hosted whether software writes the tables, each into a bank of its own
 */
record Film(List<Shot> shots, boolean hosted) {
  private static final int WHOLE = -1;

  Film {
    shots = List.copyOf(shots);
  }

  /**
   * A small or whole frame.
   *
   * @param tables by the name of the unit; empty for a design without
   * @param number of the frame that it is, or is a part of
   * @param tile which tile of its frame it is; negative for none
   */
  record Shot(Frame frame, Map<String, NormTable> tables, int number, int tile) {
    /** {@code design} as it works on this. */
    private Design settled(Design design) {
      Design told = tables.isEmpty() ? design : Tables.applied(design, tables);
      return tile < 0 ? told : Resizing.inTile(told, told.grid(), tile);
    }
  }

  /**
   * Frames as they are.
   *
   * @param tables one map for each, or none at all
   */
  static Film of(Design design, List<Frame> frames, List<Map<String, NormTable>> tables) {
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      shots.add(new Shot(frames.get(i), table(tables, i), i, WHOLE));
    }
    return new Film(shots, hosted(design));
  }

  private static boolean hosted(Design design) {
    return design.norm().filter(NormTop::host).isPresent();
  }

  /** The same frames as the pipeline of {@code design} gets them: crops of each, then its tiles. */
  static Film inside(Design design, List<Frame> frames, List<Map<String, NormTable>> tables) {
    TileGrid grid = design.grid();
    if (design.tiles().isEmpty()) {
      return of(design, frames, tables);
    }
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      shots.addAll(crops(design, frame, i));
      for (int tile = 0; tile < grid.count(); tile++) {
        shots.add(new Shot(grid.cut(frame, grid.tiles().get(tile)), table(tables, i), i, tile));
      }
    }
    return new Film(shots, hosted(design));
  }

  private static List<Shot> crops(Design design, Frame frame, int number) {
    Crops crops = design.norm().map(NormTop::crops).orElse(null);
    List<Shot> shots = new ArrayList<>();
    if (crops != null) {
      List<Map<String, NormTable>> passes = Tables.passes(design, frame);
      for (int pass = 0; pass < crops.passes(); pass++) {
        for (Frame crop : crops.of(frame)) {
          shots.add(new Shot(crop, passes.get(pass), number, WHOLE));
        }
      }
    }
    return shots;
  }

  private static Map<String, NormTable> table(List<Map<String, NormTable>> tables, int index) {
    return tables.isEmpty() ? Map.of() : tables.get(index);
  }

  /** What goes in. */
  List<Frame> frames() {
    return shots.stream().map(Shot::frame).toList();
  }

  /** The bank that each names. */
  List<Integer> banks() {
    return shots.stream().map(s -> hosted ? s.number() : 0).toList();
  }

  /** The tables of frames that follow each other. */
  List<Map<String, NormTable>> tables() {
    List<Map<String, NormTable>> tables = new ArrayList<>();
    for (Shot shot : shots) {
      if (shot.number() == tables.size() && !shot.tables().isEmpty()) {
        tables.add(shot.tables());
      }
    }
    return tables;
  }

  /** What {@code view} gives of every shot. */
  <T> List<T> map(Design design, BiFunction<Design, Frame, T> view) {
    return shots.stream().map(s -> view.apply(s.settled(design), s.frame())).toList();
  }
}
