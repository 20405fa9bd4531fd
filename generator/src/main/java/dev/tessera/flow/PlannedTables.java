package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Crops;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.TableLayout;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import dev.tessera.plan.CropPlanner;
import dev.tessera.plan.Plan;
import dev.tessera.plan.PlanRequest;
import dev.tessera.plan.Planner;
import dev.tessera.plan.Resources;
import dev.tessera.quantize.Calibration;
import dev.tessera.quantize.QuantOptions;
import dev.tessera.unit.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plans a network together with what gives the tables of its normalised layers.
 *
 * @param request of the user
 * @param photos on which ranges are found
 * @param calibration of the network
 * @param notes takes what the user should know
 */
record PlannedTables(
    Generation.Request request,
    Board board,
    List<Rgb> photos,
    Calibration calibration,
    Consumer<String> notes) {
  /** The plan, together with that of a statistics branch or of crops if tables come from there. */
  Plan plan(Network network, Graph integers, PlanRequest wish) {
    if (request.norm().cropped()) {
      return CropPlanner.plan(integers, board, wish, request.norm().crops());
    }
    if (!request.norm().learned(network.statistics().isPresent())) {
      return Planner.plan(integers, board, wish);
    }
    if (request.resizable()) {
      throw LearnedTables.refusal("frames of changing sizes", "a design without --resizable");
    }
    QuantOptions options = request.precision().options();
    Graph branch = network.statistics().get();
    LearnedTables.Made made =
        new LearnedTables(branch, photos, calibration, options, board).plan(integers, wish);
    notes.accept(made.note());
    return made.plan();
  }

  /** The plan with a source of tables if it needs one. */
  Plan given(Plan plan) {
    Plan tabled = new Plan(request.norm().of(plan.design()), plan.report());
    Optional<NormTop> top = tabled.design().norm();
    if (top.filter(NormTop::sums).isEmpty()) {
      return tabled;
    }
    if (top.get().exactly()) {
      boolean bounded = request.multipliers().isPresent();
      Plan coded = StoredMaps.coded(tabled, request.codec(), bounded, calibration, photos);
      requireRoom(coded);
      StoredMaps.notes(coded).forEach(notes);
      return coded;
    }
    requireRoom(tabled);
    if (top.get().crops() != null) {
      tellCrops(tabled, top.get().crops());
    } else {
      tellTemporal(tabled);
    }
    return tabled;
  }

  /** Refuses, or with a bound of the user's tells, that the sums over frames do not fit as well. */
  private void requireRoom(Plan plan) {
    Board taken = Boards.load(plan.design().board());
    Resources own = plan.report().resources();
    Resources all = own.plus(Resources.of(Statistics.cost(plan.design())));
    Optional<String> excess = own.excess(taken).isPresent() ? Optional.empty() : all.excess(taken);
    if (excess.isPresent() && request.multipliers().isEmpty()) {
      throw TesseraException.input(
          "plan.board",
          "",
          "with the sums over its frames the design takes " + excess.get(),
          "bound it by --multipliers or --fps, or choose another --board");
    }
    excess.ifPresent(e -> notes.accept("does not fit with the sums over its frames: " + e));
  }

  private void tellCrops(Plan plan, Crops crops) {
    long pixels = plan.design().grid().pixelsRead();
    notes.accept(
        String.format(
            Locale.ROOT,
            "tables follow from %d crops of %s, which go through %d times before every frame, once"
                + " for each of the first %d normalised layers: %.1f %% more pixels than the frame's",
            crops.count(),
            crops.size(),
            crops.passes(),
            crops.passes(),
            100.0 * crops.pixels() / pixels));
  }

  private void tellTemporal(Plan plan) {
    int units = TableLayout.of(plan.design()).slices().size();
    long cycles = Statistics.cycles(plan.design());
    notes.accept(
        String.format(
            Locale.ROOT,
            "tables follow %d frames behind their sums, one of %d layers in every other frame: a"
                + " still picture settles in %d frames; a table takes at most %,d cycles, %s",
            NormTop.LAG,
            units,
            NormTop.period(units),
            cycles,
            cycles < plan.report().cyclesPerFrame()
                ? "for which no frame waits"
                : "more than a frame, which then waits"));
  }
}
