package dev.tessera.emit;

import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.Normalizing;
import dev.tessera.num.NormTable;
import dev.tessera.num.TableEngine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the memories hold from which a unit's sums and its engine read. */
final class SumsImages {
  private SumsImages() {}

  /**
   * The images of {@code unit}, whose table is {@code table} and comes from {@code engine}.
   *
   * @param typical whether there is a table before the first one is made
   */
  static Stream<MemoryImage> of(
      String table, Normalizing unit, TableEngine engine, boolean typical) {
    List<MemoryImage> images = new ArrayList<>();
    if (engine.aligns()) {
      images.add(align(table, unit.summedLanes(), engine));
    }
    images.add(
        image(table, "rules", engine.ruleBits(), words(engine.channels(), c -> rule(engine, c))));
    images.add(
        image(
            table, "ridges", engine.rootBits(), words(engine.distinct(), k -> engine.ridge()[k])));
    if (typical) {
      NormTable first = unit.norm().typical();
      Word word = c -> BigInteger.valueOf(first.word(c));
      images.add(image(table, "typical", NormTable.BITS, words(engine.channels(), word)));
    }
    return images.stream();
  }

  private interface Word {
    BigInteger at(int index);
  }

  private static List<BigInteger> words(int count, Word word) {
    return IntStream.range(0, count).mapToObj(word::at).toList();
  }

  private static MemoryImage image(String table, String what, int bits, List<BigInteger> words) {
    return new MemoryImage(table + "_" + what + ".hex", bits, words);
  }

  /** Word [beat]; per lane what is added to the accumulator. */
  private static MemoryImage align(String table, int lanes, TableEngine engine) {
    int bits = engine.alignBits();
    List<BigInteger> words = new ArrayList<>();
    for (int first = 0; first < engine.channels(); first += lanes) {
      BigInteger word = BigInteger.ZERO;
      for (int l = 0; l < Math.min(lanes, engine.channels() - first); l++) {
        word = word.or(field(engine.align()[first + l], bits).shiftLeft(l * bits));
      }
      words.add(word);
    }
    return image(table, "align", lanes * bits, words);
  }

  /** From the most significant end: sign, exponent, mantissa, centre, level. */
  private static BigInteger rule(TableEngine engine, int c) {
    return BigInteger.valueOf(engine.negative()[c] ? 1 : 0)
        .shiftLeft(TableEngine.EXPONENT_BITS)
        .or(field(engine.exponent()[c], TableEngine.EXPONENT_BITS))
        .shiftLeft(TableEngine.MANTISSA_BITS)
        .or(field(engine.mantissa()[c], TableEngine.MANTISSA_BITS))
        .shiftLeft(engine.apartBits())
        .or(field(engine.centre()[c], engine.apartBits()))
        .shiftLeft(TableEngine.LEVEL_BITS)
        .or(field(engine.level()[c], TableEngine.LEVEL_BITS));
  }

  private static BigInteger field(long value, int bits) {
    return BigInteger.valueOf(value).mod(BigInteger.ONE.shiftLeft(bits));
  }
}
