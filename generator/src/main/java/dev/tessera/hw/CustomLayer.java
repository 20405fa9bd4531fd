package dev.tessera.hw;

import java.util.List;
import java.util.Map;

/**
 * A user's own layer: codes of one or more maps to codes of the shape, the type and the scale of
 * the first. The component, what it computes, when, and what it costs; nothing of it is taken on
 * trust, for the same contract tests run on it as on every unit of the library.
 *
 * <p>The Verilog module has the ports {@code clk}, {@code rst} (synchronous, active high) and the
 * streams {@code in0}, {@code in1}, ..., {@code out0} of {@link HardwareUnit}: {@code valid},
 * {@code ready}, {@code data}; no combinational path leads from an input to an output. The lanes
 * that a last beat of a position does not fill may hold anything.
 *
 * <p>A layer that looks at more than one position works on whole frames only, see {@link #reach}.
 */
public interface CustomLayer {
  /** Kind of layer: lower case letters, digits and underscores, the same as its factory's. */
  String kind();

  /** What distinguishes this layer from others of its kind; what the factory makes it from. */
  default String settings() {
    return "";
  }

  /** Maps that it reads, at least one. */
  default int inputs() {
    return 1;
  }

  /**
   * What the layer computes, exactly.
   *
   * @param types streams read
   * @param inputs a frame of each
   * @return a frame of the shape of the first, its values of the first one's type
   */
  Frame golden(List<StreamType> types, List<Frame> inputs);

  /** Clock cycles from the one in which a beat is taken to that in which its result is valid. */
  int latency(List<StreamType> types);

  /**
   * When beats are taken and made if nothing downstream ever stalls the layer: one per cycle, as
   * soon as one of every stream lies in the buffer of its input, unless a layer says otherwise.
   *
   * @param arrivals per input stream, the cycle in which beat i could be taken at the earliest
   */
  default Schedule schedule(List<StreamType> types, List<long[]> arrivals) {
    return Schedule.pointwise(arrivals, latency(types));
  }

  /** Rows and columns around a position that its result depends on; 0 where only it matters. */
  default int reach() {
    return 0;
  }

  /** What the layer costs on these streams. */
  Cost cost(List<StreamType> types);

  /**
   * The layer in Verilog or SystemVerilog.
   *
   * @param module the name that its module must have
   * @param types streams read
   * @return file name to text; names of further modules and files begin with {@code module} as well
   */
  Map<String, String> verilog(String module, List<StreamType> types);

  /** Makes layers of one kind; found by {@link java.util.ServiceLoader}. */
  interface Factory {
    /** Kind of the layers made. */
    String kind();

    /**
     * The layer with these settings.
     *
     * @throws IllegalArgumentException with a sentence for the user if they are wrong
     */
    CustomLayer layer(String settings);
  }
}
