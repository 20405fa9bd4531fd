package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;

/**
 * DCT-CM: a transform over groups of eight channels, coefficients of few bits, a mask of those
 * other than zero. Layers with more zeros than likeness between channels do better with {@link
 * ZvcCodec}, which is its mode without a transform.
 *
 * @param step bits dropped beyond those that make the coefficients fit 8 bits, 0 to 4
 */
public record DctCmCodec(int step) implements Codec {
  /** Largest step. */
  public static final int MOST_STEP = 4;

  private static final int COEFFICIENT_BITS = 8;

  public DctCmCodec {
    if (step < 0 || step > MOST_STEP) {
      throw new IllegalArgumentException("step " + step + " is not 0 to " + MOST_STEP);
    }
  }

  @Override
  public String name() {
    return "dctcm:" + step;
  }

  @Override
  public boolean takes(StreamType map) {
    FixedType type = map.type();
    return Codec.whole(map) && map.lanes() == Dct.SIZE && bits() <= type.bits() && fits(type);
  }

  private static boolean fits(FixedType type) {
    return type.bits() <= (type.signed() ? COEFFICIENT_BITS + 1 : COEFFICIENT_BITS);
  }

  /** Bits of a coefficient as it is stored. */
  int bits() {
    return COEFFICIENT_BITS - step;
  }

  /** Bits that coefficient k drops. */
  int shift(FixedType type, int k) {
    boolean wide = k == 0 || type.signed();
    return step + (wide ? 3 : 2);
  }

  @Override
  public int maxError(StreamType map) {
    FixedType type = map.type();
    double[] error = new double[Dct.SIZE];
    long magnitude = Math.max(type.max(), -type.min());
    for (int k = 0; k < Dct.SIZE; k++) {
      int shift = shift(type, k);
      long largest = (k == 0 || type.signed() ? 4 : 2) * magnitude;
      long reach = ((1L << (bits() - 1)) - 1) << shift;
      error[k] = Math.max(1 << (shift - 1), largest - reach);
    }
    double missed = Dct.worst(error, magnitude);
    return (int) Math.floor(missed / (1 << Dct.INVERSE_SHIFT) + 0.5);
  }

  @Override
  public Frame encode(StreamType map, Frame frame) {
    BitString bits = new BitString();
    MaskedBeats beats = new MaskedBeats(map, Dct.SIZE, bits(), bits);
    int[] values = new int[Dct.SIZE];
    Beats.each(
        map,
        (first, y, x) -> {
          for (int l = 0; l < values.length; l++) {
            values[l] = frame.at(first + l, y, x);
          }
          beats.append(quantised(map.type(), Dct.forward(values)));
        });
    return Words.of(bits, Words.bits(map));
  }

  private int[] quantised(FixedType type, int[] coefficients) {
    int most = (1 << (bits() - 1)) - 1;
    int[] quantised = new int[Dct.SIZE];
    for (int k = 0; k < Dct.SIZE; k++) {
      int shift = shift(type, k);
      int rounded = coefficients[k] + (1 << (shift - 1)) >> shift;
      quantised[k] = Math.max(-most - 1, Math.min(most, rounded));
    }
    return quantised;
  }

  @Override
  public Frame decode(StreamType map, Frame words) {
    MaskedBeats beats = new MaskedBeats(map, Dct.SIZE, bits(), Words.bits(words));
    Frame frame = new Frame(map.channels(), map.height(), map.width());
    FixedType type = map.type();
    Beats.each(
        map,
        (first, y, x) -> {
          int[] coefficients = beats.take(true);
          for (int k = 0; k < Dct.SIZE; k++) {
            coefficients[k] <<= shift(type, k);
          }
          int[] values = Dct.inverse(coefficients);
          for (int l = 0; l < values.length; l++) {
            frame.data()[frame.index(first + l, y, x)] =
                (int) Math.max(type.min(), Math.min(type.max(), values[l]));
          }
        });
    return frame;
  }
}
