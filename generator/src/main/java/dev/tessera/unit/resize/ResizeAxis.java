package dev.tessera.unit.resize;

import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.Word;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Sampling.Tap;
import dev.tessera.ir.Section;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One axis of a resized map: which pixels of the map before an output reads.
 *
 * @param sampling where outputs lie
 * @param section the map, or a tile of it
 * @param weightBits bits of a weight
 */
record ResizeAxis(Sampling sampling, Section section, int weightBits) {
  /** Pixels before from which the pattern of a whole factor is taken. */
  private static final int SAMPLE = 8;

  /** A whole map of {@code in} pixels that becomes one of {@code out}. */
  ResizeAxis(Sampling sampling, int in, int out, int weightBits) {
    this(sampling, Section.whole(in, out), weightBits);
  }

  /** Pixels before. */
  int in() {
    return section.sizeIn();
  }

  /** Pixels made. */
  int out() {
    return section.sizeOut();
  }

  /**
   * The walk of the hardware: entry i tells whether output i + 1 lies one pixel further, and the
   * weight of output i; behind the last entry it goes on with entry {@code lead}.
   */
  record Table(List<Entry> entries, int lead) {
    Table {
      entries = List.copyOf(entries);
    }

    MemoryImage image(String file, int weightWidth) {
      List<BigInteger> words = new ArrayList<>();
      for (Entry entry : entries) {
        Word word = new Word().add(entry.weight(), weightWidth);
        words.add(word.add(entry.moves() ? 1 : 0, 1).value());
      }
      return new MemoryImage(file, weightWidth + 1, words);
    }
  }

  /** An entry of a {@link Table}. */
  record Entry(boolean moves, int weight) {}

  /** What output {@code i} reads. */
  Tap tap(int i) {
    return section.tap(sampling, i, weightBits);
  }

  /** Outputs of a pixel, or 0 if that is no whole number. */
  int factor() {
    return section.isWhole() && out() % in() == 0 ? out() / in() : 0;
  }

  /** Outputs of the pixel that has the fewest. */
  int fewest() {
    int fewest = out();
    int count = 0;
    for (int i = 0; i < out(); i++) {
      count++;
      if (i + 1 == out() || tap(i + 1).first() > tap(i).first()) {
        fewest = Math.min(fewest, count);
        count = 0;
      }
    }
    return fewest;
  }

  /** Why the hardware cannot walk along this axis, or empty. */
  Optional<String> whyInvalid() {
    if (out() < in()) {
      return Optional.of("it makes " + out() + " of " + in() + " pixels, and only enlarges");
    }
    int before = 0;
    for (int i = 0; i < out(); i++) {
      int first = tap(i).first();
      if (first < before || first > before + 1 || i == 0 && first > 0) {
        return Optional.of("its outputs skip pixels");
      }
      before = first;
    }
    return before == in() - 1 ? Optional.empty() : Optional.of("its outputs skip the last pixel");
  }

  /** The table: one that repeats if the factor is whole and the places allow it. */
  Table table() {
    return repeating().filter(this::leads).orElseGet(this::whole);
  }

  /** Whether the hardware that {@code table} is made for reads the pixels of this axis. */
  boolean leads(Table table) {
    int pixel = 0;
    int index = 0;
    for (int i = 0; i < out(); i++) {
      Entry entry = table.entries().get(index);
      boolean last = pixel == in() - 1;
      if (tap(i).first() != pixel || tap(i).weight() != (last ? 0 : entry.weight())) {
        return false;
      }
      pixel += entry.moves() && !last ? 1 : 0;
      index = index + 1 == table.entries().size() ? table.lead() : index + 1;
    }
    return true;
  }

  private Table whole() {
    return new Table(entries(), 0);
  }

  /** An entry for every output. */
  List<Entry> entries() {
    return entries(out());
  }

  private List<Entry> entries(int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean moves = i + 1 < out() && tap(i + 1).first() > tap(i).first();
      entries.add(new Entry(moves, tap(i).weight()));
    }
    return entries;
  }

  private Optional<Table> repeating() {
    int factor = factor();
    if (factor == 0) {
      return Optional.empty();
    }
    ResizeAxis large = new ResizeAxis(sampling, SAMPLE, SAMPLE * factor, weightBits);
    for (int lead = 0; lead <= factor; lead++) {
      Table table = new Table(large.entries(lead + factor), lead);
      if (large.leads(table)) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }
}
