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

  /** The unit in Verilog, for frames of one size. */
  RtlModule rtl(S spec);

  /**
   * The same decisions for frames of another size: golden function and schedule of a resizable
   * design are views of it.
   *
   * @param frame size of the design's frame
   * @param inputs streams read, which differ from those of {@code spec} in their size only
   * @throws IllegalArgumentException naming the rule that forbids the size
   */
  S resized(S spec, Size frame, List<StreamType> inputs);

  /**
   * The same decisions for one tile of a frame that is cut: as {@link #resized}, for units that do
   * the same wherever a tile lies.
   *
   * @param column of tiles, from 0
   * @param row of tiles, from 0
   * @param tile size of the design's frame
   */
  default S inTile(S spec, int column, int row, Size tile, List<StreamType> inputs) {
    return resized(spec, tile, inputs);
  }

  /**
   * Size of the frames made.
   *
   * @param input size of the frames of the first input; that of the frame for a source
   */
  default SizeMap sizes(S spec, SizeMap input) {
    return input;
  }

  /**
   * What the resizable RTL must be told of every frame; empty if the unit works for every size as
   * it is. A module that can be told is listed with an idle size port in {@link #rtl}.
   */
  default List<SizeWord> sizeWords(S spec) {
    return List.of();
  }

  /**
   * Parts of the resizable RTL that keep a size of their own; what they cost is estimated alike.
   */
  default int sizeParts(S spec) {
    return sizeWords(spec).isEmpty() ? 0 : 1;
  }

  /**
   * The unit in Verilog for frames of any size in {@code range}. With {@link #sizeWords} it has one
   * more stream to read, {@code size_valid, size_ready, size_data}: one beat per frame,
   * {rows[15:0], columns[15:0]} of each word, the first in the least significant bits. A source has
   * the same stream as an output: the size of each frame, no later than its first beat.
   */
  default RtlModule resizable(S spec, SizeRange range) {
    int words = sizeWords(spec).size();
    return words == 0
        ? rtl(spec)
        : rtl(spec).with("RESIZABLE", "1").using(SizeWord.ports(words), List.of());
  }

  /**
   * {@code module}, which {@link #rtl} or {@link #resizable} gave, in a design whose tables come
   * from {@code top}: a normalising unit reads a table of its own for every frame, {@code
   * table_valid, table_ready, table_data}, an entry per beat. Where software fills the tables, a
   * source has the same stream as an output: the bank of each frame, no later than its first beat.
   * Where they follow from sums, a normalising unit shows what is summed: {@code tap_valid,
   * tap_end, tap_step, tap_word, tap_data}.
   */
  default RtlModule tabled(S spec, RtlModule module, NormTop top) {
    return module;
  }

  /** One sentence for the table of units. */
  String summary();
}
