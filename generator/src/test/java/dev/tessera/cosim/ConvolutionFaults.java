package dev.tessera.cosim;

import java.util.List;

/** Seeded faults of the convolution: one or more in each module, data and control. */
final class ConvolutionFaults {
  private ConvolutionFaults() {}

  static List<Fault> all() {
    return List.of(
        lines("rows rotated by one bank", "g0", "SW'(LAG % (KH - 1))", "SW'(0)"),
        lines("no input in the last row", "d0", "y == YW'(H - 1 - LAG)", "y == YW'(H - 2 - LAG)"),
        lines("a row stored over a needed one", "g3", "owed == OW'(1)", "owed <= OW'(2)"),
        unit("ts_window.sv", "channels exchanged", "p1", "+c/LI)*KH+i%KH)", "+BI-1-c/LI)*KH+i%KH)"),
        unit(
            "ts_window_mask.sv",
            "no border on the right",
            "p4",
            "slot >= JW'((W + PL - c + P - 1) / P)",
            "slot > JW'((W + PL - c + P - 1) / P)"),
        unit("ts_window_border.sv", "the edge doubled", "b7", "2 * (W - 1) - x", "2 * W - 1 - x"),
        sequencer("a full output forgotten", "p6", "credits_next >= CW'(PRICE)", "1'b1"),
        sequencer(
            "a frame that begins early",
            "d1",
            "(flush & slot_last) warm <= TW'(STEPS)",
            "(flush & slot_last) warm <= TW'(STEPS - 1)"),
        sequencer("weights that run on", "d0", "group_last ? '0 : address", "address"),
        unit(
            "ts_mac_array.sv",
            "sums cleared too late",
            "d0",
            "first_pipe[DELAY-1] ?",
            "first_pipe[DELAY-2] ?"),
        unit("ts_drain.sv", "beats that do not exist", "g5", "NF > 1 && n_last", "1'b0"),
        unit(
            "ts_drain.sv", "the wrong border class", "d6", "OFFW'((PL + c) * BO)", "OFFW'(c * BO)"),
        unit(
            "ts_reorder.sv",
            "a row that never ends short",
            "d4",
            "NW'(LAST_POSITIONS * BEATS) : NW'(SIZE)",
            "NW'(SIZE) : NW'(SIZE)"),
        new Fault(
            "rounding at the wrong bit",
            "conv",
            "p3",
            "lib/ts_requant.sv",
            ">>> SHIFT",
            ">>> (SHIFT + 1)"));
  }

  private static Fault lines(String what, String sample, String from, String to) {
    return unit("ts_line_buffer.sv", what, sample, from, to);
  }

  private static Fault sequencer(String what, String sample, String from, String to) {
    return unit("ts_conv_sequencer.sv", what, sample, from, to);
  }

  private static Fault unit(String file, String what, String sample, String from, String to) {
    return new Fault(what, "conv", sample, "unit/conv/" + file, from, to);
  }
}
