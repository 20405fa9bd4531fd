package dev.tessera.unit.codec;

import dev.tessera.base.Bits;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import java.util.List;

/**
 * A place where a map leaves the chip: every frame is stored and comes back later, as it was.
 *
 * <p>Beats are packed into words of the bus without gaps, in the order of the stream; a frame
 * begins with a word of its own, as a multiple of {@link #fill} beats more make it end with one.
 *
 * @param name instance name
 * @param map stream read and made; every beat carries a value in each lane
 * @param codec name of its {@link Codec}: one that {@link #isHardware hardware} has
 * @param busBits bits of a word: a power of two, at least those of a beat, twice as many as {@link
 *     Codec the codec's} where there is more than packing
 * @param slots places for frames in memory; 0 for a unit that only buffers a few words on the chip
 * @param offset bytes from the base of all cuts to the first place, a multiple of {@link #BOUNDARY}
 * @param depth words that each direction buffers
 * @param delay cycles from a beat that is stored to the same beat that comes back, as far as is
 *     planned; 0 without slots
 * @param normalised whether the map is normalised behind, so that its sums are taken
 */
public record CutSpec(
    String name,
    StreamType map,
    String codec,
    int busBits,
    int slots,
    long offset,
    int depth,
    long delay,
    boolean normalised)
    implements UnitSpec {
  /** Bytes that no burst may cross a multiple of. */
  public static final int BOUNDARY = 4096;

  /** Words of the longest burst: four in the least buffer. */
  public static final int BURST = 16;

  /** Words that a buffer holds at least, which is the deepest in distributed memory. */
  public static final int LEAST_DEPTH = 64;

  /** Bytes that all cuts of a design may take together. */
  public static final long MOST_BYTES = 1L << 32;

  /** Cycles that a decoder of masks takes for a beat. */
  private static final int MASK_CYCLES = 2;

  private static final int MOST_BUS = 512;

  public CutSpec {
    boolean bus = Integer.bitCount(busBits) == 1 && busBits >= Byte.SIZE && busBits <= MOST_BUS;
    if (!bus || busBits < map.bits()) {
      throw new IllegalArgumentException(
          name + ": beats of " + map.bits() + " bits on a bus of " + busBits);
    }
    if (!fits(codec, map, busBits)) {
      throw new IllegalArgumentException(name + ": codec " + codec + " does not take its beats");
    }
    if (map.positions() != 1 || map.channels() % map.lanes() != 0) {
      throw new IllegalArgumentException(name + ": beats are not whole");
    }
    if (slots == 1 || slots < 0 || offset % BOUNDARY != 0 || depth < 2 * BURST) {
      throw new IllegalArgumentException(name + ": " + slots + " places at " + offset);
    }
  }

  /** A unit that only buffers a few words. */
  public static CutSpec local(String name, StreamType map, String codec, int busBits) {
    return new CutSpec(name, map, codec, busBits, 0, 0, LEAST_DEPTH, 0, false);
  }

  /** Whether there is an encoder and a decoder in Verilog. */
  public static boolean isHardware(Codec codec) {
    return !(codec instanceof EbpcCodec);
  }

  /** Whether hardware of {@code codec} takes the beats of {@code map} on a bus of so many bits. */
  public static boolean fits(String codec, StreamType map, int busBits) {
    Codec coder = Codecs.of(codec);
    boolean raw = coder instanceof RawCodec;
    return isHardware(coder)
        && map.bits() <= busBits
        && (raw || coder.takes(map) && 2 * Words.bits(map) <= busBits)
        && (!(coder instanceof MedCodec med) || new MedRtl(med, map).possible());
  }

  /** Whether it can store its map by {@code other} if a frame takes so many cycles. */
  public boolean takes(String other, long cycles) {
    return fits(other, map, busBits)
        && (Codecs.of(other) instanceof RawCodec || with(other, 0).cycles() < cycles);
  }

  /** Cycles of a frame at most, if memory does not make it wait. */
  public long cycles() {
    Codec coder = coder();
    if (coder instanceof MedCodec med) {
      return new MedRtl(med, map).cycles();
    }
    return coder instanceof RawCodec
        ? Math.max(map.beatsPerFrame() + fill(), words())
        : MASK_CYCLES * map.beatsPerFrame() + 1;
  }

  /** The same with another codec in another place. */
  public CutSpec with(String other, long place) {
    return new CutSpec(name, map, other, busBits, slots, place, depth, delay, normalised);
  }

  /** The codec. */
  public Codec coder() {
    return Codecs.of(codec);
  }

  /** Whether values go as they are. */
  public boolean raw() {
    return coder() instanceof RawCodec;
  }

  /** Whether frames are stored in memory. */
  public boolean stored() {
    return slots > 0;
  }

  /** Bits that beats and words are both made up of. */
  public int unitBits() {
    int a = map.bits();
    int b = busBits;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  /** Beats of zeros behind a frame that make its last word whole. */
  public int fill() {
    int group = busBits / unitBits();
    return (int) (Bits.ceilDiv(map.beatsPerFrame(), group) * group - map.beatsPerFrame());
  }

  /** Words of a coded frame, at most. */
  public long words() {
    if (!raw()) {
      return Bits.ceilDiv(Codec.mostWords(map) * Words.bits(map), busBits);
    }
    return (map.beatsPerFrame() + fill()) * map.bits() / busBits;
  }

  /** Bytes that a frame moves to memory, and as many back, at most. */
  public long bytes() {
    return words() * busBits / Byte.SIZE;
  }

  /** Bytes that {@code frame} moves to memory, and as many back. */
  public long bytes(Frame frame) {
    return raw() ? bytes() : moved(coder().encode(map, frame));
  }

  private long moved(Frame words) {
    long bits = (long) words.width() * Words.bits(map);
    return Bits.ceilDiv(bits, busBits) * busBits / Byte.SIZE;
  }

  /**
   * A frame as it is stored.
   *
   * @param bytes that it moves to memory, and as many back
   * @param meanSquare of the differences between it and what comes back
   */
  public record Coded(long bytes, double meanSquare) {}

  /** {@code frame} as it is stored. */
  public Coded coded(Frame frame) {
    Codec coder = coder();
    if (raw()) {
      return new Coded(bytes(), 0);
    }
    Frame words = coder.encode(map, frame);
    boolean same = coder.maxError(map) == 0;
    return new Coded(moved(words), same ? 0 : coder.decode(map, words).meanSquare(frame));
  }

  /** Bytes from place to place. */
  public long stride() {
    return Bits.ceilDiv(bytes(), BOUNDARY) * BOUNDARY;
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(map);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(map);
  }
}
