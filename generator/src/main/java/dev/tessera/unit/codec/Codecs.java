package dev.tessera.unit.codec;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.List;

/** The codecs by name. */
public final class Codecs {
  /** The codec that takes every map. */
  public static final String RAW = "raw";

  private static final char SETTING = ':';

  private Codecs() {}

  /** What every table of codecs compares. */
  public static List<Codec> compared() {
    return List.of(
        new RawCodec(),
        new ZvcCodec(),
        new EbpcCodec(),
        new DctCmCodec(0),
        new DctCmCodec(1),
        new DctCmCodec(2),
        new MedCodec(0),
        new MedCodec(1),
        new MedCodec(2));
  }

  /**
   * The codec of that name, such as {@code med:2}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Codec of(String name) {
    int colon = name.indexOf(SETTING);
    String kind = colon < 0 ? name : name.substring(0, colon);
    int setting = colon < 0 ? 0 : setting(name.substring(colon + 1));
    Codec codec =
        switch (kind) {
          case RAW -> new RawCodec();
          case "zvc" -> new ZvcCodec();
          case "ebpc" -> new EbpcCodec();
          case "dctcm" -> new DctCmCodec(setting);
          case "med" -> new MedCodec(setting);
          default -> throw new IllegalArgumentException("no codec '" + name + "'");
        };
    if (colon >= 0 && !codec.name().equals(name)) {
      throw new IllegalArgumentException("codec '" + kind + "' takes no setting");
    }
    return codec;
  }

  private static int setting(String digits) {
    if (!digits.matches("\\d{1,4}")) {
      throw new IllegalArgumentException("setting '" + digits + "' is not a number");
    }
    return Integer.parseInt(digits);
  }

  /** The stream in which a map is coded where nothing else asks for its lanes. */
  public static StreamType stream(int channels, FixedType type, int width, int height) {
    int lanes = Math.min(channels, Codec.MOST_LANES);
    while (channels % lanes != 0) {
      lanes--;
    }
    return new StreamType(channels, lanes, type, width, height);
  }
}
