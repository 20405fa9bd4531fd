// Writes the rows of a map into slots, as soon as one is free, and tells when a row is complete.
// Even and odd rows, and with LINEAR even and odd columns, have memories of their own: "bank" is
// the slot, "odd" the column; "address" counts inside a slot. RESIZABLE: sizes arrive.
`default_nettype none
module ts_resize_write #(
    parameter WIDTH = 8,
    parameter HEIGHT = 8,
    parameter BEATS = 1,
    parameter W = 8,
    parameter LINEAR = 1,
    parameter SLOTS = 4,
    parameter RESIZABLE = 0,
    parameter DEPTH = 8,
    parameter SW = $clog2(SLOTS),
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          size_valid,
    output wire          size_ready,
    input  wire [  31:0] size_data,
    input  wire          head_valid,
    output wire          take,
    input  wire [ W-1:0] head,
    input  wire          release_row,
    output wire          wr_en,
    output wire [SW-1:0] bank,
    output wire          odd,
    output wire [AW-1:0] address,
    output wire [ W-1:0] data,
    output wire          complete
);
  localparam XW = $clog2(WIDTH + 1);
  localparam YW = $clog2(HEIGHT + 1);
  localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;
  localparam FW = $clog2(SLOTS + 1);

  logic [XW-1:0] left;
  logic [YW-1:0] rows;
  logic [BW-1:0] b;
  logic [SW-1:0] slot;
  logic [FW-1:0] free;
  logic          odd_column;
  logic [AW-1:0] place;

  wire sized, begins;
  wire [XW-1:0] head_columns, columns;
  wire [YW-1:0] head_rows;
  wire last_b = b == BW'(BEATS - 1);
  assign take = head_valid & sized & (free != '0);
  wire next_column = take & last_b;
  wire next_row = next_column && left == XW'(1);
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
      .next(next_row && rows == YW'(1)),
      .valid(sized),
      .load(begins),
      .head_columns,
      .head_rows,
      .columns
  );
  wire unused_size = &size_data;

  always_ff @(posedge clk) begin
    if (rst) begin
      left <= XW'(WIDTH);
      rows <= YW'(HEIGHT);
    end else if (begins) begin
      left <= head_columns;
      rows <= head_rows;
    end else begin
      if (next_column) left <= next_row ? columns : left - 1'b1;
      if (next_row) rows <= rows - 1'b1;
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      b <= '0;
      slot <= '0;
      odd_column <= 1'b0;
      place <= '0;
      free <= FW'(SLOTS);
    end else begin
      if (take) b <= last_b ? '0 : b + 1'b1;
      if (next_row) slot <= slot == SW'(SLOTS - 1) ? '0 : slot + 1'b1;
      if (next_row) odd_column <= 1'b0;
      else if (next_column) odd_column <= !odd_column;
      if (next_row) place <= '0;
      else if (take) begin
        // An odd column lies beside the even one before it.
        if (LINEAR != 0 && last_b && !odd_column) place <= place - AW'(BEATS - 1);
        else place <= place + 1'b1;
      end
      free <= free + FW'(release_row) - FW'(next_row);
    end
  end

  logic          en1, odd1, complete1;
  logic [SW-1:0] slot1;
  logic [AW-1:0] place1;
  logic [ W-1:0] data1;
  assign wr_en = en1;
  assign bank = slot1;
  assign odd = odd1;
  assign address = place1;
  assign data = data1;
  assign complete = complete1;
  always_ff @(posedge clk) begin
    en1 <= take & !rst;
    complete1 <= next_row & !rst;
    slot1 <= slot;
    odd1 <= odd_column;
    place1 <= place;
    data1 <= head;
  end
endmodule
`default_nettype wire
