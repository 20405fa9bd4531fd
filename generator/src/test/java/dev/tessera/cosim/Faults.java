package dev.tessera.cosim;

import java.util.List;
import java.util.stream.Stream;

/** Seeded faults: for every kind of unit its arithmetic, its counters and its handshakes. */
final class Faults {
  private Faults() {}

  /** All of them. */
  static List<Fault> all() {
    return Stream.of(
            dataFaults(),
            controlFaults(),
            WindowFaults.all(),
            sizeFaults(),
            ConvolutionFaults.all())
        .flatMap(List::stream)
        .toList();
  }

  private static Fault fault(
      String what, String kind, String sample, String file, String from, String to) {
    return new Fault(what, kind, sample, file, from, to);
  }

  private static List<Fault> dataFaults() {
    String route = "unit/route/ts_route_out.sv";
    String scale = "lib/ts_scale_lane.sv";
    String d2s = "unit/d2s/ts_d2s.sv";
    String add = "unit/add/ts_add_lane.sv";
    String mul = "unit/mul/ts_mul_lane.sv";
    return List.of(
        fault(
            "the wrong channel",
            "route",
            "select",
            route,
            "pos_data[FROM*B+:B]",
            "pos_data[(FROM^16'd1)*B+:B]"),
        fault("the right side subtracted", "add", "add0", add, "pa + pb", "pa - pb"),
        fault(
            "the offset without its sign",
            "add",
            "add_difference",
            add,
            "SUM_W'(late)",
            "SUM_W'($unsigned(late))"),
        fault("a zero added", "mul", "mul1_equal", mul, "wide0 - W0", "wide0 + W0"),
        fault("an unsigned factor", "mul", "mul2_equal", mul, "P_W'($signed(x1))", "P_W'(x1)"),
        fault("a shift without sign", "scale", "scale1_two", scale, ">>> PRE", "+ 1 >>> PRE"),
        fault("the slopes exchanged", "scale", "scale0_two", scale, "< threshold", ">= threshold"),
        fault(
            "saturation to the wrong side",
            "scale",
            "scale1_one",
            "lib/ts_clamp.sv",
            "code < LOW ? LOW_CODE",
            "code < LOW ? HIGH_CODE"),
        fault(
            "a table off by one",
            "table",
            "table8",
            "unit/table/ts_table.sv",
            ".code (head[l*IN_B+:IN_B])",
            ".code (head[l*IN_B+:IN_B]^1)"),
        fault("phases transposed", "d2s", "rgb2_exact", d2s, "(a * S + b) * C", "(b * S + a) * C"),
        fault(
            "lanes of a position exchanged",
            "d2s",
            "partly_exact",
            "lib/ts_gather.sv",
            "beat == KW'(b)",
            "beat == KW'(BEATS - 2 - b)"),
        fault(
            "components exchanged",
            "video_in",
            "video_in_3_1",
            "unit/video/ts_video_in.sv",
            ".in_data(accept ? data : '0)",
            ".in_data(accept ? {data[7:0], data[W-1:8]} : '0)"));
  }

  private static List<Fault> sizeFaults() {
    String frame = "lib/ts_frame.sv";
    return List.of(
        fault(
            "a width that stays",
            "video_out",
            "video_out_3_1_any",
            frame,
            "if (load) current <=",
            "if (load & !current_valid) current <="),
        fault(
            "sizes in step with nothing", "d2s", "rgb3_exact_any", frame, "else if (next)", "else"),
        fault(
            "a frame announced on its side",
            "video_in",
            "video_in_1_1_any",
            "unit/video/ts_video_in.sv",
            "{16'(height), 16'(width)}",
            "{16'(width), 16'(height)}"));
  }

  private static List<Fault> controlFaults() {
    String fork = "lib/ts_fork.sv";
    String gear = "lib/ts_gear.sv";
    String fifo = "lib/ts_fifo.sv";
    String in = "unit/video/ts_video_in.sv";
    String out = "unit/video/ts_video_out.sv";
    return List.of(
        fault(
            "a beat twice to a fast reader",
            "fork",
            "fork3",
            fork,
            "else pending <= pending & ~out_ready",
            "else pending <= pending"),
        fault(
            "no wait for a slow reader",
            "fork",
            "fork2",
            fork,
            "~|(pending & ~out_ready)",
            "|out_ready"),
        fault(
            "a skid buffer that forgets",
            "table",
            "table1",
            "lib/ts_skid.sv",
            "empty ? in_data : held",
            "in_data"),
        fault(
            "no wait for the second input",
            "add",
            "add1",
            "unit/add/ts_add.sv",
            "head0_valid & head1_valid & enable",
            "head0_valid & enable"),
        fault(
            "a factor for one beat only",
            "mul",
            "mul2_shared",
            "unit/mul/ts_mul.sv",
            "(SHARED == 0 || last)",
            "(SHARED == 0 || beat == '0)"),
        fault(
            "a beat counter that survives a reset",
            "scale",
            "scale2_two",
            "unit/scale/ts_scale.sv",
            "valid <= '0;\n      beat  <= '0;",
            "valid <= '0;"),
        fault(
            "one beat too early", "d2s", "gear32_exact", gear, "next >= CW'(O)", "next >= CW'(1)"),
        fault("a word too many", "route", "lanes_7_2", gear, "rest < CW'(O)", "rest <= CW'(O)"),
        fault(
            "a position of one beat less",
            "route",
            "lanes_2_3",
            "lib/ts_gather.sv",
            "last = beat == KW'(BEATS - 1)",
            "last = beat == KW'(BEATS - 2)"),
        fault(
            "a FIFO that overflows",
            "d2s",
            "rgb3_exact",
            fifo,
            "ready <= count != ALMOST",
            "ready <= 1'b1"),
        fault(
            "a FIFO that is never empty",
            "d2s",
            "luma2_exact",
            fifo,
            "(pop ? count != CW'(1) : valid)",
            "valid"),
        fault(
            "phase rows in the wrong order",
            "d2s",
            "rgb3_exact",
            "unit/d2s/ts_d2s.sv",
            "{row[S-2:0], row[S-1]}",
            "{row[0], row[S-1:1]}"),
        fault(
            "a row that ends early",
            "d2s",
            "rgb2_exact",
            "unit/d2s/ts_d2s.sv",
            "row_last = left == XW'(1)",
            "row_last = left == XW'(2)"),
        fault(
            "words lost where nobody waits",
            "video_in",
            "video_in_1_2",
            "lib/ts_slice.sv",
            "!valid | out_ready",
            "1'b1"),
        fault(
            "lines cut short",
            "video_in",
            "video_in_3_1",
            in,
            "row_left == XW'(PPC)",
            "row_left == XW'(2)"),
        fault(
            "a mark on every line",
            "video_out",
            "video_out_3_1",
            out,
            "start <= end_of_frame",
            "start <= end_of_line"),
        fault("no end of line", "video_out", "video_out_1_2", out, "<= end_of_line;", "<= 1'b0;"));
  }
}
