// Walks over the positions of a frame and those behind it: when a beat is taken ("step"), what it
// begins and ends, which output column it belongs to, and the border class of its window.
// RESIZABLE: sizes of the frames arrive.
`default_nettype none
module ts_pool_walk #(
    parameter WIDTH = 16,
    parameter HEIGHT = 16,
    parameter BEATS = 1,
    parameter KH = 3,
    parameter KW = 3,
    parameter SH = 1,
    parameter SW = 1,
    parameter PT = 1,
    parameter PL = 1,
    parameter PB = 1,
    parameter PR = 1,
    parameter RESIZABLE = 0,
    parameter DEPTH = 16,
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1,
    parameter BW = BEATS > 1 ? $clog2(BEATS) : 1,
    parameter RCW = $clog2(PT + PB + 2),
    parameter CCW = $clog2(PL + PR + 2)
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           size_valid,
    output wire           size_ready,
    input  wire [   31:0] size_data,
    input  wire           enable,
    input  wire           head_valid,
    output wire           take,
    output wire           step,
    output wire           in_frame,
    output wire           row_first,
    output wire           row_starts,
    output wire           row_ends,
    output wire           column_first,
    output wire           column_starts,
    output wire           column_ends,
    output wire [ AW-1:0] address,
    output wire [ BW-1:0] beat,
    output wire [RCW-1:0] row_border,
    output wire [CCW-1:0] column_border
);
  localparam XW = $clog2(WIDTH + 1);
  localparam YW = $clog2(HEIGHT + 1);

  logic [AW-1:0] place;
  logic [BW-1:0] b;
  wire in_row, in_column, last_x, last_y;
  wire last_b = b == BW'(BEATS - 1);
  wire next_column = step & last_b;
  wire next_row = next_column & last_x;
  wire next_frame = next_row & last_y;

  wire sized, begins;
  wire [XW-1:0] head_columns, columns;
  wire [YW-1:0] head_rows;
  ts_frame #(
      .RESIZABLE(RESIZABLE),
      .WIDTH(WIDTH),
      .HEIGHT(HEIGHT)
  ) frame (
      .clk,
      .rst,
      .in_valid(size_valid),
      .in_ready(size_ready),
      .in_columns(size_data[XW-1:0]),
      .in_rows(size_data[16+:YW]),
      .next(next_frame),
      .valid(sized),
      .load(begins),
      .head_columns,
      .head_rows,
      .columns
  );
  wire unused_size = &size_data;

  assign in_frame = in_row & in_column;
  assign step = enable & sized & (head_valid | !in_frame);
  assign take = step & in_frame;
  assign address = place;
  assign beat = b;

  ts_pool_axis #(
      .N(WIDTH),
      .K(KW),
      .S(SW),
      .BEFORE(PL),
      .AFTER(PR)
  ) column (
      .clk,
      .rst,
      .load(begins | next_row),
      .size(begins ? head_columns : columns),
      .advance(next_column),
      .in_frame(in_row),
      .first(column_first),
      .starts(column_starts),
      .ends(column_ends),
      .last(last_x),
      .border(column_border)
  );

  ts_pool_axis #(
      .N(HEIGHT),
      .K(KH),
      .S(SH),
      .BEFORE(PT),
      .AFTER(PB)
  ) row (
      .clk,
      .rst,
      .load(begins),
      .size(head_rows),
      .advance(next_row),
      .in_frame(in_column),
      .first(row_first),
      .starts(row_starts),
      .ends(row_ends),
      .last(last_y),
      .border(row_border)
  );

  always_ff @(posedge clk) begin
    if (rst) begin
      b <= '0;
      place <= '0;
    end else if (step) begin
      b <= last_b ? '0 : b + 1'b1;
      if (next_row) place <= '0;
      else if (column_ends) place <= place == AW'(DEPTH - 1) ? '0 : place + 1'b1;
    end
  end
endmodule
`default_nettype wire
