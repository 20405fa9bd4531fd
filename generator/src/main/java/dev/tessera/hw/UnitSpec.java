package dev.tessera.hw;

import java.util.List;

/** The decisions about one unit: an immutable record; everything else is a view of it. */
public interface UnitSpec {
  /** Instance name: a legal Verilog identifier, unique in the design. */
  String name();

  /** Streams read, port {@code in0, in1, ...}. */
  List<StreamType> inputs();

  /** Streams made, port {@code out0, out1, ...}. */
  List<StreamType> outputs();
}
