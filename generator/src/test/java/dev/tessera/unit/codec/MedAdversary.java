package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;

/** Knows the coder's state and gives every lane the value that costs most; calm at times. */
final class MedAdversary {
  private static final int CALM = 37;

  private MedAdversary() {}

  static Frame of(MedCodec codec, StreamType map) {
    MedModel model = new MedModel(codec, map);
    Frame frame = new Frame(map.channels(), map.height(), map.width());
    int[] beat = {0};
    Beats.each(
        map,
        (first, y, x) -> {
          model.predict(first, y, x);
          boolean calm = beat[0]++ % CALM < CALM / 2;
          for (int l = 0; l < map.lanes(); l++) {
            int level = calm ? calmest(model, l) : worst(codec, map, model, l);
            model.meet(l, level);
            frame.data()[frame.index(first + l, y, x)] = codec.restored(map.type(), level);
          }
          model.learn(false);
        });
    return frame;
  }

  private static int calmest(MedModel model, int l) {
    model.accept(l, 0);
    return model.level(l);
  }

  private static int worst(MedCodec codec, StreamType map, MedModel model, int l) {
    int worst = 0;
    int most = -1;
    for (int level = 0; level < codec.levels(map.type()); level++) {
      model.meet(l, level);
      int bits = Rice.length(model.difference(l), model.parameter(l), codec.levelBits(map.type()));
      if (bits > most) {
        most = bits;
        worst = level;
      }
    }
    return worst;
  }
}
