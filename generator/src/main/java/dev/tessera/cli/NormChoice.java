package dev.tessera.cli;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.NormTop;
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
   * {@code design} with a source of tables if it has normalised layers.
   *
   * @throws TesseraException {@code norm.none} if tables are asked for and it has none
   */
  Design of(Design design) {
    boolean normalises = design.instances().stream().anyMatch(i -> i.spec().rule().isPresent());
    if (normalises) {
      NormTop top = new NormTop(NormTop.Source.HOST, banks.orElse(BANKS));
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

  /** Its words on the command line. */
  String words() {
    StringBuilder words = new StringBuilder();
    source.ifPresent(s -> words.append(" --norm ").append(s));
    banks.ifPresent(n -> words.append(" --banks ").append(n));
    return words.toString();
  }
}
