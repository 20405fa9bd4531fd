// AXI4-Stream video in: delivers exactly WIDTH x HEIGHT positions per frame, one per beat, whatever
// the source does. Short lines and frames are filled with zeros, the rest of long ones is dropped.
// LIVE: s_axis_tready is always high and words that find no room are lost.
// RESIZABLE: frame_width and frame_height go with the start-of-frame word; the size of a frame is
// announced with its first position. A frame outside MIN to the maximum, or not a multiple of
// the steps, is dropped as a whole.
// BANKS, if not 0: frame_table, less than BANKS, goes with the start-of-frame word too and is announced
// with the first position.
//
// video_in_error, sticky until reset: 0 line ended early, 1 line ended late, 2 frame started early,
// 3 words dropped between frames, 4 buffer overflow, 5 size refused.
`default_nettype none
module ts_video_in #(
    parameter COMPONENTS = 3,
    parameter PPC = 1,
    parameter WIDTH = 64,
    parameter HEIGHT = 48,
    parameter LIVE = 0,
    parameter DEPTH = 64,
    parameter RESIZABLE = 0,
    parameter MIN_WIDTH = 1,
    parameter MIN_HEIGHT = 1,
    parameter WIDTH_STEP = 1,
    parameter HEIGHT_STEP = 1,
    parameter BANKS = 0,
    parameter BW = BANKS > 1 ? $clog2(BANKS) : 1
) (
    input  wire                        clk,
    input  wire                        rst,
    input  wire                        s_axis_tvalid,
    output wire                        s_axis_tready,
    input  wire [PPC*COMPONENTS*8-1:0] s_axis_tdata,
    input  wire                        s_axis_tuser,
    input  wire                        s_axis_tlast,
    input  wire [                15:0] frame_width,
    input  wire [                15:0] frame_height,
    input  wire [              BW-1:0] frame_table,
    output wire [                 5:0] video_in_error,
    output wire                        size_valid,
    input  wire                        size_ready,
    output wire [                31:0] size_data,
    output wire                        table_valid,
    input  wire                        table_ready,
    output wire [                31:0] table_data,
    output wire                        out0_valid,
    input  wire                        out0_ready,
    output wire [    COMPONENTS*8-1:0] out0_data
);
  localparam W = PPC * COMPONENTS * 8;
  localparam XW = $clog2(WIDTH + 1);
  localparam YW = $clog2(HEIGHT + 1);
  localparam ZW = RESIZABLE != 0 ? XW + YW + 1 : 1;
  localparam SW = ZW + BW;

  logic          buffer_ready;
  logic          head_valid;
  logic          head_ready;
  logic          sof;
  logic          eol;
  logic [ W-1:0] data;
  logic          room;
  logic [SW-1:0] size;
  logic [SW-1:0] offered;
  logic [ZW-1:0] offered_size;
  logic [XW-1:0] width;
  logic [YW-1:0] height;
  logic          known;
  logic          sized;
  logic          tabled;
  logic [XW-1:0] columns;
  logic [XW-1:0] left;
  logic [YW-1:0] rows;
  logic          begun;
  logic          refused;
  logic          synced;
  logic          fill_line;
  logic          skip_line;
  logic          start;
  logic          line_end;
  logic          accept;
  logic          fill;
  logic          drop;
  logic          advance;
  logic [   5:0] errors;

  if (LIVE != 0) begin : live
    assign s_axis_tready = 1'b1;
    ts_fifo #(
        .W(SW + W + 2),
        .DEPTH(DEPTH)
    ) words (
        .clk,
        .rst,
        .in_valid(s_axis_tvalid),
        .in_ready(buffer_ready),
        .in_data({offered, s_axis_tuser, s_axis_tlast, s_axis_tdata}),
        .out_valid(head_valid),
        .out_ready(head_ready),
        .out_data({size, sof, eol, data})
    );
  end else begin : waits
    assign s_axis_tready = buffer_ready;
    ts_slice #(
        .W(SW + W + 2)
    ) words (
        .clk,
        .rst,
        .in_valid(s_axis_tvalid),
        .in_ready(buffer_ready),
        .in_data({offered, s_axis_tuser, s_axis_tlast, s_axis_tdata}),
        .out_valid(head_valid),
        .out_ready(head_ready),
        .out_data({size, sof, eol, data})
    );
  end

  // A frame begins with a start-of-frame word and nothing else. Inside a frame such a word waits
  // while the rest is filled.
  wire [XW-1:0] row_left = start ? width : left;
  wire [YW-1:0] rows_left = start ? height : rows;
  wire          frame_end = line_end && rows_left == YW'(1);
  assign offered = {frame_table, offered_size};
  assign known = sized & tabled;
  assign start = !begun;
  assign line_end = row_left == XW'(PPC);
  assign accept = head_valid & (start ? sof & known : !(sof | fill_line | skip_line));
  assign fill = !start & (fill_line | (head_valid & sof));
  assign drop = head_valid & !(start & sof) & !accept & !fill;
  assign advance = (accept | fill) & room;
  assign head_ready = (accept & room) | drop | refused;
  assign video_in_error = errors;

  always_ff @(posedge clk) begin
    if (rst) begin
      begun <= 1'b0;
      columns <= '0;
      left <= '0;
      rows <= '0;
      synced <= 1'b0;
      fill_line <= 1'b0;
      skip_line <= 1'b0;
    end else if (advance) begin
      begun <= !frame_end;
      if (start) columns <= width;
      left <= line_end ? (start ? width : columns) : row_left - XW'(PPC);
      rows <= line_end ? rows_left - 1'b1 : rows_left;
      synced <= 1'b1;
      fill_line <= !line_end & (fill_line | (accept & eol));
      skip_line <= accept & line_end & !eol & !frame_end;
    end else if (refused) begin
      synced <= 1'b0;
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
      if (refused) errors[5] <= 1'b1;
    end
  end

  if (RESIZABLE == 0) begin : fixed
    assign offered_size = '0;
    assign width = XW'(WIDTH);
    assign height = YW'(HEIGHT);
    assign sized = 1'b1;
    assign refused = 1'b0;
    assign size_valid = 1'b0;
    assign size_data = '0;
    wire unused = &{size[ZW-1:0], size_ready, frame_width, frame_height};
  end else begin : told
    localparam [15:0] WIDTH_REST = 16'(WIDTH_STEP - 1);
    localparam [15:0] HEIGHT_REST = 16'(HEIGHT_STEP - 1);
    wire announced;
    wire fits = size[ZW-1];
    assign offered_size = {
      frame_width >= 16'(MIN_WIDTH) && frame_width <= 16'(WIDTH)
          && frame_height >= 16'(MIN_HEIGHT) && frame_height <= 16'(HEIGHT)
          && (frame_width & WIDTH_REST) == '0 && (frame_height & HEIGHT_REST) == '0,
      frame_height[YW-1:0],
      frame_width[XW-1:0]
    };
    assign width = size[XW-1:0];
    assign height = size[XW+:YW];
    assign sized = fits & announced;
    assign refused = head_valid & start & sof & !fits;
    ts_slice #(
        .W(32)
    ) sizes (
        .clk,
        .rst,
        .in_valid(start & accept & room),
        .in_ready(announced),
        .in_data({16'(height), 16'(width)}),
        .out_valid(size_valid),
        .out_ready(size_ready),
        .out_data(size_data)
    );
  end

  if (BANKS == 0) begin : one
    assign tabled = 1'b1;
    assign table_valid = 1'b0;
    assign table_data = '0;
    wire unused_tables = &{size[ZW+:BW], table_ready};
  end else begin : several
    ts_slice #(
        .W(32)
    ) tables (
        .clk,
        .rst,
        .in_valid(start & accept & room),
        .in_ready(tabled),
        .in_data(32'(size[ZW+:BW])),
        .out_valid(table_valid),
        .out_ready(table_ready),
        .out_data(table_data)
    );
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
