package dev.tessera.cli;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.StatisticsOutput;
import dev.tessera.hw.Design;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.SceneCut;
import dev.tessera.num.TableEngine;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.conv.ConvSpec;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a network's normalised layers get their tables.
 *
 * @param source empty to leave it to the tool
 * @param banks tables held for each layer; empty for {@link #BANKS}
 */
record NormChoice(Optional<NormSource> source, OptionalInt banks) {
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

  /**
   * {@code design} with a source of tables if it has normalised layers and no source yet.
   *
   * @throws TesseraException {@code norm.none} if tables are asked for and it has none; {@code
   *     norm.temporal} if sums over whole frames are asked for and the design does not have them
   */
  Design of(Design design) {
    if (design.norm().isPresent()) {
      return design;
    }
    boolean normalises = design.instances().stream().anyMatch(i -> i.spec().rule().isPresent());
    if (normalises && source.equals(Optional.of(NormSource.temporal))) {
      return temporal(design);
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
    if (design.tiles().isPresent()) {
      throw refusal("frames in tiles", "a board or a frame that needs no tiles");
    }
    if (design.resizable()) {
      throw refusal("frames of changing sizes", "a design without --resizable");
    }
    long beats = design.link(design.source().outputs().get(0)).type().beatsPerFrame();
    if (beats < SceneCut.LEAST_BEATS) {
      throw refusal("frames of " + beats + " beats", SceneCut.LEAST_BEATS + " pixels or more");
    }
    for (ConvSpec conv : Statistics.normalising(design).toList()) {
      if (!TableEngine.fits(conv.norm())) {
        throw TesseraException.input(
            "norm.temporal",
            "layer '" + conv.name() + "'",
            "the phases of its channels have weights of different scales",
            "give the phases one scale in the model, or choose --norm host");
      }
    }
    return design.withNorm(Optional.of(NormTop.temporal()));
  }

  private static TesseraException refusal(String what, String instead) {
    return TesseraException.input(
        "norm.temporal",
        "",
        "sums over a frame are not taken of " + what,
        "choose " + instead + ", or --norm host");
  }

  /** Its words on the command line. */
  String words() {
    StringBuilder words = new StringBuilder();
    source.ifPresent(s -> words.append(" --norm ").append(s));
    banks.ifPresent(n -> words.append(" --banks ").append(n));
    return words.toString();
  }
}
