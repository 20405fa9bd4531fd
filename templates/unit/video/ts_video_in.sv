// AXI4-Stream video in: delivers exactly WIDTH x HEIGHT positions per frame, one per beat, whatever
// the source does. Short lines and frames are filled with zeros, the rest of long ones is dropped.
// LIVE: s_axis_tready is always high and words that find no room are lost.
//
// video_in_error, sticky until reset: 0 line ended early, 1 line ended late, 2 frame started early,
// 3 words dropped between frames, 4 buffer overflow.
`default_nettype none
module ts_video_in #(
    parameter COMPONENTS = 3,
    parameter PPC = 1,
    parameter WIDTH = 64,
    parameter HEIGHT = 48,
    parameter LIVE = 0,
    parameter DEPTH = 64
) (
    input  wire                        clk,
    input  wire                        rst,
    input  wire                        s_axis_tvalid,
    output wire                        s_axis_tready,
    input  wire [PPC*COMPONENTS*8-1:0] s_axis_tdata,
    input  wire                        s_axis_tuser,
    input  wire                        s_axis_tlast,
    output wire [                 4:0] video_in_error,
    output wire                        out0_valid,
    input  wire                        out0_ready,
    output wire [    COMPONENTS*8-1:0] out0_data
);
  localparam W = PPC * COMPONENTS * 8;
  localparam LINE = WIDTH / PPC;
  localparam XW = LINE > 1 ? $clog2(LINE) : 1;
  localparam YW = HEIGHT > 1 ? $clog2(HEIGHT) : 1;

  logic          buffer_ready;
  logic          head_valid;
  logic          head_ready;
  logic          sof;
  logic          eol;
  logic [ W-1:0] data;
  logic          room;
  logic [XW-1:0] x;
  logic [YW-1:0] y;
  logic          synced;
  logic          fill_line;
  logic          skip_line;
  logic          start;
  logic          line_end;
  logic          accept;
  logic          fill;
  logic          drop;
  logic          advance;
  logic [   4:0] errors;

  if (LIVE != 0) begin : live
    assign s_axis_tready = 1'b1;
    ts_fifo #(
        .W(W + 2),
        .DEPTH(DEPTH)
    ) words (
        .clk,
        .rst,
        .in_valid(s_axis_tvalid),
        .in_ready(buffer_ready),
        .in_data({s_axis_tuser, s_axis_tlast, s_axis_tdata}),
        .out_valid(head_valid),
        .out_ready(head_ready),
        .out_data({sof, eol, data})
    );
  end else begin : waits
    assign s_axis_tready = buffer_ready;
    ts_slice #(
        .W(W + 2)
    ) words (
        .clk,
        .rst,
        .in_valid(s_axis_tvalid),
        .in_ready(buffer_ready),
        .in_data({s_axis_tuser, s_axis_tlast, s_axis_tdata}),
        .out_valid(head_valid),
        .out_ready(head_ready),
        .out_data({sof, eol, data})
    );
  end

  // A frame begins with a start-of-frame word and nothing else. Inside a frame such a word waits
  // while the rest is filled.
  assign start = x == '0 && y == '0;
  assign line_end = x == XW'(LINE - 1);
  assign accept = head_valid & (start ? sof : !(sof | fill_line | skip_line));
  assign fill = !start & (fill_line | (head_valid & sof));
  assign drop = head_valid & !accept & !fill;
  assign advance = (accept | fill) & room;
  assign head_ready = (accept & room) | drop;
  assign video_in_error = errors;

  always_ff @(posedge clk) begin
    if (rst) begin
      x <= '0;
      y <= '0;
      synced <= 1'b0;
      fill_line <= 1'b0;
      skip_line <= 1'b0;
    end else if (advance) begin
      x <= line_end ? '0 : x + 1'b1;
      if (line_end) y <= y == YW'(HEIGHT - 1) ? '0 : y + 1'b1;
      synced <= 1'b1;
      fill_line <= !line_end & (fill_line | (accept & eol));
      skip_line <= accept & line_end & !eol & (y != YW'(HEIGHT - 1));
    end else if (drop & eol) begin
      skip_line <= 1'b0;
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      errors <= '0;
    end else begin
      if (advance & accept & eol & !line_end) errors[0] <= 1'b1;
      if (advance & accept & !eol & line_end) errors[1] <= 1'b1;
      if (fill & !fill_line) errors[2] <= 1'b1;
      if (drop & start & synced) errors[3] <= 1'b1;
      if (LIVE != 0 && s_axis_tvalid && !buffer_ready) errors[4] <= 1'b1;
    end
  end

  ts_gear #(
      .W  (COMPONENTS * 8),
      .IN (PPC),
      .OUT(1)
  ) gear (
      .clk,
      .rst,
      .in_valid(accept | fill),
      .in_ready(room),
      .in_data(accept ? data : '0),
      .out_valid(out0_valid),
      .out_ready(out0_ready),
      .out_data(out0_data)
  );
endmodule
`default_nettype wire
