package dev.tessera.unit.codec;

import dev.tessera.hw.Frame;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import java.util.List;

/** The encoder of a cut as a unit of its own, so that its words are seen. */
public record EncoderSpec(String name, CutSpec cut) implements UnitSpec {
  @Override
  public List<StreamType> inputs() {
    return List.of(cut.map());
  }

  /** Frames of as many words as they take. */
  @Override
  public List<StreamType> outputs() {
    int bytes = cut.busBits() / Byte.SIZE;
    int most = Math.toIntExact(cut.words());
    return List.of(new StreamType(bytes, bytes, FixedType.UINT8, most, 1));
  }

  /** The encoder in Verilog. */
  public RtlModule rtl() {
    return CutUnit.encoder(cut);
  }

  /** What the golden codec makes of {@code frame}, in words of the bus, filled up with zeros. */
  public Frame words(Frame frame) {
    Frame words = cut.coder().encode(cut.map(), frame);
    int bytes = cut.busBits() / Byte.SIZE;
    int all = words.width() * words.channels();
    Frame made = new Frame(bytes, 1, (all + bytes - 1) / bytes);
    for (int i = 0; i < all; i++) {
      made.data()[made.index(i % bytes, 0, i / bytes)] =
          words.at(i % words.channels(), 0, i / words.channels());
    }
    return made;
  }
}
