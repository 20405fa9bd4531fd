package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.StatisticsOutput;
import dev.tessera.hw.Design;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.SceneCut;
import dev.tessera.hw.Size;
import dev.tessera.plan.CropPlanner;
import dev.tessera.unit.Statistics;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a network's normalised layers get their tables.
 *
 * @param source empty to leave it to the tool
 * @param banks tables held for each layer; empty for {@link #BANKS}
 * @param crop input pixels of the crops that are measured; empty to leave it to the planner
 * @param passes layers that are measured on crops; empty for all
 */
public record NormChoice(
    Optional<NormSource> source, OptionalInt banks, Optional<FrameSize> crop, OptionalInt passes) {
  private static final int BANKS = 4;

  /**
   * Whether the tables come from a statistics branch: where one is asked for, and where the model
   * has one and nothing else is.
   *
   * @param branch whether the model has one
   * @throws TesseraException {@code norm.statistics} if one is asked for that the model lacks
   */
  boolean learned(boolean branch) {
    boolean asked = source.equals(Optional.of(NormSource.learned));
    if (asked && !branch) {
      throw TesseraException.input(
          "norm.statistics",
          "",
          "the model has no output '" + StatisticsOutput.NAME + "'",
          "train a branch with tessera train-gain, or choose --norm host or temporal");
    }
    return asked || branch && source.isEmpty() && banks.isEmpty();
  }

  /** Whether every frame is to have the tables of sums over crops of it. */
  boolean cropped() {
    return source.equals(Optional.of(NormSource.thumbnail));
  }

  /** What is said of the crops. */
  CropPlanner.Wish crops() {
    return new CropPlanner.Wish(crop.map(c -> new Size(c.width(), c.height())), passes);
  }

  /** Whether every frame is to have the tables of its own sums. */
  boolean exactly() {
    return source.equals(Optional.of(NormSource.exact));
  }

  /**
   * {@code design} with a source of tables if it has normalised layers and no source yet.
   *
   * @throws TesseraException {@code norm.none} if tables are asked for and it has none; {@code
   *     norm.temporal} or {@code norm.exact} if sums over whole frames are asked for and the design
   *     does not have them
   */
  Design of(Design design) {
    if (design.norm().isPresent()) {
      return design;
    }
    boolean normalises = design.instances().stream().anyMatch(i -> i.spec().rule().isPresent());
    if (normalises && source.equals(Optional.of(NormSource.temporal))) {
      return temporal(design);
    }
    if (normalises && exactly()) {
      requireSums(design, "norm.exact");
      return design.withNorm(Optional.of(NormTop.exact()));
    }
    if (normalises) {
      NormTop top = NormTop.host(banks.orElse(BANKS));
      return design.withNorm(Optional.of(top));
    }
    if (source.isPresent() || banks.isPresent()) {
      throw TesseraException.input(
          "norm.none",
          "",
          "no layer of the network normalises over the frame",
          "leave --norm and --banks out");
    }
    return design;
  }

  private static Design temporal(Design design) {
    String code = "norm.temporal";
    requireSums(design, code);
    long beats = design.link(design.source().outputs().get(0)).type().beatsPerFrame();
    if (beats < SceneCut.LEAST_BEATS) {
      String enough = SceneCut.LEAST_BEATS + " pixels or more";
      throw refusal(code, "frames of " + beats + " beats", enough);
    }
    return design.withNorm(Optional.of(NormTop.temporal()));
  }

  /** Refuses a design of which no sums over frames can be taken. */
  private static void requireSums(Design design, String code) {
    if (design.tiles().isPresent()) {
      throw refusal(code, "frames in tiles", "a board or a frame that needs no tiles");
    }
    if (design.resizable()) {
      throw refusal(code, "frames of changing sizes", "a design without --resizable");
    }
    Optional<Normalizing> unfit = Statistics.unfit(design);
    if (unfit.isPresent()) {
      throw TesseraException.input(
          code,
          "layer '" + unfit.get().name() + "'",
          "the phases of its channels have weights of different scales",
          "give the phases one scale in the model, or choose --norm host");
    }
  }

  private static TesseraException refusal(String code, String what, String instead) {
    return TesseraException.input(
        code,
        "",
        "sums over a frame are not taken of " + what,
        "choose " + instead + ", or --norm host");
  }

  /** Its words on the command line. */
  String words() {
    StringBuilder words = new StringBuilder();
    source.ifPresent(s -> words.append(" --norm ").append(s));
    banks.ifPresent(n -> words.append(" --banks ").append(n));
    crop.ifPresent(size -> words.append(" --crop ").append(size));
    passes.ifPresent(n -> words.append(" --passes ").append(n));
    return words.toString();
  }
}
