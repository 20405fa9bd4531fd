package dev.tessera.hw;

import java.util.List;

/**
 * One kind of hardware block: the views of its spec.
 *
 * <p>Its RTL module has the ports {@code clk}, {@code rst} (synchronous, active high) and, for
 * every stream i, {@code in<i>_valid, in<i>_ready, in<i>_data} or {@code out<i>_valid,
 * out<i>_ready, out<i>_data}. No combinational path leads from an input port to an output port.
 *
 * @param <S> its spec
 */
public interface HardwareUnit<S extends UnitSpec> {
  /** Key in reports and design.json, such as {@code conv}. */
  String kind();

  /** Class of its specs. */
  Class<S> specClass();

  /** What the unit computes: one frame per input stream to one frame per output stream, exact. */
  List<Frame> golden(S spec, List<Frame> inputs);

  /** What the unit costs. */
  Cost cost(S spec);

  /**
   * When the unit takes and makes its beats if nothing downstream ever stalls it.
   *
   * @param arrivals per input stream, the clock cycle in which beat i could be taken at the
   *     earliest; ascending
   */
  Schedule schedule(S spec, List<long[]> arrivals);

  /** The unit in Verilog. */
  RtlModule rtl(S spec);

  /** One sentence for the table of units. */
  String summary();
}
