package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Maps of many kinds, some of which no network would make. */
final class Maps {
  private Maps() {}

  /** A map of a kind from 0 to {@link #KINDS} - 1. */
  static Frame of(StreamType map, int kind, Random random) {
    Frame frame = new Frame(map.channels(), map.height(), map.width());
    FixedType type = map.type();
    long span = type.max() - type.min() + 1;
    for (int c = 0; c < map.channels(); c++) {
      double phase = random.nextDouble() * 6;
      for (int y = 0; y < map.height(); y++) {
        for (int x = 0; x < map.width(); x++) {
          double wave = Math.sin(phase + x * 0.07 + c) * Math.cos(y * 0.05);
          long value =
              switch (kind) {
                case 0 -> 0;
                case 1 -> type.max();
                case 2 -> type.min() + Math.floorMod(random.nextLong(), span);
                case 3 -> random.nextInt(5) > 0 ? 0 : 1 + random.nextInt((int) type.max());
                case 4 -> Math.round(wave * span / 2 + random.nextGaussian() * span / 100);
                case 5 -> Math.max(0, Math.round(wave * span - span / 3.0));
                case 6 -> (x + y + c) % 2 == 0 ? type.min() : type.max();
                case 7 -> y % 16 < 12 ? 0 : random.nextBoolean() ? type.min() : type.max();
                default -> y < map.height() / 2 ? type.min() + random.nextInt((int) span) : 0;
              };
          frame.data()[frame.index(c, y, x)] =
              (int) Math.max(type.min(), Math.min(type.max(), value));
        }
      }
    }
    return frame;
  }

  /** Kinds of maps. */
  static final int KINDS = 9;

  /** Streams of many shapes. */
  static List<StreamType> streams() {
    List<StreamType> all = new ArrayList<>();
    for (FixedType type :
        List.of(
            new FixedType(false, 8),
            new FixedType(true, 9),
            new FixedType(true, 8),
            new FixedType(false, 5),
            new FixedType(true, 12))) {
      all.add(new StreamType(8, 8, type, 40, 36));
      all.add(new StreamType(16, 8, type, 33, 17));
      all.add(new StreamType(12, 4, type, 24, 25));
      all.add(new StreamType(3, 3, type, 50, 30));
      all.add(new StreamType(5, 1, type, 31, 19));
      all.add(new StreamType(2, 2, type, 3, 2));
      all.add(new StreamType(1, 1, type, 1, 70));
    }
    return all;
  }

  /** One codec of every kind, and settings of those that have some. */
  static List<Codec> codecs() {
    return List.of(
        new RawCodec(),
        new ZvcCodec(),
        new EbpcCodec(),
        new DctCmCodec(0),
        new DctCmCodec(2),
        new MedCodec(0),
        new MedCodec(1),
        new MedCodec(2),
        new MedCodec(7));
  }
}
