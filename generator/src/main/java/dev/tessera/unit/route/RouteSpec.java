package dev.tessera.unit.route;

import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;

/**
 * Channel wiring: every output channel is a channel of one of the inputs. Concatenation, split,
 * slice, shuffle, repetition and a mere change of lanes are all of this form.
 *
 * @param name instance name
 * @param inputs 1 to {@value #MAX_INPUTS} streams of one frame size, each with its own channels,
 *     lanes and type
 * @param output the stream made; its type holds every input type
 * @param map where output channel i comes from
 */
public record RouteSpec(String name, List<StreamType> inputs, StreamType output, List<Tap> map)
    implements UnitSpec {
  /** Most inputs of one unit; a route of routes joins more. */
  public static final int MAX_INPUTS = 8;

  /**
   * A channel of an input.
   *
   * @param input index of the stream
   * @param channel its channel
   */
  public record Tap(int input, int channel) {}

  public RouteSpec {
    inputs = List.copyOf(inputs);
    map = List.copyOf(map);
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS || map.size() != output.channels()) {
      throw new IllegalArgumentException(name + ": " + inputs.size() + " inputs, map " + map);
    }
    for (StreamType in : inputs) {
      requireLike(name, in, output);
    }
    for (Tap tap : map) {
      if (tap.channel < 0 || tap.channel >= inputs.get(tap.input).channels()) {
        throw new IllegalArgumentException(name + ": no channel " + tap);
      }
    }
  }

  private static void requireLike(String name, StreamType in, StreamType out) {
    FixedType wide = out.type();
    boolean holds = wide.min() <= in.type().min() && wide.max() >= in.type().max();
    boolean frame = in.width() == out.width() && in.height() == out.height();
    if (!holds || !frame || in.positions() != 1 || out.positions() != 1) {
      throw new IllegalArgumentException(name + ": " + in + " does not go into " + out);
    }
  }

  /** The same channels in another number of lanes. */
  public static RouteSpec lanes(String name, StreamType input, int lanes) {
    return concat(name, List.of(input), lanes, input.type());
  }

  /** The channels of all inputs, one after the other. */
  public static RouteSpec concat(String name, List<StreamType> inputs, int lanes, FixedType type) {
    List<Tap> map = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      for (int c = 0; c < inputs.get(k).channels(); c++) {
        map.add(new Tap(k, c));
      }
    }
    return new RouteSpec(name, inputs, like(inputs.get(0), map.size(), lanes, type), map);
  }

  /** Output channel i is channel {@code channels[i]} of the input. */
  public static RouteSpec select(String name, StreamType input, int[] channels, int lanes) {
    List<Tap> map = new ArrayList<>();
    for (int c : channels) {
      map.add(new Tap(0, c));
    }
    StreamType output = like(input, map.size(), lanes, input.type());
    return new RouteSpec(name, List.of(input), output, map);
  }

  private static StreamType like(StreamType in, int channels, int lanes, FixedType type) {
    return new StreamType(channels, lanes, type, in.width(), in.height());
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  /** Cycles of one position: the beats of the stream that has most of them. */
  public int cyclesPerPosition() {
    int beats = output.beatsPerPosition();
    for (StreamType in : inputs) {
      beats = Math.max(beats, in.beatsPerPosition());
    }
    return beats;
  }
}
