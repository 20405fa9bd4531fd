package dev.tessera.unit.codec;

import dev.tessera.base.Bits;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;

/**
 * Near-lossless prediction: values are quantised, predicted from their neighbours of the same
 * channel, and the differences leave in adaptive Rice codes, each lane in a substream of its own.
 * Frames too small for the ends of the substreams go raw.
 *
 * @param error largest error of a value, 0 for none
 */
public record MedCodec(int error) implements Codec {
  /** Largest error that can be asked for. */
  public static final int MOST_ERROR = 15;

  /** Widest values. */
  static final int MOST_BITS = 12;

  /** Zeros that say that a whole number follows. */
  static final int ESCAPE = 8;

  public MedCodec {
    if (error < 0 || error > MOST_ERROR) {
      throw new IllegalArgumentException("error " + error + " is not 0 to " + MOST_ERROR);
    }
  }

  @Override
  public String name() {
    return "med:" + error;
  }

  @Override
  public boolean takes(StreamType map) {
    return Codec.whole(map) && map.type().bits() <= MOST_BITS && levels(map.type()) > 2;
  }

  @Override
  public int maxError(StreamType map) {
    return error;
  }

  /** Numbers that a value can be quantised to. */
  int levels(FixedType type) {
    return (int) ((type.max() - type.min() + error) / step()) + 1;
  }

  /** Distance of two of them. */
  int step() {
    return 2 * error + 1;
  }

  /** Bits of a quantised value. */
  int levelBits(FixedType type) {
    return Bits.indexWidth(levels(type));
  }

  /** Bits of a lane in a beat at most: a flag, the zeros of an escape, the number. */
  int mostBits(FixedType type) {
    return 1 + ESCAPE + levelBits(type);
  }

  int quantised(FixedType type, int value) {
    return (int) (value - type.min() + error) / step();
  }

  int restored(FixedType type, int level) {
    return (int) Math.min(type.max(), (long) level * step() + type.min());
  }

  /** What keeps a frame of {@code map} within its bound. */
  Allowance allowance(StreamType map) {
    int lanes = map.lanes();
    int reserve = lanes * (mostBits(map.type()) + Words.bits(map));
    return new Allowance(map, lanes * levelBits(map.type()), worst(lanes), reserve);
  }

  /** Bits by which a coded beat may be longer than a plain one. */
  static int worst(int lanes) {
    return lanes * ESCAPE + 1;
  }

  @Override
  public Frame encode(StreamType map, Frame frame) {
    FixedType type = map.type();
    MedModel model = new MedModel(this, map);
    Allowance allowance = allowance(map);
    if (allowance.never()) {
      return new RawCodec().encode(map, frame);
    }
    LaneWriter lanes = new LaneWriter(map.lanes(), mostBits(type), Words.bits(map));
    Beats.each(
        map,
        (first, y, x) -> {
          lanes.begin();
          model.predict(first, y, x);
          for (int l = 0; l < map.lanes(); l++) {
            model.meet(l, quantised(type, frame.at(first + l, y, x)));
          }
          boolean plain = allowance.plain();
          append(model, plain, levelBits(type), lanes);
          allowance.count(model.gain());
          model.learn(plain);
        });
    return lanes.words();
  }

  private static void append(MedModel model, boolean plain, int width, LaneWriter lanes) {
    int group = plain ? 0 : model.group();
    boolean quiet = model.quiet();
    for (int l = 0; l < model.lanes(); l++) {
      boolean grouped = (group >> l & 1) == 1;
      if (grouped && l == Integer.numberOfTrailingZeros(group)) {
        lanes.append(l, quiet ? 1 : 0, 1);
      }
      if (plain) {
        lanes.append(l, model.level(l), width);
      } else if (!(grouped && quiet)) {
        Rice.append(model.difference(l), model.parameter(l), width, l, lanes);
      }
    }
  }

  @Override
  public Frame decode(StreamType map, Frame words) {
    FixedType type = map.type();
    MedModel model = new MedModel(this, map);
    Allowance allowance = allowance(map);
    if (allowance.never()) {
      return new RawCodec().decode(map, words);
    }
    LaneReader lanes = new LaneReader(map.lanes(), mostBits(type), words);
    Frame frame = new Frame(map.channels(), map.height(), map.width());
    Beats.each(
        map,
        (first, y, x) -> {
          lanes.begin();
          model.predict(first, y, x);
          boolean plain = allowance.plain();
          take(model, plain, levelBits(type), lanes);
          for (int l = 0; l < map.lanes(); l++) {
            frame.data()[frame.index(first + l, y, x)] = restored(type, model.level(l));
          }
          allowance.count(model.gain());
          model.learn(plain);
        });
    return frame;
  }

  private static void take(MedModel model, boolean plain, int width, LaneReader lanes) {
    int group = plain ? 0 : model.group();
    boolean quiet = group != 0 && lanes.take(Integer.numberOfTrailingZeros(group), 1) == 1;
    for (int l = 0; l < model.lanes(); l++) {
      if (plain) {
        model.meet(l, lanes.take(l, width));
      } else {
        boolean none = quiet && (group >> l & 1) == 1;
        model.accept(l, none ? 0 : Rice.take(model.parameter(l), width, l, lanes));
      }
    }
  }
}
