package dev.tessera.flow;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Graph;
import dev.tessera.num.FixedType;
import dev.tessera.plan.FeatureMaps;
import dev.tessera.quantize.Codes;
import dev.tessera.quantize.NetworkRun;
import dev.tessera.unit.codec.Codec;
import dev.tessera.unit.codec.Codecs;
import dev.tessera.unit.codec.RawCodec;
import java.util.List;
import java.util.function.Function;

/** A network in integers whose maps go through codecs on their way. */
final class CodedNetwork {
  private final Graph graph;
  private final List<String> maps;

  CodedNetwork(Graph graph) {
    this.graph = graph;
    this.maps = FeatureMaps.between(graph);
  }

  /** The maps between two convolutions. */
  List<String> maps() {
    return maps;
  }

  /** Type of the values of a map. */
  FixedType type(String map) {
    return graph.quants().get(map).type();
  }

  /** Sees a map that was made. */
  interface Witness {
    /** Takes map number {@code index}. */
    void see(int index, Codes map);
  }

  /** The output for {@code frame} as it is; every map is shown to {@code witness}. */
  Frame run(Frame frame, Witness witness) {
    return frame(
        NetworkRun.run(
            graph,
            codes(frame),
            (value, map) -> {
              int index = maps.indexOf(value);
              if (index >= 0) {
                witness.see(index, map);
              }
              return map;
            }));
  }

  /**
   * The output for {@code frame} while the maps go through the codecs that {@code choice} names;
   * those without one are left alone.
   *
   * @param tally counts what was coded
   */
  Frame run(Frame frame, Function<String, Codec> choice, Tally tally) {
    return frame(
        NetworkRun.run(
            graph,
            codes(frame),
            (value, map) -> {
              Codec codec = maps.contains(value) ? choice.apply(value) : null;
              return codec == null ? map : tally.coded(codec, type(value), map);
            }));
  }

  private static Codes codes(Frame frame) {
    return new Codes(frame.channels(), frame.height(), frame.width(), frame.data());
  }

  private static Frame frame(Codes codes) {
    return new Frame(codes.channels(), codes.height(), codes.width(), codes.data());
  }

  /** Sizes and errors of what was coded. */
  static final class Tally {
    private long values;
    private long rawBits;
    private long codedBits;
    private int largest;
    private double squares;

    /**
     * {@code map} as the decoder gives it back; a map that {@code codec} does not take goes raw.
     */
    Codes coded(Codec codec, FixedType type, Codes map) {
      StreamType stream = Codecs.stream(map.channels(), type, map.width(), map.height());
      Codec used = codec.takes(stream) ? codec : new RawCodec();
      Frame words = used.encode(stream, frame(map));
      Frame back = used.decode(stream, words);
      values += map.data().length;
      rawBits += Codec.rawBits(stream);
      codedBits += (long) words.data().length * Byte.SIZE;
      for (int i = 0; i < map.data().length; i++) {
        int error = Math.abs(back.data()[i] - map.data()[i]);
        largest = Math.max(largest, error);
        squares += (double) error * error;
      }
      return codes(back);
    }

    /** Bits of the maps as they are. */
    long rawBits() {
      return rawBits;
    }

    /** Bits of the words they were coded in. */
    long codedBits() {
      return codedBits;
    }

    /** Largest difference of a value. */
    int largest() {
      return largest;
    }

    /** Mean square difference of a value. */
    double meanSquare() {
      return values == 0 ? 0 : squares / values;
    }

    /** How many values were coded. */
    long values() {
      return values;
    }
  }
}
