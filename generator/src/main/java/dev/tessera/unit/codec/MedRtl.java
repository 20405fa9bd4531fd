package dev.tessera.unit.codec;

import dev.tessera.base.Bits;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.StreamType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes of the hardware of a {@link MedCodec} for one map.
 *
 * @param codec what it computes
 * @param map stream that is coded
 */
record MedRtl(MedCodec codec, StreamType map) {
  /** Fewest columns: the row above is read some beats ahead. */
  static final int LEAST_WIDTH = 8;

  /** Beats between the decision of a beat and its words in memory. */
  private static final int UNDER_WAY = 32;

  /** Words of a lane beyond those that may have to wait. */
  private static final int SPARE_WORDS = 6;

  /**
   * Cycles in which the decoder decodes a beat, and after which its channels may come again: the
   * codes of four steps, a beat that goes as it is, words beyond the first.
   */
  private static final int BEAT_CYCLES = 6;

  private static final int LOOP_CYCLES = 16;

  /** Classes of a channel, as the hardware addresses them. */
  private static final int CLASS_PLACES = 8;

  /** Cycles of both pipelines together. */
  private static final int LATENCY = 80;

  /** Whether there is hardware for the map. */
  boolean possible() {
    return codec.takes(map) && map.width() >= LEAST_WIDTH && !codec.allowance(map).never();
  }

  private int wordBits() {
    return Words.bits(map);
  }

  private int most() {
    return codec.mostBits(map.type());
  }

  /**
   * Beats whose order of words is remembered: a lane sends a bit at least every {@link
   * MedModel#MOST_STARVED} + 1 beats, so that a word is complete after so many.
   */
  int orders() {
    return (MedModel.MOST_STARVED + 1) * (wordBits() + most()) + UNDER_WAY;
  }

  /** Words of a lane that may wait for one of another lane. */
  int kept() {
    long words = Bits.ceilDiv((long) orders() * most(), wordBits()) + SPARE_WORDS;
    return 1 << Bits.indexWidth((int) words);
  }

  /** Levels of a row, in beats: in encoder and decoder each. */
  int rowBeats() {
    return map.width() * map.beatsPerPosition();
  }

  /** Bits of the levels of a beat. */
  int levelBits() {
    return map.lanes() * codec.levelBits(map.type());
  }

  /** Block memories of encoder and decoder: a row of levels in each, and the words that wait. */
  double bram36() {
    return 2 * Fifo.bram36(rowBeats(), levelBits()) + Fifo.bram36(map.lanes() * kept(), wordBits());
  }

  /** Cycles between two frames: all words leave, and what was learned is forgotten. */
  int turnCycles() {
    return orders() + CLASS_PLACES * map.beatsPerPosition() + LATENCY;
  }

  /** Cycles of a frame at most. */
  long cycles() {
    int loop = Bits.ceilDiv(LOOP_CYCLES, map.beatsPerPosition());
    return Math.max(BEAT_CYCLES, loop) * map.beatsPerFrame() + turnCycles();
  }

  /** The fewest places, and their factor, by which a product gives the exact quotient. */
  private long[] reciprocal() {
    long most = map.type().max() - map.type().min() + codec.error();
    for (int shift = 0; ; shift++) {
      long factor = Bits.ceilDiv(1L << shift, codec.step());
      boolean exact = true;
      for (long t = 0; t <= most && exact; t++) {
        exact = t * factor >> shift == t / codec.step();
      }
      if (exact) {
        return new long[] {factor, shift};
      }
    }
  }

  /** What the modules are told, but for the allowance. */
  Map<String, Long> parameters() {
    Map<String, Long> p = new LinkedHashMap<>();
    int levels = codec.levels(map.type());
    long[] reciprocal = reciprocal();
    p.put("D", (long) codec.error());
    p.put("MUL", reciprocal[0]);
    p.put("SHIFT", reciprocal[1]);
    p.put("LEVELS", (long) levels);
    p.put("ZERO", (long) codec.quantised(map.type(), 0));
    p.put("WIDTH", (long) map.width());
    p.put("HEIGHT", (long) map.height());
    p.put("FIRST", (long) MedModel.firstSum(levels));
    p.put("WB", (long) wordBits());
    p.put("KEEP", (long) kept());
    p.put("ORDERS", (long) orders());
    return p;
  }
}
