package dev.tessera.hw;

import dev.tessera.num.Normalization;
import java.util.List;
import java.util.Optional;

/** The decisions about one unit: an immutable record; everything else is a view of it. */
public interface UnitSpec {
  /** Instance name: a legal Verilog identifier, unique in the design. */
  String name();

  /**
   * How the unit's table of a frame follows from that frame's statistics; empty if it works alike
   * on all frames.
   */
  default Optional<Normalization> rule() {
    return Optional.empty();
  }

  /**
   * Whether positions near a border of the frame see values there that come of no pixel, such as
   * the zeros of a padding.
   */
  default boolean invents() {
    return false;
  }

  /** Streams read, port {@code in0, in1, ...}. */
  List<StreamType> inputs();

  /** Streams made, port {@code out0, out1, ...}. */
  List<StreamType> outputs();
}
