package dev.tessera.cosim;

import java.util.List;

/** Seeded faults of the convolution: one or more in each module, data and control. */
final class ConvolutionFaults {
  private ConvolutionFaults() {}

  static List<Fault> all() {
    return List.of(
        lines("rows rotated by one bank", "g0", "SW'(LAG % (KH - 1))", "SW'(0)"),
        lines("no input in the last row", "d0", "y_left == YW'(LAG + 1)", "y_left == YW'(LAG + 2)"),
        lines("a row stored over a needed one", "g3", "owed == OW'(1)", "owed <= OW'(2)"),
        unit("ts_window.sv", "channels exchanged", "p1", "+c/LI)*KH+i%KH)", "+BI-1-c/LI)*KH+i%KH)"),
        unit(
            "ts_window_mask.sv",
            "no border on the right",
            "p4",
            "left <= XW'(c - PL)",
            "left < XW'(c - PL)"),
        unit(
            "ts_window_border.sv",
            "the edge doubled",
            "b7",
            "2 * final_one - c",
            "2 * final_one + 1 - c"),
        sequencer("a full output forgotten", "p6", "credits_next >= CW'(PRICE)", "1'b1"),
        sequencer(
            "a frame that begins early",
            "d1",
            "(flush & slot_last) warm <= TW'(STEPS)",
            "(flush & slot_last) warm <= TW'(STEPS - 1)"),
        unit(
            "ts_conv_passes.sv",
            "weights that run on",
            "d0",
            "group_last ? '0 : address",
            "address"),
        unit(
            "ts_mac_array.sv",
            "sums cleared too late",
            "d0",
            "first_pipe[DELAY-1]), .terms, .owed('0)",
            "first_pipe[DELAY-2]), .terms, .owed('0)"),
        unit(
            "ts_mac_pairs.sv",
            "a lane that owes nothing",
            "shared6",
            "owed[(OUT+1)*HALF+t] = sums[t*PW+LANE-1]",
            "owed[(OUT+1)*HALF+t] = 1'b0"),
        unit(
            "ts_mac_tree.sv",
            "a debt paid twice",
            "shared6",
            "debts[m*SUMS+t] <= level[l-1].debts[m*OLD+2*t+1]",
            "debts[m*SUMS+t] <= level[l-1].debts[m*OLD+2*t]"),
        unit("ts_drain.sv", "beats that do not exist", "g5", "NF > 1 && n_last", "1'b0"),
        unit(
            "ts_drain_border.sv",
            "the wrong border class",
            "d6",
            "OFFW'((PL + c) * BO)",
            "OFFW'(c * BO)"),
        unit("ts_reorder.sv", "a row that never ends short", "d4", "NW'(i * BEATS)", "NW'(SIZE)"),
        lines("rows of two widths in one memory", "d0_any", "(!ahead || same)", "1'b1"),
        lines("a frame that begins where the last one ended", "b1_any", "fresh && !store", "1'b0"),
        sequencer("windows at the wrong rows", "s2_any", "2'(SY - 1)", "2'(SY - 2)"),
        unit(
            "ts_drain.sv",
            "positions that do not exist",
            "s1_any",
            "XW'(r * SX + LOSS_X)",
            "XW'(r + LOSS_X)"),
        unit("ts_conv_passes.sv", "taps of another output", "t1", "KFS[i*16+:16]", "KFS[15:0]"),
        sequencer(
            "slots of the frame before", "d4_any", "x_left <= head_columns", "x_left <= columns"),
        unit(
            "ts_line_replay.sv",
            "a row that is overwritten before its last walk",
            "r0",
            "(LAG + 1) && walk_last && ",
            "(LAG + 1) && "),
        unit(
            "ts_line_replay.sv",
            "a walk ahead of the row that comes in",
            "r0",
            "wr_addr} > rd_addr",
            "wr_addr} >= rd_addr"),
        unit(
            "ts_line_replay.sv",
            "rows as wide as those of the frame before",
            "r1_any",
            "wx_left <= wr_head_columns",
            "wx_left <= wr_columns"),
        unit(
            "ts_conv_passes.sv",
            "weights of the walk before",
            "r2",
            "word_of = AW'",
            "word_of = AW'(0) & AW'"),
        unit("ts_conv_size.sv", "a row for a frame", "p1_any", "width * height", "16'(width)"),
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
