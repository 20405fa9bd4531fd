package dev.tessera.golden.vector;

import dev.tessera.unit.conv.RowCorrelation;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of the golden convolution in vector registers: {@link #BLOCK} columns of {@link
 * #LANES} output channels stay in registers over all taps, so that a source value is loaded once
 * for four products. Arithmetic is that of {@code int}: exact where the accumulator fits 32 bits,
 * which the caller has proven.
 */
public final class VectorRowCorrelation implements RowCorrelation {
  private static final VectorSpecies<Integer> SPECIES =
      IntVector.SPECIES_PREFERRED.length() >= BLOCK ? IntVector.SPECIES_512 : IntVector.SPECIES_256;

  private static final boolean WIDE = SPECIES.length() == BLOCK;

  @Override
  public void row(
      int[] source, int base, int[] taps, int[] weights, int width, int pitch, int[] acc) {
    for (int x = 0; x < width; x += BLOCK) {
      if (WIDE) {
        wideBlock(source, base + x, taps, weights, pitch, acc, x);
      } else {
        block(source, base + x, taps, weights, pitch, acc, x);
      }
    }
  }

  private static void wideBlock(
      int[] source, int base, int[] taps, int[] weights, int pitch, int[] acc, int x) {
    IntVector a0 = IntVector.zero(IntVector.SPECIES_512);
    IntVector a1 = a0;
    IntVector a2 = a0;
    IntVector a3 = a0;
    for (int t = 0, w = 0; t < taps.length; t++, w += LANES) {
      IntVector s = IntVector.fromArray(IntVector.SPECIES_512, source, base + taps[t]);
      a0 = a0.add(s.mul(weights[w]));
      a1 = a1.add(s.mul(weights[w + 1]));
      a2 = a2.add(s.mul(weights[w + 2]));
      a3 = a3.add(s.mul(weights[w + 3]));
    }
    a0.intoArray(acc, x);
    a1.intoArray(acc, pitch + x);
    a2.intoArray(acc, 2 * pitch + x);
    a3.intoArray(acc, 3 * pitch + x);
  }

  private static void block(
      int[] source, int base, int[] taps, int[] weights, int pitch, int[] acc, int x) {
    int half = BLOCK / 2;
    IntVector a0 = IntVector.zero(IntVector.SPECIES_256);
    IntVector a1 = a0;
    IntVector a2 = a0;
    IntVector a3 = a0;
    IntVector b0 = a0;
    IntVector b1 = a0;
    IntVector b2 = a0;
    IntVector b3 = a0;
    for (int t = 0, w = 0; t < taps.length; t++, w += LANES) {
      int from = base + taps[t];
      IntVector s = IntVector.fromArray(IntVector.SPECIES_256, source, from);
      IntVector r = IntVector.fromArray(IntVector.SPECIES_256, source, from + half);
      a0 = a0.add(s.mul(weights[w]));
      b0 = b0.add(r.mul(weights[w]));
      a1 = a1.add(s.mul(weights[w + 1]));
      b1 = b1.add(r.mul(weights[w + 1]));
      a2 = a2.add(s.mul(weights[w + 2]));
      b2 = b2.add(r.mul(weights[w + 2]));
      a3 = a3.add(s.mul(weights[w + 3]));
      b3 = b3.add(r.mul(weights[w + 3]));
    }
    a0.intoArray(acc, x);
    b0.intoArray(acc, x + half);
    a1.intoArray(acc, pitch + x);
    b1.intoArray(acc, pitch + x + half);
    a2.intoArray(acc, 2 * pitch + x);
    b2.intoArray(acc, 2 * pitch + x + half);
    a3.intoArray(acc, 3 * pitch + x);
    b3.intoArray(acc, 3 * pitch + x + half);
  }
}
